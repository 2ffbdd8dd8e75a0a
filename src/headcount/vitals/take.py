"""Takes the vitals: everything that is asked of the store for them is asked here, in one moment of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import groupby

from headcount.model import HEADLINE
from headcount.store.reader import Attempt, Reader
from headcount.vitals import jobs, platforms, sources, targets
from headcount.vitals.accounts import Records, accounts
from headcount.vitals.followers import followers
from headcount.vitals.signs import Expectation, SourceSigns, Vitals

LOOK_BACK = timedelta(days=8)
"""How far back sources and targets are looked at: a week, and its run on the day that follows."""

BEFORE = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""How long ago counts are looked at that may have been finer; what has lasted for a month is no longer new."""

RUNS = 100
"""Runs of a job that are looked at."""


def take(store: Reader, expected: Expectation, at: datetime) -> Vitals:
    """How everything is that should be there."""
    with store.moment() as moment:
        asked = sources.signs(moment.attendances(at - LOOK_BACK), expected.jobs)
        everyone = accounts(expected, _known(moment, {each.key for each in expected.accounts}, asked, at), at)
        return Vitals(
            at=at,
            accounts=everyone,
            platforms=platforms.signs(everyone),
            sources=asked,
            jobs=tuple(jobs.signs(name, slots, moment.runs(name, RUNS), at) for name, slots in expected.jobs.items()),
            targets=targets.signs(expected, moment.deliveries(at - LOOK_BACK), at),
        )


def _known(store: Reader, keys: Collection[str], asked: tuple[SourceSigns, ...], at: datetime) -> Records:
    """What is known of accounts. What they were is looked up only where one of them is rounded now."""
    fills = (fill for fill in store.recent(at) if fill.metric == HEADLINE)
    counts = followers(store, at)
    rounded = any(each.granularity > 1 and key in keys for key, each in counts.items())
    return Records(
        fills={key: tuple(found) for key, found in groupby(fills, key=_key)},
        counts=counts,
        before=tuple(followers(store, at - ago) for ago in BEFORE) if rounded else (),
        sources=asked,
    )


def _key(fill: Attempt) -> str:
    return fill.key
