"""How jobs are, by their runs; and when the next of them are due."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import takewhile

from headcount.model import Run
from headcount.vitals.signs import JobSigns, Slots, Working


def signs(job: str, slots: Slots, runs: Sequence[Run], at: datetime) -> JobSigns:
    """How a job is by its newest runs, newest first."""
    whole = next((run for run in runs if run.ended), None)
    broken = list(takewhile(lambda run: run.ended is None, runs))
    due = slots.end(slots.end(slots.slot(whole.slot)) if whole else slots.slot(at))
    health = _health(slots, broken, due, at) if runs else "never"
    return JobSigns(job=job, health=health, since=whole.ended if whole else None, due=due)


def _health(slots: Slots, broken: Iterable[Run], due: datetime, at: datetime) -> Working:
    if any(slots.end(slots.slot(run.slot)) <= at for run in broken):
        return "failing"
    return "stale" if slots.end(due) <= at else "ok"


def next_edition(jobs: Collection[Slots], at: datetime) -> datetime | None:
    """When an edition that follows one of `at` is there at the latest (UTC); None where no job is to run.

    It is when the slot after the current one ends, of the job that runs most often: until then there is time for a run.
    """
    return min((slots.end(slots.end(slots.slot(at))) for slots in jobs), default=None)
