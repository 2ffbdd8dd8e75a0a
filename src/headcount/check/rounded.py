"""A count that has lost its last digits without saying so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from math import log10

from headcount.check.case import FEWEST, Case
from headcount.check.still import CHANCE, share_still

DIGITS = 3
"""What an abbreviated count keeps."""

SHORTEST = 3
"""Readings in a row."""


def rounded(case: Case) -> str | None:
    """The last three readings or more end in zeros where those before did not, and not by chance; said once.

    A small number ends in a zero now and then, and may stand still there: it takes more of them.
    """
    if case.now.count.granularity > 1 or len(case.apart) < FEWEST or not _ends_in_zeros(case.now.count.value):
        return None
    values = [each.count.value for each in case.apart if each.count.granularity == 1] + [case.now.count.value]
    if not _end_in_zeros(values) or _end_in_zeros(values[:-1]):
        return None
    return f"{case.now.count.value:,}: the last {_zeros(values)} readings end in zeros, as those before did not"


def _end_in_zeros(values: Sequence[int]) -> bool:
    """Whether they have begun to, beyond chance."""
    zeros = _zeros(values)
    before = values[:-zeros] if zeros else values
    if zeros < SHORTEST or len(before) < FEWEST - SHORTEST:
        return False
    seldom = log10(share_still([earlier == later for earlier, later in pairwise(before)]))
    chances = (
        seldom if earlier == later else DIGITS - len(str(later)) for earlier, later in pairwise(values[-zeros - 1 :])
    )
    return sum(chances) <= log10(CHANCE)


def _zeros(values: Sequence[int]) -> int:
    """How many of the newest end in zeros."""
    return len(list(takewhile(_ends_in_zeros, reversed(values))))


def _ends_in_zeros(value: int) -> bool:
    text = str(value)
    return len(text) > DIGITS and not text[DIGITS:].strip("0")
