"""Counts 1,000 accounts, beside the method of the first system and beside the limit of the server that is asked.

README.md says what is measured and how to read it. Exits with 1 if a count was wrong, and never because of a time.
"""

from __future__ import annotations

import asyncio
import os
import platform
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from msgspec import Struct

from benchmarks.parts import first_system, floor
from benchmarks.parts.contest import Check, Contestant, Standing, hold
from benchmarks.parts.history import fill_in
from benchmarks.parts.installation import installation
from benchmarks.parts.server import Demo, demo_server
from benchmarks.parts.table import HEADING, lines
from benchmarks.parts.truth import wrong_rows, wrong_texts
from headcount.clock import SYSTEM
from headcount.pipeline.collecting.collect import nobody
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.house import Premises
from headcount.pipeline.run import Report, collect


class Size(Struct, frozen=True):
    """How much is measured."""

    accounts: int
    """On each platform."""
    of_the_first: int
    """How many of them the first system's method counts: it takes the same for each, and takes long."""
    rounds: int
    latency: float
    """Seconds before each reply."""
    hours: int
    """Of history, where there is any."""


FULL = Size(accounts=250, of_the_first=10, rounds=5, latency=0.05, hours=30 * 24)
QUICK = Size(accounts=3, of_the_first=1, rounds=2, latency=0.005, hours=2)


class Way(Struct, frozen=True):
    """How the accounts are counted."""

    title: str
    source: str
    padded: bool = False
    """Whether pages are as heavy as real ones."""
    history: bool = False
    """Whether the accounts were counted before, hour by hour."""


WAYS = (
    Way("by API", "api"),
    Way("by API, after a month of hourly runs", "api", history=True),
    Way("by page", "page"),
    Way("by page, each as heavy as a real one", "page", padded=True),
)


@click.command()
@click.option("--quick", is_flag=True, help="Tiny sizes: whether it runs, not how fast.")
def main(*, quick: bool) -> None:
    """Print a table for each way of counting, with each method against the next."""
    size = QUICK if quick else FULL
    print(introduction(size), HEADING, sep="\n\n")
    standings: list[Standing] = []
    for way in WAYS:
        measured = measure(way, size)
        print("", *lines(way.title, measured), sep="\n", flush=True)
        standings += measured
    raise SystemExit(any(standing.wrong for standing in standings))


def introduction(size: Size) -> str:
    """What the figures are of, and what they were measured on."""
    return (
        f"{size.accounts} accounts on each platform, {1000 * size.latency:g} ms before each reply; "
        f"medians of {size.rounds} rounds in changing order, lowest and highest ratio in brackets\n"
        f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}"
    )


def measure(way: Way, size: Size) -> tuple[Standing, ...]:
    """The first system's method, ours and the floor, in one run."""
    with (
        TemporaryDirectory() as folder,
        demo_server(size.accounts, size.latency, padded=way.padded) as demo,
        installation(Path(folder), demo, way.source) as premises,
    ):
        asyncio.run(run(premises))  # the first run of all learns the accounts' ids, and loads what is loaded once
        if way.history:
            fill_in(premises, size.hours)
        messages = asyncio.run(floor.record(premises))
        contestants = (
            by_the_first_system(demo, way, size.of_the_first),
            by_headcount(premises, demo, way, len(messages)),
            by_the_floor(demo, messages),
        )
        return hold(contestants, size.rounds)


def by_the_first_system(demo: Demo, way: Way, handles: int) -> Contestant:
    """One request after the other."""

    def work() -> Check:
        since = SYSTEM.now()
        texts = first_system.count_all(demo, way.source, demo.handles[:handles])
        return lambda: list(wrong_texts(texts, way.source, since))

    accounts = handles * len(demo.platforms)
    return Contestant("first system", accounts, accounts, work)


def by_headcount(premises: Premises, demo: Demo, way: Way, requests: int) -> Contestant:
    """The pipeline as `headcount collect --force` runs it: roster, plan, requests, judging, store."""

    def work() -> Check:
        since = SYSTEM.now()
        report = asyncio.run(run(premises))
        return lambda: [
            *wrong_rows(premises.store.newest(SYSTEM.now()), demo.keys, way.source, since),
            *(
                f"{turnout.tally.requests} requests were sent"
                for turnout in report.turnouts
                if turnout.tally.requests != requests
            ),
        ]

    return Contestant("headcount", len(demo.keys), requests, work)


async def run(premises: Premises) -> Report:
    """Ask for every count again, whether or not its slot is done."""
    return await collect(premises, Wanted(force=True), nobody)


def by_the_floor(demo: Demo, messages: list[floor.Message]) -> Contestant:
    """The same requests, and nothing else."""

    def work() -> Check:
        good = asyncio.run(floor.send_all(messages))
        return lambda: [] if good == len(messages) else [f"{good} of {len(messages)} requests were answered"]

    return Contestant("floor", len(demo.keys), len(messages), work)


if __name__ == "__main__":
    main()
