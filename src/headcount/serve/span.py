"""The time that a question is about: days of a zone, or moments."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from msgspec import UNSET, Meta, Struct, UnsetType

from headcount.clock import INSTANT, midnight
from headcount.serve.problem import Problem

FIRST, LAST = date(1970, 1, 2), date(2200, 1, 1)
"""The days that can be asked about."""

_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Start = Annotated[
    str,
    Meta(
        description="From when on: a day (`2026-11-01`, from its midnight on) or a moment (`2026-11-01T06:00Z`). "
        "A moment without an offset is of the zone `tz`; a `+` in an address is written `%2B`.",
        pattern=_PATTERN,
        max_length=40,
        examples=["2026-11-01"],
    ),
]
End = Annotated[
    str,
    Meta(
        description="Until when: a day (which is included) or a moment (which is not). By default, now.",
        pattern=_PATTERN,
        max_length=40,
        examples=["2026-11-30"],
    ),
]
TimeZone = Annotated[
    str,
    Meta(
        description="The time zone whose days and hours are meant, by its name in the IANA database. "
        "By default, the organisation's.",
        pattern=r"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$",
        max_length=64,
        examples=["America/New_York"],
    ),
]


class Span(Struct, frozen=True):
    """From when until before when (UTC), as days of a zone have it."""

    start: datetime
    end: datetime
    zone: ZoneInfo

    @property
    def first(self) -> date:
        """The first local day."""
        return self.start.astimezone(self.zone).date()

    @property
    def last(self) -> date:
        """The last local day of which anything is included."""
        return (self.end - INSTANT).astimezone(self.zone).date()

    def within(self, longest: timedelta) -> Span:
        """This span.

        Raises:
            Problem: where it is longer.
        """
        if self.end - self.start > longest + timedelta(hours=1):
            raise Problem(
                400,
                f"start, end: more than {longest.days} days cannot be asked for at once with this step; ask in parts",
            )
        return self


class Asked(Struct, frozen=True):
    """The time that was asked for, before it is known to mean anything."""

    start: str | UnsetType = UNSET
    end: str | UnsetType = UNSET
    tz: str | UnsetType = UNSET


def span(asked: Asked, own_zone: str, at: datetime, usual: timedelta) -> Span:
    """What was asked for; `usual` long where no start is given, and until the end of today where no end is.

    Raises:
        Problem: for a zone, a day or a moment that there is not, and for an end before its start.
    """
    zone = _zone(own_zone if asked.tz is UNSET else asked.tz)
    today = at.astimezone(zone).date()
    end = midnight(today + timedelta(days=1), zone) if asked.end is UNSET else _moment("end", asked.end, zone, after=1)
    start = _back(end, usual, zone) if asked.start is UNSET else _moment("start", asked.start, zone)
    if start >= end:
        raise Problem(400, "start, end: the end is not after the start")
    return Span(start, end, zone)


def _back(end: datetime, usual: timedelta, zone: ZoneInfo) -> datetime:
    return midnight(max(FIRST, (end - usual).astimezone(zone).date()), zone)


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(name: str) -> ZoneInfo:
    if name not in _names():
        raise Problem(400, "tz: there is no time zone of that name; they are written like America/New_York or UTC")
    return ZoneInfo(name)


def _moment(which: str, text: str, zone: ZoneInfo, after: int = 0) -> datetime:
    """The moment that a text means: of a day its beginning, or that of a day `after` it."""
    try:
        if _DAY.fullmatch(text):
            return midnight(_possible(date.fromisoformat(text)) + timedelta(days=after), zone)
        moment = datetime.fromisoformat(text)
        _possible(moment.date())
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except ValueError:
        raise Problem(400, f"{which}: there is no such day or moment between {FIRST} and {LAST}") from None


def _possible(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise ValueError(day)
    return day
