"""The slots of jobs: how often one is due, and where one slot ends and the next begins."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from headcount.errors import Mistake

_CADENCE = re.compile(r"([1-9][0-9]{0,2})([mhdw])")

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days that a week may begin on."""

_WHOLE = {"m": 60, "h": 24, "d": 1, "w": 1}
_LENGTHS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


class Cadence:
    """How often a job is due: `15m`, `1h`, `1d`, `1w`.

    Minutes and hours divide the hour and the day evenly and are counted in UTC; days and weeks begin at midnight in
    the organisation's zone, so that a day is 23 or 25 hours long when the clocks change.

    Raises:
        Mistake: for a cadence that is not one of these.
    """

    def __init__(self, text: str, zone: ZoneInfo, week_start: str = "monday") -> None:
        match = _CADENCE.fullmatch(text)
        if not match or _WHOLE[match[2]] % int(match[1]):
            raise Mistake(
                f"{text!r} is not a cadence: write 15m, 1h, 6h, 1d or 1w (parts that divide an hour or a day evenly)"
            )
        if week_start not in DAYS:
            raise Mistake(f"{week_start!r} is not a day of the week: write one of {', '.join(DAYS)}")
        self._number, self._unit = int(match[1]), match[2]
        self._zone = zone
        self._week_start = DAYS.index(week_start)

    @property
    def length(self) -> timedelta:
        """How long a slot is, but for the days on which the clocks change."""
        return self._number * _LENGTHS[self._unit]

    def slot(self, at: datetime) -> datetime:
        """The start of the slot that `at` falls in, in UTC."""
        utc = at.astimezone(UTC)
        if self._unit == "m":
            return utc.replace(minute=utc.minute - utc.minute % self._number, second=0, microsecond=0)
        if self._unit == "h":
            return utc.replace(hour=utc.hour - utc.hour % self._number, minute=0, second=0, microsecond=0)
        return self._midnight(at, days_back=self._days_into(at))

    def end(self, slot: datetime) -> datetime:
        """When the slot that starts at `slot` ends, in UTC."""
        if self._unit in "mh":
            return slot + timedelta(minutes=self._number * (60 if self._unit == "h" else 1))
        return self._midnight(slot, days_back=-7 if self._unit == "w" else -1)

    def _days_into(self, at: datetime) -> int:
        return (at.astimezone(self._zone).weekday() - self._week_start) % 7 if self._unit == "w" else 0

    def _midnight(self, at: datetime, days_back: int) -> datetime:
        day = at.astimezone(self._zone).date() - timedelta(days=days_back)
        return datetime(day.year, day.month, day.day, tzinfo=self._zone).astimezone(UTC)
