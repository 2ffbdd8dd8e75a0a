"""How much a series has grown: between two counts that can be compared, or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from headcount.model import replying

TOLERANCE = 1.5
"""A count that is older than so many periods says nothing about the period's change."""


class Counted(Protocol):
    """A count, how finely it is known, by what, and when."""

    @property
    def count(self) -> int:
        """The number."""

    @property
    def granularity(self) -> int:
        """1 is exact."""

    @property
    def source(self) -> str:
        """What counted."""

    @property
    def taken_at(self) -> datetime:
        """When (UTC)."""


def comparable(then: Counted, now: Counted) -> bool:
    """Whether the two may be subtracted: otherwise the difference would be the rounding's, or the sources'."""
    return then.granularity == now.granularity and replying(then.source) == replying(now.source)


def change(then: Counted | None, now: Counted, period: timedelta, at: datetime) -> int | None:
    """The change over a period that ends at `at`; None where it would be a guess.

    Two counts of different granularity or from different sources are never subtracted: the difference would be the
    rounding's.
    """
    if then is None or at - then.taken_at > TOLERANCE * period or then.taken_at >= now.taken_at:
        return None
    return now.count - then.count if comparable(then, now) else None
