"""From a page to a count: CPU time of headcount, of parsers of HTML as they are used for it, and of looking at the page.

README.md says what is measured and how to read it. Exits with 1 if a count was wrong, and never because of a time.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from statistics import median

import click
from msgspec import Struct

from benchmarks.parts.pages import Page, pages
from benchmarks.parts.parsers import by_beautiful_soup, by_selectolax
from headcount.model import Count, Reading
from headcount.platforms import platform
from headcount.platforms.kit.contract import Source

Extract = Callable[[], int | None]

FULL, QUICK = 40, 3
"""Rounds. In each, everybody has one turn, in an order that changes."""
SHORTEST = 0.02
"""Seconds of CPU in a turn: a page is read so often that the clock can tell."""


class Standing(Struct):
    """What one contestant took for a page, in seconds a page, by round."""

    name: str
    seconds: list[float] = []


def by_headcount(page: Page) -> int | None:
    """What the platform's own source reads."""
    asking = _source(page).ask([page.account], platform(page.slug).options)
    next(asking)
    said = asking.send(page.reply)
    return said.count.value if isinstance(said, Reading) and isinstance(said.count, Count) else None


def _source(page: Page) -> Source:
    return next(source for source in platform(page.slug).sources if source.name == "page")


def at_least(page: Page) -> int | None:
    """The floor: looks once through the page, for what the count stands under with one letter more, and knows the count."""
    assert page.reply.body.find(page.key[:-1] + b'z"') < 0
    return page.count.value


CONTESTANTS: Mapping[str, Callable[[Page], int | None]] = {
    "headcount": by_headcount,
    "BeautifulSoup": by_beautiful_soup,
    "selectolax": by_selectolax,
    "floor": at_least,
}


def hold(page: Page, rounds: int) -> dict[str, Standing]:
    """Everybody's turns, interleaved: whatever else the machine does disturbs all alike."""
    extracts: dict[str, Extract] = {name: partial(extract, page) for name, extract in CONTESTANTS.items()}
    times = {name: _times(extract) for name, extract in extracts.items()}
    standings = {name: Standing(name) for name in extracts}
    names = list(extracts)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            standings[name].seconds.append(_turn(extracts[name], times[name]))
    return standings


def _turn(extract: Extract, times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        extract()
    return (time.process_time() - began) / times


def _times(extract: Extract) -> int:
    return max(1, int(SHORTEST / max(_turn(extract, 1), 1e-6)))


def lines(page: Page, standings: Mapping[str, Standing]) -> list[str]:
    """The table of a page."""
    ours, floor = standings["headcount"].seconds, standings["floor"].seconds
    rows = [f"{page.title}, {len(page.reply.body):,} bytes"]
    rows += [f"  {name:<14}{median(each.seconds) * 1e3:>9.3f} ms" for name, each in standings.items()]
    for name in ("BeautifulSoup", "selectolax"):
        rows.append(f"  {name} / headcount: {_ratio(standings[name].seconds, ours)}")
    return [*rows, f"  headcount / floor: {_ratio(ours, floor)}"]


def _ratio(first: list[float], second: list[float]) -> str:
    ratios = [one / other for one, other in zip(first, second, strict=True)]
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


@click.command()
@click.option("--quick", is_flag=True, help="Few rounds: whether it runs, not how fast.")
def main(quick: bool) -> None:
    """Measure how long it takes from a page to a count."""
    wrong = []
    for page in asyncio.run(pages()):
        wrong += [f"{page.title}: {name}" for name, extract in CONTESTANTS.items() if not page.is_right(extract(page))]
        for line in lines(page, hold(page, QUICK if quick else FULL)):
            click.echo(line)
    click.echo("\n".join(wrong) or "every count was as simulated")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
