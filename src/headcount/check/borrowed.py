"""A count that is another account's, as a page shows it that mixes two up: however often it is read, it is not this one's."""

from __future__ import annotations

from headcount.check.case import Case

LEAST = 1_000
"""Smaller numbers are alike by chance."""

NEAR = 0.002
"""The share that the other account may have grown by since it was counted."""


def borrowed(case: Case) -> str | None:
    """The other account of the platform that has this count, or had it before this run: a whole list may be one row off.

    Rounded counts are alike by nature, and say nothing.
    """
    now = case.now.count
    if now.granularity > 1 or now.value < LEAST:
        return None
    counts = ((each.key, count) for each in case.others for count in (each.said, each.shown) if count is not None)
    alike = (f"{key} has {count:,}" for key, count in counts if abs(count - now.value) <= NEAR * count)
    return next(alike, None)
