"""What tests of vitals are made of: who is expected, and short ways of saying what happened in which hour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from headcount.cadence import Cadence
from headcount.model import ACCEPTED, Count, Fill, Reason, Tally, Verdict
from headcount.store.noticing import Attended, Delivered
from headcount.store.sql import SqlStore
from headcount.vitals.signs import AccountSigns, Expectation, Expected, JobSigns, SourceSigns, TargetSigns, Vitals
from headcount.vitals.take import take
from tests.stores.material import HOLD, HOUR, MINUTE, NOON, REFUSE, miss, reading

DAY = timedelta(days=1)
AT = NOON + 30 * MINUTE
LAB = "twitter/lab"
SLOTS = {name: Cadence(every, ZoneInfo("America/New_York")) for name, every in (("hourly", "1h"), ("daily", "1d"))}
VERDICTS: Mapping[str, Verdict] = {"held": HOLD, "refused": REFUSE}

Said = Reason | Count | str
"""A reason, a count (accepted), `held` or `refused`."""


def account(key: str = LAB, **changes: object) -> Expected:
    usual = {"key": key, "unit": "1", "platform": key.partition("/")[0], "period": HOUR, "job": "hourly"}
    return Expected(**{**usual, **changes})  # type: ignore[arg-type] # the tests name its fields


def expecting(*accounts: Expected) -> Expectation:
    return Expectation(
        accounts=accounts,
        jobs=SLOTS,
        targets=("web", "bucket"),
        sources={"twitter": ("api", "page"), "youtube": ("api", "page")},
    )


def say(store: SqlStore, hours_ago: float, said: Said, source: str = "api", key: str = LAB) -> None:
    """What came of an account in an hour's slot; a fraction of an hour is a later attempt in it."""
    at = NOON - hours_ago * HOUR + MINUTE
    slot = at.replace(minute=0)
    run = store.begin("hourly", slot, at)
    if isinstance(said, Count) or said in VERDICTS:
        count = said if isinstance(said, Count) else Count(1000)
        verdict = ACCEPTED if isinstance(said, Count) else VERDICTS[said]
        store.append(run.id, [Fill("hourly", slot, reading(count, key=key, at=at, source=source), verdict)])
    else:
        store.append(run.id, [Fill("hourly", slot, miss(said, key=key, at=at, source=source))])  # type: ignore[arg-type] # a reason
    store.finish(run.id, at, Tally())


def attend(store: SqlStore, hours_ago: float, *attended: Attended, job: str = "hourly") -> None:
    """What a run had from each source."""
    at = NOON - hours_ago * HOUR
    run = store.begin(job, SLOTS[job].slot(at), at)
    store.attend(run.id, attended, at)
    store.finish(run.id, at, Tally())


def answered(source: str, counted: int, platform: str = "twitter") -> Attended:
    return Attended(platform, source, counted, 0, 0)


def refused(source: str, reason: Reason = "bad_credentials", counted: int = 0, platform: str = "twitter") -> Attended:
    return Attended(platform, source, counted, 0, 1, reason, "HTTP 401")


def delivered(store: SqlStore, target: str, *hours_ago_and_faults: tuple[float, str]) -> None:
    store.delivered(Delivered(target, NOON - ago * HOUR, fault, 1, 9) for ago, fault in hours_ago_and_faults)


def look(store: SqlStore, *accounts: Expected, at: datetime = AT) -> Vitals:
    return take(store, expecting(*(accounts or (account(),))), at)


def signs(store: SqlStore, expected: Expected | None = None, at: datetime = AT) -> AccountSigns:
    """Of one account."""
    (found,) = look(store, expected or account(), at=at).accounts
    return found


def job(store: SqlStore, name: str, at: datetime = AT) -> JobSigns:
    return next(each for each in look(store, at=at).jobs if each.job == name)


def target(store: SqlStore, name: str) -> TargetSigns:
    return next(each for each in look(store).targets if each.target == name)


def source(store: SqlStore, name: str) -> SourceSigns | None:
    return next((each for each in look(store).sources if each.source == name), None)
