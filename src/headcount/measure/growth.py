"""How much a series has grown: between two counts that can be compared, or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta

from headcount.model import Past

TOLERANCE = 1.5
"""A count that is older than so many periods says nothing about the period's change."""


def change(then: Past | None, now: Past, period: timedelta, at: datetime) -> int | None:
    """The change over a period that ends at `at`; None where it would be a guess.

    Two counts of different granularity or from different sources are never subtracted: the difference would be the
    rounding's.
    """
    if then is None or at - then.at > TOLERANCE * period or then.at >= now.at:
        return None
    if then.count.granularity != now.count.granularity or then.source != now.source:
        return None
    return now.count.value - then.count.value
