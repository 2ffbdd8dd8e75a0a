"""The hours of a zone's clock, one after the other: where each ends, and its place in the week.

Moments are seconds since 1970, UTC.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

HOUR, DAY = 3600, 86400
HOURS_OF_WEEK = 168

_THURSDAY = 72
"""1970 began on a Thursday, 72 hours into the week."""


def local_hours(zone: ZoneInfo, since: int, until: int) -> Iterator[tuple[int, int]]:
    """Each hour of the local clock between the two: when it ends, and its place in the week (0 is Monday, 00:00).

    An hour that occurs twice comes twice, and one that is skipped never. Where the clock changes in the middle of an
    hour, the hour ends there, and another begins.
    """
    begin = since
    for end, offset in _offsets(zone, since, until):
        hour, elapsed = divmod(begin + offset, HOUR)
        for later, wall in enumerate(range(begin - elapsed + HOUR, end + HOUR, HOUR)):
            yield min(wall, end), (hour + later + _THURSDAY) % HOURS_OF_WEEK
        begin = end


def _offsets(zone: ZoneInfo, since: int, until: int) -> Iterator[tuple[int, int]]:
    """The zone's offsets (seconds east of UTC) between the two, each with when it ends."""
    offset = _offset(zone, since)
    for day in range(since, until, DAY):
        night = min(day + DAY, until)
        if _offset(zone, night) != offset:
            yield _change(zone, day, night), offset
            offset = _offset(zone, night)
    yield until, offset


def _change(zone: ZoneInfo, begin: int, end: int) -> int:
    """The first second whose offset is not that of `begin`."""
    before = _offset(zone, begin)
    return begin + bisect_left(range(begin, end), x=True, key=lambda at: _offset(zone, at) != before)


def _offset(zone: ZoneInfo, at: int) -> int:
    offset = datetime.fromtimestamp(at, zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
