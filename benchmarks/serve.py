"""Asks a store with ten years of hourly counts: in one process beside packed records, and over HTTP beside rows and nginx.

README.md says what is measured and how to read it. Exits with 1 if an answer was wrong, and never because of a time.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import click
from msgspec import Struct

from benchmarks.parts import in_process, over_http
from benchmarks.parts.contest import Contestant, Standing, hold
from benchmarks.parts.long_history import HOUR, HOURS_OF_YEAR, History
from benchmarks.parts.longstanding import ZONE, Longstanding, longstanding
from benchmarks.parts.over_http import OverHttp, Servers
from benchmarks.parts.packed import Packed, packed
from benchmarks.parts.questions import Past
from benchmarks.parts.serve_table import Pairs, lines
from benchmarks.parts.servers import headcount_server, nginx, rows_server
from headcount.clock import SYSTEM
from headcount.pipeline.publishing.editing import edition
from headcount.pipeline.publishing.publish import press_folder
from headcount.publish.outputs.accounts import accounts_json
from headcount.publish.press import print_edition
from headcount.publish.printed import read_press
from headcount.store.open_reader import open_reader

ROOM = 200 * HOUR
"""Between the last hour and now: for those that are counted meanwhile."""


class Size(Struct, frozen=True):
    """How much is measured."""

    rounds: int
    year: int
    """Hours."""
    floor: int
    """The floor answers so often in a turn."""
    cached: int
    """What is not worked out is asked for so often in a turn."""


FULL = Size(rounds=5, year=HOURS_OF_YEAR, floor=50, cached=4_000)
QUICK = Size(rounds=2, year=24 * 14, floor=3, cached=20)


@click.command()
@click.option("--quick", is_flag=True, help="Tiny sizes: whether it runs, not how fast.")
@click.option("--accounts", default=1_000, show_default=True, help="Counted in every hour.")
@click.option("--years", default=10, show_default=True, help="Of history.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where everything is made; a temporary one by default.")
def main(*, quick: bool, accounts: int, years: int, folder: Path | None) -> None:
    """Print what answering three questions takes."""
    size = QUICK if quick else FULL
    last = SYSTEM.now().replace(minute=0, second=0, microsecond=0) - ROOM
    history = History(3 if quick else accounts, (2 if quick else years) * size.year, last)
    print(introduction(size), flush=True)
    with ExitStack() as stack:
        root = Path(stack.enter_context(TemporaryDirectory(dir=folder)))
        there, floor = made(stack, root, history)
        past = Past(history, ZoneInfo(ZONE), size.year)
        standings = [*measure_in_process(past, there, floor, size), *measure_over_http(past, there, root, size)]
    raise SystemExit(any(standing.wrong for standing in standings))


def introduction(size: Size) -> str:
    """What the figures are of, and what they were measured on."""
    return (
        f"medians of {size.rounds} rounds in changing order, lowest and highest ratio in brackets\n"
        f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}"
    )


def made(stack: ExitStack, root: Path, history: History) -> tuple[Longstanding, Packed]:
    """The store and the floor; says how long it took to make them."""
    began = time.perf_counter()
    there = stack.enter_context(longstanding(root, history))
    print(
        f"{history.accounts * history.hours:,} readings of {history.accounts:,} accounts, "
        f"{there.file.stat().st_size / 1e6:,.0f} MB, made in {time.perf_counter() - began:,.0f} s",
        flush=True,
    )
    return there, stack.enter_context(packed(root, history))


def measure_in_process(past: Past, there: Longstanding, floor: Packed, size: Size) -> Iterator[Standing]:
    """What the store and the measures take, without HTTP."""
    with closing(open_reader(there.settings.store)) as reader:
        for topic, contestants in in_process.groups(past, reader, floor, size.floor).items():
            yield from measure(f"in process: {topic}", contestants, size, in_process.PAIRS)


def measure_over_http(past: Past, there: Longstanding, root: Path, size: Size) -> Iterator[Standing]:
    """What the servers take."""
    print_whom_there_is(there)
    with served(there, root) as servers:
        asking = OverHttp(past, there, servers, size.cached)
        for topic in asking.topics():
            title = f"over HTTP: {topic.name} ({asking.sizes(topic)})"
            yield from measure(title, tuple(asking.contestants(topic)), size, over_http.PAIRS)


def print_whom_there_is(there: Longstanding) -> None:
    """An edition of one file, which is all that the API reads of one: the list of those who may be seen."""
    house = there.house()
    before = read_press(press_folder(there.settings))
    with house.store.moment() as store:
        newest = edition(house, store, before.mark)
        print_edition(newest, accounts_json(newest), before)


@contextmanager
def served(there: Longstanding, root: Path) -> Iterator[Servers]:
    """Everybody who is asked, each a process of its own."""
    files = root / "nginx"
    with headcount_server(there.settings.file) as ours, rows_server(there.file) as rows, nginx(files) as static:
        yield Servers(ours, rows, static, files / "files")


def measure(title: str, contestants: tuple[Contestant, ...], size: Size, pairs: Pairs) -> tuple[Standing, ...]:
    """Everybody in turns, and the table of it."""
    standings = hold(contestants, size.rounds)
    print("", *lines(title, standings, pairs), sep="\n", flush=True)
    return standings


if __name__ == "__main__":
    main()
