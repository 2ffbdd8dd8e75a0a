"""Where a series is one, and where another way of counting begins: nothing is subtracted across such a border."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from headcount.measure.growth import Counted, comparable
from headcount.model import replying


class Segment(Struct, frozen=True):
    """Counts that follow one another and were counted in one way."""

    source: str
    """What replied, whether it was read at once or later."""
    granularity: int
    since: datetime
    """Of its first count (UTC)."""
    until: datetime
    """Of its last one."""
    counts: int
    """How many there are."""


def segments(counts: Iterable[Counted]) -> Iterator[Segment]:
    """The segments of a series, whose counts are in the order of time; together they hold every count once."""
    same: list[Counted] = []
    for each in counts:
        if same and not comparable(same[-1], each):
            yield _segment(same)
            same = []
        same.append(each)
    if same:
        yield _segment(same)


def _segment(counts: list[Counted]) -> Segment:
    first, last = counts[0], counts[-1]
    return Segment(replying(first.source), first.granularity, first.taken_at, last.taken_at, len(counts))
