"""What the tests of the store are made of: short ways of saying who was counted, when and how."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from headcount.model import Account, Count, Fill, Miss, Outcome, Past, Reading, Reason, Verdict
from headcount.store.contract import Imported
from headcount.store.sql import SqlStore

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ENERGY = "twitter/energy"
HOLD = Verdict("hold", "jump", "a third of yesterday's")
REFUSE = Verdict("refuse", "jump", "nonsense")


def reading(
    count: int | Count = 1000,
    *,
    key: str = ENERGY,
    at: datetime = NOON,
    metric: str = "followers",
    source: str = "api",
    handle: str | None = None,
    ids: dict[str, str] | None = None,
) -> Outcome:
    counted = count if isinstance(count, Count) else Count(count)
    account = Account(key, key.partition("/")[2])
    return Outcome(Reading(account, metric, counted, handle, ids or {}), source, at)


def miss(
    reason: Reason = "unreachable",
    *,
    key: str = ENERGY,
    at: datetime = NOON,
    source: str = "api",
    final: bool = False,
    ids: dict[str, str] | None = None,
) -> Outcome:
    return Outcome(Miss(Account(key, key.partition("/")[2], ids or {}), reason, "what was said", final), source, at)


def fill(outcome: Outcome, slot: datetime = NOON, job: str = "hourly", verdict: Verdict | None = None) -> Fill:
    return Fill(job, slot, outcome, verdict)


def keep(store: SqlStore, *fills: Fill) -> int:
    """What a run of its own keeps; how many fills are new."""
    run = store.begin(fills[0].job, fills[0].slot, fills[0].slot)
    return store.append(run.id, fills)


def hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def imported(count: int, at: datetime = NOON, ordinal: int = 0, key: str = ENERGY) -> Imported:
    return Imported(key, "followers", count, at, ordinal)


def shown(store: SqlStore, at: datetime = NOON) -> dict[str, int]:
    """The public counts of followers at a time."""
    return {each.key: each.count for each in store.latest(at) if each.metric == "followers"}


def past_of(store: SqlStore, key: str, metric: str, since: datetime, newest: int = 200) -> tuple[Past, ...]:
    return store.pasts([(key, metric)], since, newest).get((key, metric), ())
