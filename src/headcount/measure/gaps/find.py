"""Finds the gaps of all jobs, going on from what was found before."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import datetime

from headcount.measure.gaps.earlier import Earlier, cut
from headcount.measure.gaps.findings import Filled, Findings, Slots
from headcount.measure.gaps.watch import Watch
from headcount.model import EPOCH

Fills = Callable[[datetime], Iterable[Filled]]
"""The fills whose slots begin from then on, by slot, and those of an account, metric and job by attempt."""


def find(
    fills: Fills,
    cadences: Mapping[str, Slots],
    seen: Container[str],
    at: datetime,
    *,
    before: Findings | None = None,
    changed: datetime | None = None,
) -> Findings:
    """The gaps of these jobs and of the accounts that may be seen, until the slots that are open at `at`.

    `before`: what was found for the same jobs and accounts; then only the slots from `changed` on are looked at, when
    the first change since begins (None: there is none), and those that were open then.
    """
    earlier = {job: _earlier(job, cadence, at, before, changed) for job, cadence in cadences.items()}
    watches = {job: Watch(job, cadence, cadence.slot(at), seen, earlier[job]) for job, cadence in cadences.items()}
    again = [earlier[job].since for job, cadence in cadences.items() if earlier[job].since < cadence.slot(at)]
    for fill in fills(min(again)) if again else ():
        if watch := watches.get(fill.job):
            watch.take(fill)
    return _together([watch.findings() for watch in watches.values()])


def _earlier(job: str, cadence: Slots, at: datetime, before: Findings | None, changed: datetime | None) -> Earlier:
    course = next((course for course in before.jobs if course.job == job), None) if before else None
    if before is None or course is None:
        return Earlier(cadence.slot(EPOCH), cadence.slot(EPOCH))
    ends = [course.end, cadence.slot(at), *([cadence.slot(changed)] if changed else [])]
    return cut(before, course, cadence, min(ends))


def _together(each: list[Findings]) -> Findings:
    """What was found of each job, in one order whatever was found when."""
    gaps = (gap for one in each for gap in one.gaps)
    unasked = (gap for one in each for gap in one.unasked)
    return Findings(
        jobs=tuple(sorted((course for one in each for course in one.jobs), key=lambda course: course.job)),
        series=tuple(sorted((one for found in each for one in found.series), key=lambda one: (one.account, one.job))),
        gaps=tuple(sorted(gaps, key=lambda gap: (gap.account, gap.metric, gap.job, gap.start))),
        unasked=tuple(sorted(unasked, key=lambda gap: (gap.account, gap.metric, gap.job, gap.start))),
        not_run=tuple(sorted((pause for one in each for pause in one.not_run), key=lambda one: (one.start, one.job))),
    )
