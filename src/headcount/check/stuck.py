"""A count that no longer moves: the platform, a cache or a page has stopped telling."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise, takewhile
from math import ceil, log

from headcount.check.case import COURSE, FEWEST, Case, same_way
from headcount.check.still import CHANCE, share_still

MOVES = 12
"""A series that has moved less often in a week hardly ever does, and nobody can say that it is stuck."""

SHORTEST = 3
"""Readings."""


def stuck(case: Case) -> str | None:
    """It has not moved for longer than it ever does; said once, at the reading at which that is certain.

    A series that stands still by nature, as a rounded one does, has long rests behind it, and its patience is long.
    """
    if not case.apart or case.apart[-1].count.value != case.now.count.value:
        return None
    still = _still(case)
    if not _too_long(still[-COURSE:]) or _too_long(still[-COURSE - 1 : -1]):
        return None
    rests = _rest(still)
    return f"{case.now.count.value:,} for {rests} readings now, where {_patience(still[-COURSE:-rests])} are the most"


def _still(case: Case) -> list[bool]:
    """Whether each reading, up to this one, says the same as the one before; of those counted in this one's way."""
    same = list(takewhile(lambda each: same_way(each, case.now), reversed(case.apart)))
    values = [*(each.count.value for each in reversed(same)), case.now.count.value]
    return [earlier == later for earlier, later in pairwise(values)]


def _too_long(still: list[bool]) -> bool:
    rest = _rest(still)
    earlier = still[: len(still) - rest]
    lived = len(earlier) >= FEWEST - 1 and earlier.count(False) >= MOVES
    return lived and rest >= _patience(earlier)


def _rest(still: Sequence[bool]) -> int:
    """For how many readings it has not moved."""
    return len(list(takewhile(bool, reversed(still))))


def _patience(still: Sequence[bool]) -> int:
    """After how many readings without a move a series that has lived so is no longer believed."""
    longest = max((len(list(run)) for rests, run in groupby(still) if rests), default=0)
    return max(ceil(log(CHANCE) / log(share_still(still))), 2 * longest + 2, SHORTEST)
