"""How everything is now: accounts, platforms, jobs and targets; and why an account is not counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import get_args

from headcount.measure.health import Health as Word
from headcount.publish.outputs.accounts import AccountShape
from headcount.publish.outputs.wellness import job, platform, target
from headcount.serve.asking import Grounds
from headcount.serve.route import Nothing, Route
from headcount.serve.wellness import Health, Healths, account
from headcount.vitals.everybody import everybody
from headcount.vitals.signs import Expectation, Expected
from headcount.vitals.take import take

MINUTE = timedelta(minutes=1)


def healths(grounds: Grounds, key: str | None = None) -> list[Health]:
    """How all accounts of the roster are, or one of them, by key."""
    signs = everybody(take(grounds.store, expected(grounds, key), grounds.at))
    return [account(each) for each in signs.accounts]


def expected(grounds: Grounds, key: str | None = None) -> Expectation:
    """What should be there, by the newest edition and the configuration: all of it, or one account."""
    serving = grounds.serving
    ran = {name: slots for name, slots in serving.cadences.items() if grounds.store.runs(name, 1)}
    return Expectation(
        accounts=tuple(_accounts(grounds, key)), jobs=ran, targets=serving.targets, sources=serving.sources
    )


def _accounts(grounds: Grounds, key: str | None) -> Iterator[Expected]:
    for who, listed in grounds.shown.accounts.items():
        if key in {None, who} and isinstance(listed.shape, AccountShape):
            yield _account(listed.shape)


def _account(shape: AccountShape) -> Expected:
    every = shape.counted_every_minutes
    return Expected(
        key=shape.key,
        unit=shape.unit_id,
        platform=shape.platform,
        period=every * MINUTE if every else None,
        archived=datetime.fromisoformat(shape.archived_since) if shape.archived_since else None,
        job=shape.counted_by or "",
    )


def _healths(grounds: Grounds, _: Nothing) -> Healths:
    signs = everybody(take(grounds.store, expected(grounds), grounds.at))
    numbers = Counter(each.health for each in signs.accounts)
    return Healths(
        organization=grounds.shown.organization,
        at=grounds.at,
        totals={word: numbers[word] for word in get_args(Word)},
        accounts=[account(each) for each in signs.accounts],
        platforms=[platform(each) for each in signs.platforms],
        jobs=[job(each) for each in signs.jobs],
        targets=[target(each) for each in signs.targets],
    )


EXAMPLE = {
    "key": "twitter/energy",
    "unit_id": "1",
    "platform": "twitter",
    "health": "failing",
    "since": "2026-11-20T12:01:00Z",
    "reason": "rate_limited",
    "counted_at": "2026-11-20T11:01:00Z",
    "stale_after": None,
}

ROUTE = Route(
    path="/health",
    title="How everything is",
    description="Whether each account is being counted, since when, and why not; how many are how; and how the platforms, the "
    "jobs and the targets are.",
    question=Nothing,
    answer=Healths,
    make=_healths,
    holds="for a minute",
    example={
        "organization": "Department of Energy",
        "at": "2026-11-20T12:30:00Z",
        "totals": {
            "ok": 0,
            "degraded": 0,
            "stale": 0,
            "failing": 1,
            "held": 0,
            "retired": 0,
            "absent": 0,
            "never counted": 0,
        },
        "accounts": [EXAMPLE],
        "platforms": [
            {
                "platform": "twitter",
                "health": "failing",
                "counted_at": "2026-11-20T11:01:00Z",
                "accounts": {"failing": 1},
            }
        ],
        "jobs": [{"job": "hourly", "health": "ok", "ran_at": "2026-11-20T12:01:09Z", "due": "2026-11-20T14:00:00Z"}],
        "targets": [
            {"target": "web", "health": "ok", "delivered_at": "2026-11-20T12:01:12Z", "since": "2026-11-20T12:01:12Z"}
        ],
    },
)
