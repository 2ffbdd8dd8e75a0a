"""A change that takes many accounts of one platform at once, and takes more than any purge does: a fault, read ever so often."""

from __future__ import annotations

from headcount.check.case import Case, Neighbour
from headcount.check.together import STEEPEST, many


def sweep(case: Case) -> str | None:
    """How many accounts of the platform are held with a change as steep as this one's; None: not enough to be a fault."""
    if not case.last or not _steep(case.last.count.value, case.now.count.value):
        return None
    counted = 1 + sum(each.shown is not None for each in case.others)
    swept = 1 + sum(map(_is_swept, case.others))
    return f"{swept} of the platform's {counted} accounts changed so at once" if many(swept, counted) else None


def _is_swept(each: Neighbour) -> bool:
    return each.doubtful and each.shown is not None and each.said is not None and _steep(each.shown, each.said)


def _steep(before: int, now: int) -> bool:
    return abs(now - before) > STEEPEST * before
