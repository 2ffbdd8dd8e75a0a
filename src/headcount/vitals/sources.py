"""How the sources of the platforms are, by what runs had from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from headcount.store.noticing import Attendance
from headcount.vitals.signs import Slots, SourceSigns

Turn = tuple[str, str]
"""A platform, and a job that asks it."""


def signs(attendances: Sequence[Attendance], jobs: Mapping[str, Slots]) -> tuple[SourceSigns, ...]:
    """How each source is that was asked last time, by platform and name; `attendances` are in the order of time.

    A source that the newest run had no need of is not among them: nobody knows how it is.
    """
    newest: dict[Turn, int] = {(each.platform, each.job): each.run for each in attendances}
    asked = {(each.platform, each.source) for each in attendances if newest[each.platform, each.job] == each.run}
    return tuple(
        _signs([each for each in reversed(attendances) if (each.platform, each.source) == way], jobs)
        for way in sorted(asked)
    )


def _signs(turns: Sequence[Attendance], jobs: Mapping[str, Slots]) -> SourceSigns:
    """How a source is by its attendances, newest first."""
    newest = turns[0]
    failed = list(takewhile(_failed, turns))
    if not failed:
        return SourceSigns(platform=newest.platform, source=newest.source, health="ok", since=newest.at)
    return SourceSigns(
        platform=newest.platform,
        source=newest.source,
        health="failing",
        since=failed[-1].at,
        reason=newest.reason,
        detail=newest.detail,
        again=_is_again(failed, jobs),
    )


def _failed(each: Attendance) -> bool:
    """It would not answer, and counted nobody."""
    return each.refused > 0 and each.counted == 0


def _is_again(failed: Iterable[Attendance], jobs: Mapping[str, Slots]) -> bool:
    """Whether it failed in two slots of one job: a run that is tried once more, or another job's, is no second slot."""
    slots = {(each.job, jobs[each.job].slot(each.at)) for each in failed if each.job in jobs}
    return any(number > 1 for number in Counter(job for job, _ in slots).values())
