"""What the Graph API's usage headers leave of the allowance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.net.message import LONGEST_WAIT, Allowance, Pace, Reply
from headcount.platforms.kit.wire import decode

T = TypeVar("T")
PACE = Pace(200, per=3600, pool="graph")
"""What an app with one daily user may ask; every part of a batch counts."""
FULL, SLOW_DOWN_FROM = 100, 75
"""Per cent of the allowance used."""


class Usage(Struct):
    """Per cent of the allowance; minutes until there is some again."""

    call_count: float = 0
    total_time: float = 0
    total_cputime: float = 0
    estimated_time_to_regain_access: float = 0


def allowance(reply: Reply) -> Allowance | None:
    """What the usage headers leave: full use shuts, and from three quarters on we slow down. Below that they are silent."""
    usages = usages_of(reply)
    used = max((max(usage.call_count, usage.total_time, usage.total_cputime) for usage in usages), default=0.0)
    if used >= FULL or any(usage.estimated_time_to_regain_access > 0 for usage in usages):
        return Allowance(shut_until=reply.at + regained(usages))
    return Allowance(remaining=PACE.amount * (FULL - used) / FULL) if used >= SLOW_DOWN_FROM else None


def regained(usages: Iterable[Usage]) -> timedelta:
    """How long until there is an allowance again: as Meta estimates, or an hour."""
    minutes = max((usage.estimated_time_to_regain_access for usage in usages), default=0.0)
    return min(timedelta(minutes=min(minutes, 10_000)), LONGEST_WAIT) if minutes > 0 else timedelta(hours=1)


def usages_of(reply: Reply) -> list[Usage]:
    """What a reply's headers say is used, of the app, the Page and each business."""
    simple = [_header(reply, name, Usage) for name in ("x-app-usage", "x-page-usage")]
    by_business = _header(reply, "x-business-use-case-usage", dict[str, list[Usage]]) or {}
    return [*filter(None, simple), *(usage for usages in by_business.values() for usage in usages)]


def _header(reply: Reply, name: str, kind: type[T]) -> T | None:
    try:
        return decode(reply.headers.get(name, ""), kind)
    except ShapeChanged:
        return None
