"""What came of publishing, as lines for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from benchmarks.parts.contest import Effort, Standing
from benchmarks.parts.table import MOST_SHOWN

HEADING = f"{'':26}{'wall':>10}{'CPU':>10}{'written':>12}"

OF: dict[str, Callable[[Effort], float]] = {
    "wall": lambda effort: effort.wall,
    "CPU": lambda effort: effort.cpu,
    "written": lambda effort: effort.written,
}


def lines(title: str, groups: Sequence[Sequence[Standing]]) -> Iterator[str]:
    """A line a contestant, and one for each against the next; a group has all who publish one history."""
    yield from (title, HEADING)
    standings = [each for group in groups for each in group]
    for each in standings:
        yield f"{each.contestant.name:26}{each.wall:>8.3f} s{each.cpu:>8.3f} s{each.written / 1e6:>9.3f} MB"
    for group in groups:
        yield from (_against(*pair) for pair in pairwise(group))
    # The longest history against the shortest, of each who publishes.
    yield from (_against(long, short) for short, long in zip(groups[0], groups[-1], strict=True))
    yield from complaints(standings, "every count was as it should be")


def complaints(standings: Sequence[Standing], none: str) -> Iterator[str]:
    """What was wrong, or that nothing was."""
    wrong = [what for each in standings for what in each.wrong]
    yield from (f"WRONG {what}" for what in wrong[:MOST_SHOWN])
    yield f"{len(wrong):,} in all" if wrong else none


def _against(one: Standing, other: Standing) -> str:
    pairs = list(zip(one.efforts, other.efforts, strict=True))
    ratios = (ratio(name, [(of(this), of(that)) for this, that in pairs]) for name, of in OF.items())
    return f"{one.contestant.name} / {other.contestant.name}: {', '.join(ratios)}"


def ratio(name: str, pairs: Sequence[tuple[float, float]]) -> str:
    """The median of the ratios, with the lowest and the highest."""
    ratios = [one / other for one, other in pairs if other]
    if not ratios:
        return f"{name} -"
    return f"{name} {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
