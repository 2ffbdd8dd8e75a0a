"""Whom a report may speak of: the organisation's own public accounts, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from headcount.news.told import Readers
from headcount.vitals.signs import Slots


class Listed(Struct, frozen=True, kw_only=True):
    """An account as a report calls it."""

    key: str
    handle: str
    platform: str
    """As people call it: `X (formerly Twitter)`."""
    unit: str
    """The unit's name."""
    period: timedelta = timedelta(days=1)
    """How often it is counted."""
    began: date | None = None
    """The day (UTC) of its first slot; None: it has none."""
    left: datetime | None = None
    """When it left the roster, or was archived (UTC); None: it is there."""
    link: str = ""
    is_closed: bool = False
    """Its platform has closed: it has no count, and everybody knows why."""

    @property
    def slug(self) -> str:
        """The platform's short name."""
        return self.key.partition("/")[0]


class Scope(Struct, frozen=True, kw_only=True):
    """What a report is about."""

    organization: str
    timezone: str
    accounts: Mapping[str, Listed]
    """By key: no peer's and no internal one is among them."""
    jobs: Mapping[str, Slots]
    counted_by: Mapping[str, frozenset[str]]
    """The jobs that have ever counted each account, by key."""
    platforms: Mapping[str, str]
    """What the platforms are called, by slug."""

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's."""
        return ZoneInfo(self.timezone)

    @property
    def readers(self) -> Readers:
        """Everybody."""
        return Readers(frozenset(self.accounts), self.zone, self.platforms)
