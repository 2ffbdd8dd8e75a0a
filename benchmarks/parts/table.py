"""What came of a contest, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from benchmarks.parts.contest import Effort, Standing

HEADING = """\
                    wall         CPU    accounts
              ms/account  ms/account    a second   accounts   requests"""
MOST_SHOWN = 10
"""Wrong counts that are shown; one is enough to make the rest worthless."""


def lines(title: str, standings: Sequence[Standing]) -> Iterator[str]:
    """A line a contestant, and one for each against the next; the standings go from the slowest method to the limit."""
    yield title
    for each in standings:
        who = each.contestant
        yield (
            f"{who.name:12}{1000 * each.wall:12.3f}{1000 * each.cpu:12.3f}"
            f"{1 / each.wall:12,.0f}{who.accounts:11,}{who.requests:11,}"
        )
    for slower, faster in pairwise(standings):
        yield f"{slower.contestant.name} / {faster.contestant.name}: {_ratios(slower, faster)}"
    wrong = [what for each in standings for what in each.wrong]
    yield from (f"WRONG {what}" for what in wrong[:MOST_SHOWN])
    yield f"{len(wrong):,} in all" if wrong else "every count was as simulated"


def _ratios(slower: Standing, faster: Standing) -> str:
    pairs = list(zip(slower.efforts, faster.efforts, strict=True))
    walls, cpus = [_wall(*pair) for pair in pairs], [_cpu(*pair) for pair in pairs]
    return (
        f"wall {slower.wall / faster.wall:.2f} ({min(walls):.2f} to {max(walls):.2f}), "
        f"CPU {slower.cpu / faster.cpu:.2f} ({min(cpus):.2f} to {max(cpus):.2f})"
    )


def _wall(slower: Effort, faster: Effort) -> float:
    return slower.wall / faster.wall


def _cpu(slower: Effort, faster: Effort) -> float:
    return slower.cpu / faster.cpu
