"""The rows of `status.html`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from headcount.measure.health import COUNTED, EXPECTED, Health
from headcount.news.naming import account_name
from headcount.vitals.signs import AccountSigns, JobSigns, PlatformSigns, Working
from headcount.vitals.words import HEALTH, WORKING, because

Tone = Literal["good", "warn", "bad"]

_TONES: Mapping[Health | Working, Tone] = {"ok": "good", "failing": "bad"}


class PlatformRow(Struct, frozen=True):
    """A platform."""

    name: str
    counted: int
    of: int
    """Accounts that have a count to give."""
    state: str
    tone: Tone
    at: datetime | None


class AccountRow(Struct, frozen=True):
    """An account."""

    name: str
    state: str
    tone: Tone
    why: str
    since: datetime | None


class JobRow(Struct, frozen=True):
    """A job."""

    name: str
    state: str
    tone: Tone
    at: datetime | None
    due: datetime


def platform_row(each: PlatformSigns, names: Mapping[str, str]) -> PlatformRow:
    """How a platform is."""
    counted, expected = (sum(each.accounts.get(word, 0) for word in words) for words in (COUNTED, EXPECTED))
    name = names.get(each.platform, each.platform)
    state = WORKING[each.health] if expected else "nothing to count"
    return PlatformRow(name, counted, expected, state, _tone(each.health), each.since)


def account_row(each: AccountSigns, names: Mapping[str, str]) -> AccountRow:
    """How an account is."""
    name, why = account_name(each.key, names), because(each.health, each.reason)
    return AccountRow(name, HEALTH[each.health], _tone(each.health), why, each.since)


def job_row(each: JobSigns) -> JobRow:
    """How a job is."""
    return JobRow(each.job, WORKING[each.health], _tone(each.health), each.since, each.due)


def _tone(word: Health | Working) -> Tone:
    return _TONES.get(word, "warn")
