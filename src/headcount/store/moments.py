"""The moments that the stamps of an old table mean."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo

from headcount.model import EPOCH

AMERICAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2}|[0-9]{4}) ([0-9]{1,2}):([0-9]{2})")
"""`3/17/17 17:12`, `03/21/17 18:30`."""

ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)

CENTURY = 2000


def moment(cell: str, zone: tzinfo) -> datetime:
    """The moment that a cell means, in UTC.

    Raises:
        ValueError: for one that means none, or two.
    """
    local = _local(cell)
    if local.tzinfo is None:
        early, late = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
        if early.utcoffset() != late.utcoffset():
            raise ValueError("it is skipped or happens twice where the clocks change")
        local = early
    at = local.astimezone(UTC)
    if at < EPOCH:
        raise ValueError("it is too long ago")
    return at


def _local(cell: str) -> datetime:
    if match := AMERICAN.fullmatch(cell):
        month, day, year, hour, minute = map(int, match.groups())
        return datetime.combine(date(year + CENTURY * (year < 100), month, day), time(hour, minute))
    if ISO.fullmatch(cell):
        return datetime.fromisoformat(cell)
    raise ValueError("it has another shape")
