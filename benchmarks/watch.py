"""Lets things break in made-up worlds and looks when who is told; and lets nothing break, and looks what is told then.

README.md says how to read it. Exits with 1 if anything was noticed too late or not at all, if a wrong number became
public, or if there were too many false alarms.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click
from msgspec import Struct

from benchmarks.watching import crews
from benchmarks.watching.breaks import BREAKS
from benchmarks.watching.breaks.contract import Break
from benchmarks.watching.clean import MONTH, Clean, together
from benchmarks.watching.controls import BUILDS
from benchmarks.watching.table import Row, complaints, lines, of_clean, rows

PAGE = Path(__file__).parent.parent / "docs/explanation/watch-figures.md"
CROWD = 100
"""Accounts of an installation in which nothing breaks."""
MOST_SHOWN = 30
"""Complaints that are shown."""

T = TypeVar("T")


class Size(Struct, frozen=True):
    """How much is tried."""

    kinds: tuple[Break, ...]
    histories: int
    months: int
    """Account-months."""
    build: str = ""
    """A deliberately bad one, by its name."""


class Found(Struct, frozen=True):
    """What came of it."""

    rows: tuple[Row, ...]
    clean: Clean | None
    seconds: float

    def wrong(self) -> list[str]:
        """Everything that is not as it has to be."""
        return list(complaints(self.rows, self.clean))


@click.command()
@click.option("--kinds", default="", help="Parts of the names of breaks, with commas; all by default.")
@click.option("--histories", default=50, show_default=True, help="Of each kind of break.")
@click.option("--months", default=1000, show_default=True, help="Account-months in which nothing breaks.")
@click.option("--control", default="", type=click.Choice(["", *BUILDS]), help="A deliberately bad build.")
@click.option(
    "--quick", is_flag=True, help="One history of each kind, and no clean months: whether it runs, not what it shows."
)
@click.option("--write", is_flag=True, help=f"Keep the figures in docs/explanation/{PAGE.name}.")
def main(*, kinds: str, histories: int, months: int, control: str, quick: bool, write: bool) -> None:
    """Print a table of what was noticed when, and of what was told although nothing was wrong."""
    size = Size(tuple(chosen(kinds)), 1 if quick else histories, 0 if quick else months, control)
    found = measure(size)
    page = list(written(size, found))
    print(*page, sep="\n")
    wrong = found.wrong()
    print("", *wrong[:MOST_SHOWN], f"{len(wrong)} complaints" if wrong else "everything was as it has to be", sep="\n")
    if write:
        PAGE.write_text("\n".join([*page, ""]))
    raise SystemExit(bool(wrong))


def chosen(kinds: str) -> Iterator[Break]:
    """The kinds that any of these parts names."""
    parts = [part.strip() for part in kinds.split(",")]
    return (kind for kind in BREAKS if any(part in kind.name for part in parts))


def measure(size: Size) -> Found:
    """All histories and all clean months, on every processor."""
    began = time.monotonic()
    names = tuple(kind.name for kind in size.kinds)
    with ProcessPoolExecutor() as crew:
        # The longest works first, so that no processor has nothing to do in the end.
        quiet = [
            crew.submit(crews.clean, seed, accounts, hours, size.build) for seed, accounts, hours in parts(size.months)
        ]
        histories = [crew.submit(crews.histories, seed, names, size.build) for seed in range(size.histories)]
        seen = [each for some in done(histories, "seeds of histories") for each in some]
        clean = list(done(quiet, "parts of the clean months"))
    return Found(rows(size.kinds, seen), together(clean) if clean else None, time.monotonic() - began)


def parts(months: int) -> Iterator[tuple[int, int, int]]:
    """The clean months as installations, each with its seed, its accounts and its hours: a month each."""
    whole, rest = divmod(months, CROWD)
    sizes = [*[CROWD] * whole, *([rest] if rest else [])]
    return ((seed, accounts, MONTH) for seed, accounts in enumerate(sizes))


def done(works: Sequence[Future[T]], what: str) -> Iterator[T]:
    """What came of each, as it is done; says how far it is, where somebody is looking."""
    for number, work in enumerate(as_completed(works), 1):
        if sys.stderr.isatty():
            print(f"\r{number} of {len(works)} {what}", end="" if number < len(works) else "\n", file=sys.stderr)
        yield work.result()


def written(size: Size, found: Found) -> Iterator[str]:
    """The page."""
    yield from (HEAD, "")
    yield (
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} CPUs, "
        f"load {os.getloadavg()[0]:.1f}, {found.seconds / 60:.0f} minutes: "
        f"`{' '.join(['python -m benchmarks.watch', *sys.argv[1:]])}`"
    )
    yield from ("", f"{len(found.rows)} kinds of break, {size.histories} histories of each:", "")
    yield from lines(found.rows)
    if found.clean:
        yield from ("", "## Months in which nothing breaks", "", *of_clean(found.clean))


HEAD = """\
# What is noticed, and when

Written by `make bench-watch WRITE=1`; `benchmarks/README.md` says how it is measured and how to read it."""


if __name__ == "__main__":
    main()
