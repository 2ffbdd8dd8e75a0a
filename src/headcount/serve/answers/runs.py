"""The newest runs, and what they came to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from headcount.model import Run as Kept
from headcount.serve.asking import Grounds
from headcount.serve.route import Route
from headcount.serve.words import Moment


class OfRuns(Struct, frozen=True):
    """A question about runs."""

    job: (
        Annotated[str, Meta(description="Of this job only", pattern=r"^[^\x00-\x1f]+$", max_length=100)] | UnsetType
    ) = UNSET
    limit: Annotated[int, Meta(description="So many of the newest", ge=1, le=1000)] = 100


class Came(Struct, frozen=True):
    """What a run came to."""

    readings: Annotated[int, Meta(description="Counts", ge=0)]
    held: Annotated[int, Meta(description="Counts that await review", ge=0)]
    misses: Annotated[dict[str, int], Meta(description="Accounts without a count, by reason")]
    requests: Annotated[int, Meta(description="Requests that were sent", ge=0)]


class Run(Struct, frozen=True):
    """One turn of collecting."""

    id: int
    job: str
    slot: Annotated[datetime, Meta(description="The start of the job's hour, day or week (UTC)")]
    started: Annotated[datetime, Meta(description="(UTC)")]
    ended: Annotated[datetime | None, Meta(description="(UTC); null: under way, or killed")]
    seconds: Annotated[float, Meta(description="How long it took", ge=0)]
    came_to: Annotated[Came | None, Meta(description="null where accounts are counted that may not be seen")]


class Runs(Struct, frozen=True):
    """The newest runs first."""

    at: Moment
    runs: list[Run]


def _runs(grounds: Grounds, asked: OfRuns) -> Runs:
    job = None if asked.job is UNSET else asked.job
    # A run's figures are of everyone whom it asked: they would tell of those who may not be seen.
    is_open = grounds.store.spans().keys() <= grounds.shown.accounts.keys()
    return Runs(grounds.at, [_run(run, is_open=is_open) for run in grounds.store.runs(job, asked.limit)])


def _run(run: Kept, *, is_open: bool) -> Run:
    tally = run.tally
    came_to = Came(tally.readings, tally.held, dict(tally.misses), tally.requests) if is_open else None
    return Run(run.id, run.job, run.slot, run.started, run.ended, tally.seconds, came_to)


ROUTE = Route(
    path="/runs",
    title="The runs",
    description="The newest runs, and what they came to.",
    question=OfRuns,
    answer=Runs,
    make=_runs,
    holds="for a minute",
    example={
        "at": "2026-11-20T12:30:00Z",
        "runs": [
            {
                "id": 7,
                "job": "hourly",
                "slot": "2026-11-20T12:00:00Z",
                "started": "2026-11-20T12:01:00Z",
                "ended": "2026-11-20T12:01:09Z",
                "seconds": 8.7,
                "came_to": {"readings": 14, "held": 0, "misses": {"private": 1}, "requests": 5},
            }
        ],
    },
)
