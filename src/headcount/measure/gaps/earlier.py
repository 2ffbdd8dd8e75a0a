"""What was found of a job before, cut off where it is looked at again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct, structs

from headcount.measure.gaps.findings import Course, Findings, Gap, Pause, Series, Slots

Found = TypeVar("Found", Gap, Series)


class Earlier(Struct, frozen=True):
    """What holds of a job's slots before `since`."""

    since: datetime
    edge: datetime
    """The end of the last of them in which it ran: `since`, or earlier by a pause."""
    start: datetime | None = None
    run: int = 0
    series: tuple[Series, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """Those that are over."""
    reaching: tuple[Gap, ...] = ()
    """Those of the last slot in which it ran, which may go on."""
    pauses: tuple[Pause, ...] = ()


def cut(before: Findings, course: Course, cadence: Slots, since: datetime) -> Earlier:
    """What was found of a job before `since`, the start of one of its slots."""
    if course.start is None or course.start >= since:
        return Earlier(since, since)
    known = [pause for pause in before.not_run if pause.job == course.job]
    pauses = tuple(_cut_pauses(known, cadence, since))
    edge = pauses[-1].start if pauses and pauses[-1].end == since else since
    again = list(_ran(course, known, cadence, since))
    gaps = list(_own((*before.gaps, *before.unasked), course, since))
    return Earlier(
        since,
        edge,
        start=course.start,
        run=course.run - len(again),
        series=tuple(_own(before.series, course, since)),
        gaps=tuple(gap for gap in gaps if gap.end < edge),
        reaching=tuple(_cut_gap(gap, again, edge) for gap in gaps if gap.end >= edge),
        pauses=pauses,
    )


def slots_between(cadence: Slots, start: datetime, end: datetime) -> Iterator[datetime]:
    """The slots that begin from `start`, which is one's start, until before `end`."""
    while start < end:
        yield start
        start = cadence.end(start)


def _own(found: Iterable[Found], course: Course, since: datetime) -> Iterator[Found]:
    """What was found of the job, and began before."""
    return (each for each in found if each.job == course.job and each.start < since)


def _ran(course: Course, pauses: Sequence[Pause], cadence: Slots, since: datetime) -> Iterator[datetime]:
    """The slots from `since` on in which the job was known to have run."""
    for slot in slots_between(cadence, since, course.end):
        place = bisect_right(pauses, slot, key=attrgetter("start"))
        if not place or pauses[place - 1].end <= slot:
            yield slot


def _cut_pauses(pauses: Sequence[Pause], cadence: Slots, since: datetime) -> Iterator[Pause]:
    for pause in pauses:
        if pause.end <= since:
            yield pause
        elif pause.start < since:
            again = sum(1 for _ in slots_between(cadence, since, pause.end))
            yield structs.replace(pause, end=since, slots=pause.slots - again)


def _cut_gap(gap: Gap, again: Sequence[datetime], edge: datetime) -> Gap:
    """All the slots that are looked at again, and that it reaches into, were its own."""
    return structs.replace(gap, end=edge, slots=gap.slots - bisect_left(again, gap.end))
