"""The newest counts, and what they have changed by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from headcount.measure.growth import change
from headcount.publish.outputs.latest import PERIODS
from headcount.serve.asking import Grounds
from headcount.serve.route import Nothing, Route
from headcount.serve.words import (
    Granularity,
    Handle,
    Heads,
    Key,
    Metric,
    Moment,
    Organization,
    Platform,
    Source,
    TakenAt,
    UnitId,
)
from headcount.store.reader import Column
from headcount.store.reader import Shown as Counted

Change = Annotated[int | None, Meta(description="What it changed by meanwhile; null where that would be a guess")]


class Newest(Struct, frozen=True):
    """The newest count of an account and metric."""

    key: Key
    unit_id: UnitId
    platform: Platform
    handle: Handle
    metric: Metric
    count: Heads
    granularity: Granularity
    source: Source
    taken_at: TakenAt
    change_24h: Change
    change_7d: Change
    change_30d: Change


class Latest(Struct, frozen=True):
    """The newest counts."""

    organization: Organization
    at: Moment
    simulated: Annotated[bool, Meta(description="Some of these counts were made up; their source says which")]
    counts: list[Newest]


def counted(grounds: Grounds, at: datetime) -> dict[Column, Counted]:
    """The counts that stood at `at`, of those who may be seen."""
    accounts, max_age = grounds.shown.accounts, grounds.serving.max_age
    return {
        (each.key, each.metric): each
        for each in grounds.store.latest(at)
        if each.key in accounts and (not accounts[each.key].has_left or at - each.taken_at <= max_age)
    }


def newest(grounds: Grounds, key: str | None = None) -> Iterator[Newest]:
    """The newest counts of all, or of one account, by key and metric."""
    at = grounds.at
    before = {name: counted(grounds, at - period) for name, period in PERIODS.items()}
    for column, now in sorted(counted(grounds, at).items()):
        if key in {None, now.key}:
            yield _newest(grounds, now, {name: then.get(column) for name, then in before.items()})


def _newest(grounds: Grounds, now: Counted, before: Mapping[str, Counted | None]) -> Newest:
    shape = grounds.shown.accounts[now.key].shape
    return Newest(
        key=now.key,
        unit_id=shape.unit_id,
        platform=shape.platform,
        handle=shape.handle,
        metric=now.metric,
        count=now.count,
        granularity=now.granularity,
        source=now.source,
        taken_at=now.taken_at,
        **{name: change(then, now, PERIODS[name], grounds.at) for name, then in before.items()},
    )


def _latest(grounds: Grounds, _: Nothing) -> Latest:
    counts = list(newest(grounds))
    simulated = any(each.source.startswith("simulated") for each in counts)
    return Latest(grounds.shown.organization, grounds.at, simulated, counts)


EXAMPLE = {
    "key": "twitter/energy",
    "unit_id": "1",
    "platform": "twitter",
    "handle": "ENERGY",
    "metric": "followers",
    "count": 1234567,
    "granularity": 1,
    "source": "api",
    "taken_at": "2026-11-20T12:01:00Z",
    "change_24h": 120,
    "change_7d": 950,
    "change_30d": None,
}

ROUTE = Route(
    path="/latest",
    title="The newest counts",
    description="The newest count of each account and metric, with its changes over a day, a week and 30 days.",
    question=Nothing,
    answer=Latest,
    make=_latest,
    holds="for a minute",
    example={
        "organization": "Department of Energy",
        "at": "2026-11-20T12:30:00Z",
        "simulated": False,
        "counts": [EXAMPLE],
    },
)
