"""Where a series begins to be counted another way: from there on it is a segment of its own."""

from __future__ import annotations

from headcount.check.case import Case, same_way
from headcount.model import Count, Past


def segment(case: Case) -> str | None:
    """It was counted by another source, or known more or less finely, or means something else than the one before."""
    if not case.accepted:
        return None
    last = case.accepted[-1]
    changed = "" if same_way(last, case.now) else f"{_in_words(last)} -> {_in_words(case.now)}"
    return "; ".join(filter(None, (changed, case.redefined))) or None


def _in_words(each: Past) -> str:
    return f"{each.source}, {how_finely(each.count)}"


def how_finely(count: Count) -> str:
    """How finely a count is known, as people say it: `exact`, `rounded to 1,000`."""
    if count.granularity == 1:
        return "exact" if count.rounding == "exact" else count.rounding
    side = "rounded down" if count.rounding == "truncated" else "rounded"
    return f"{side} to {count.granularity:,}"
