"""Publishes the hour that has just been counted, with 1, 5 and 10 years behind it, beside the least that would do.

README.md says what is measured and how to read it. Exits with 1 if a count was wrong, and never because of a time.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from msgspec import Struct

from benchmarks.parts.contest import Contestant, Standing, hold
from benchmarks.parts.hourly_publish import Everything, WideAlone
from benchmarks.parts.long_history import HOURS_OF_YEAR, History
from benchmarks.parts.longstanding import Longstanding, longstanding
from benchmarks.parts.publish_table import lines

LAST = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""The last hour that was counted, before anything is measured."""
YEARS = (1, 5, 10)


class Size(Struct, frozen=True):
    """How much is measured."""

    rounds: int
    hours: int
    """In a year."""


FULL, QUICK = Size(rounds=5, hours=HOURS_OF_YEAR), Size(rounds=2, hours=30)


@click.command()
@click.option("--quick", is_flag=True, help="Tiny sizes: whether it runs, not how fast.")
@click.option("--accounts", default=20, show_default=True, help="Counted in every hour.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where everything is made; a temporary one by default.")
def main(*, quick: bool, accounts: int, folder: Path | None) -> None:
    """Print what publishing an hour takes, by the years behind it."""
    size = QUICK if quick else FULL
    accounts = 2 if quick else accounts
    print(introduction(accounts, size))
    with ExitStack() as stack:
        root = Path(stack.enter_context(TemporaryDirectory(dir=folder)))
        there = [made(stack, root / str(years), History(accounts, years * size.hours, LAST)) for years in YEARS]
        standings = [*measure_wide(there, size.rounds), *measure_everything(there, size.rounds)]
    raise SystemExit(any(standing.wrong for standing in standings))


def introduction(accounts: int, size: Size) -> str:
    """What the figures are of, and what they were measured on."""
    return (
        f"{accounts} accounts, counted every hour; {size.hours:,} hours a year; "
        f"medians of {size.rounds} rounds in changing order, lowest and highest ratio in brackets\n"
        f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}"
    )


def made(stack: ExitStack, folder: Path, history: History) -> Longstanding:
    """An installation with that history; says how long it took to make its store."""
    began = time.perf_counter()
    there = stack.enter_context(longstanding(folder, history))
    took, size = time.perf_counter() - began, there.file.stat().st_size
    print(f"{title(there)}: {history.accounts * history.hours:,} readings, {size / 1e6:,.0f} MB, made in {took:,.0f} s")
    return there


def title(there: Longstanding) -> str:
    """By the folder that it is in."""
    years = there.settings.file.parent.name
    return f"{years} year{'' if years == '1' else 's'}"


def measure_wide(there: Sequence[Longstanding], rounds: int) -> tuple[Standing, ...]:
    """`social_data.csv` alone, beside the first system's way."""
    works = [WideAlone(each, title(each)) for each in there]
    return measure("social_data.csv alone", [each.contestants() for each in works], rounds)


def measure_everything(there: Sequence[Longstanding], rounds: int) -> tuple[Standing, ...]:
    """All published files, to a folder."""
    works = [Everything(each, title(each)) for each in there]
    return measure("every file, printed and delivered to a folder", [each.contestants() for each in works], rounds)


def measure(what: str, groups: Sequence[Sequence[Contestant]], rounds: int) -> tuple[Standing, ...]:
    """Everybody in turns, and the table of it."""
    standings = hold([each for group in groups for each in group], rounds)
    print("", *lines(what, list(_grouped(standings, groups))), sep="\n", flush=True)
    return standings


def _grouped(standings: Sequence[Standing], groups: Sequence[Sequence[Contestant]]) -> Iterator[tuple[Standing, ...]]:
    by_name = {standing.contestant.name: standing for standing in standings}
    yield from (tuple(by_name[each.name] for each in group) for group in groups)


if __name__ == "__main__":
    main()
