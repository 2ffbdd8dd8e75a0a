"""What happened in the demo's past, so that its reports have something to tell: all in the last week that is over.

On Tuesday X turned everybody away for eight hours, and an account took another name. On Wednesday Instagram removed fake
followers. On Thursday a count came that was ten times what it had been, and was held back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from headcount.demo.simulation import Purge
from headcount.model import HEADLINE, Account, Count, Fill, Miss, Outcome, Reading, Verdict
from headcount.news.story import Deed, Story
from headcount.reports.period import Period, last_week

TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 3

REFUSING, REFUSED = "twitter", "HTTP 403 Forbidden"
OUTAGE = timedelta(hours=8)
PURGED, SHARE = "instagram", 0.012
DOUBTED = "facebook/nnsanews"
RENAMED, FORMER, NEW = "facebook/fossilenergy", "OfficeOfFossilEnergy", "FossilEnergy"

Told = tuple[datetime, Deed, Story]


class Incidents(Struct, frozen=True):
    """What happened, and when."""

    week: Period
    zone: ZoneInfo

    @property
    def purge(self) -> Purge:
        """How Instagram removed fake followers."""
        return Purge(PURGED, self._on(WEDNESDAY, 14), SHARE)

    def fills(self, fill: Fill) -> Iterator[Fill]:
        """What became of a fill of the past: itself, mostly."""
        said = fill.outcome.said
        assert isinstance(said, Reading)
        if said.account.platform == REFUSING and self._refused <= fill.slot < self._answered:
            yield from _missed(fill, said)
        elif said.account.key == DOUBTED and self._on(THURSDAY, 0) <= fill.slot < self._on(THURSDAY, 24):
            yield _tenfold(fill, said)
        elif said.account.key == RENAMED:
            yield _said(fill, self._under_former_name(said, fill.slot))
        else:
            yield fill

    def told(self, accounts: Sequence[Account], hourly: Sequence[Account]) -> Iterator[Told]:
        """What was told of it, in the order of time; in those hours only some were asked for."""
        refusing = Story("platform", "urgent", REFUSING, "blocked", self._refused, _keys(hourly, REFUSING), REFUSED)
        lasted = {"lasted": int(OUTAGE.total_seconds())}
        renamed = Story("renamed", "notice", _former_key(), NEW, self._on(TUESDAY, 0))
        yield self._on(TUESDAY, 0), "noted", renamed
        yield self._refused + timedelta(hours=1), "opened", refusing
        yield self._answered, "cleared", structs.replace(refusing, figures=lasted)
        purged = Story("purge", "notice", PURGED, since=self.purge.at, accounts=_keys(accounts, PURGED))
        yield self.purge.at + timedelta(hours=12), "noted", purged

    @property
    def _refused(self) -> datetime:
        return self._on(TUESDAY, 3)

    @property
    def _answered(self) -> datetime:
        return self._refused + OUTAGE

    def _on(self, weekday: int, hour: int) -> datetime:
        """A local hour of the week (UTC)."""
        day = self.week.first + timedelta(days=weekday + hour // 24)
        return datetime.combine(day, time(hour % 24), self.zone).astimezone(UTC)

    def _under_former_name(self, said: Reading, slot: datetime) -> Reading:
        """An account is known for ever by the name under which it was counted first."""
        account = Account(_former_key(), FORMER, said.account.ids)
        return structs.replace(said, account=account, handle=FORMER if slot < self._on(TUESDAY, 0) else said.handle)


def incidents(now: datetime, timezone: str) -> Incidents:
    """What happened in the last week that is over at `now`."""
    zone = ZoneInfo(timezone)
    return Incidents(last_week(now.astimezone(zone).date()), zone)


def _missed(fill: Fill, said: Reading) -> Iterator[Fill]:
    """A miss is noted once an account, not once a metric."""
    if said.metric == HEADLINE:
        miss = Miss(said.account, "blocked", REFUSED)
        yield structs.replace(fill, outcome=Outcome(miss, fill.outcome.source, fill.outcome.at), verdict=None)


def _tenfold(fill: Fill, said: Reading) -> Fill:
    leap = structs.replace(said, count=Count(10 * said.count.value))
    return structs.replace(_said(fill, leap), verdict=Verdict("hold", "leap", "ten times what it was"))


def _said(fill: Fill, said: Reading) -> Fill:
    return structs.replace(fill, outcome=Outcome(said, fill.outcome.source, fill.outcome.at))


def _keys(accounts: Sequence[Account], platform: str) -> tuple[str, ...]:
    return tuple(sorted({each.key for each in accounts if each.platform == platform}))


def _former_key() -> str:
    return f"{RENAMED.partition('/')[0]}/{FORMER.lower()}"
