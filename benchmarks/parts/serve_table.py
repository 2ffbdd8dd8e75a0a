"""What came of asking, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.parts.contest import Standing
from benchmarks.parts.publish_table import complaints, ratio

Pairs = Sequence[tuple[str, str]]

HEADING = f"{'':14}{'wall':>12}{'CPU':>12}{'a second':>12}"


def lines(title: str, standings: Sequence[Standing], pairs: Pairs) -> Iterator[str]:
    """A line a contestant, and one for each pair of which both were there."""
    yield from (title, HEADING)
    for each in standings:
        yield f"{each.contestant.name:14}{1e3 * each.wall:>9.3f} ms{1e3 * each.cpu:>9.3f} ms{1 / each.wall:>12,.0f}"
    by_name = {each.contestant.name: each for each in standings}
    for one, other in pairs:
        if {one, other} <= by_name.keys():
            yield against(by_name[one], by_name[other])
    yield from complaints(standings, "every answer was right")


def against(one: Standing, other: Standing) -> str:
    """By how much one takes longer than another."""
    pairs = list(zip(one.efforts, other.efforts, strict=True))
    walls, cpus = [(this.wall, that.wall) for this, that in pairs], [(this.cpu, that.cpu) for this, that in pairs]
    return f"{one.contestant.name} / {other.contestant.name}: {ratio('wall', walls)}, {ratio('CPU', cpus)}"
