"""The notice: a change that is true, as far as anyone can tell, and not usual. It is published, and people are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from msgspec import Struct

from headcount.check.case import FEWEST, Case, rate, same_way
from headcount.check.daily import daily_changes

HOURS_OUT = 12.0
"""So many times as far from the usual rate as rates usually are."""

DAYS_OUT = 8.0
"""The same of changes over a day."""

ENOUGH_DAYS, FEWEST_DAYS = 14, 5
"""What is usual in a day is certain from so many days on; nobody knows it of fewer than the latter."""

LEAST = 0.003
"""A change over a day of a smaller share of the level is nothing to tell of."""

FINEST = 0.0001
"""Rates are never taken to differ by less than that share of the level, nor by less than one head."""

ONCE = timedelta(hours=24)
"""A change is told of once in that time, however long it goes on in its direction."""

SIGMA = 1.4826
"""Standard deviations in a median absolute deviation."""


class Move(Struct, frozen=True):
    """An unusual change."""

    upwards: bool
    words: str


def moved(case: Case) -> str | None:
    """The change over the last hour, or over the last day, is far from the usual ones; said once, where it begins."""
    move = _move(case)
    return move.words if move and not _was_told(case, move) else None


def needs_a_month(case: Case) -> bool:
    """Whether the change over a day differs enough from the week's to be compared with those of four weeks."""
    change, *earlier = daily_changes([*case.accepted, case.now])
    known = [each for each in earlier if each is not None]
    usual = median(known) if len(known) >= FEWEST_DAYS else 0.0
    return change is not None and abs(change - usual) - _steps(case) > LEAST * case.now.count.value


def _was_told(case: Case, move: Move) -> bool:
    earlier = case.before
    while earlier and case.now.at - earlier.now.at <= ONCE:
        told = _move(earlier)
        if told and told.upwards == move.upwards:
            return True
        earlier = earlier.before
    return False


def _move(case: Case) -> Move | None:
    if len(case.accepted) < FEWEST or not case.apart or not same_way(case.apart[-1], case.now) or case.redefined:
        return None
    return _in_an_hour(case) or _in_a_day(case)


def _in_an_hour(case: Case) -> Move | None:
    if not case.rates:
        return None
    last, usual = case.apart[-1], median(case.rates)
    out = rate(last, case.now) - usual
    if abs(out) - _steps(case) <= HOURS_OUT * _scale(case, case.rates, usual):
        return None
    change = case.now.count.value - last.count.value
    words = f"{change:+,} since {last.at:%Y-%m-%d %H:%M} UTC, where {usual:+,.0f} an hour is usual"
    return Move(out > 0, words)


def _in_a_day(case: Case) -> Move | None:
    if not needs_a_month(case):
        return None
    change, *earlier = daily_changes([*case.month, case.now])
    known = [each for each in earlier if each is not None]
    if change is None or len(known) < FEWEST_DAYS:
        return None
    usual = median(known)
    scale = _scale(case, known, usual) * max(1.0, ENOUGH_DAYS / len(known))
    if abs(change - usual) - _steps(case) <= max(DAYS_OUT * scale, LEAST * case.now.count.value):
        return None
    return Move(change > usual, f"{change:+,.0f} in a day, where {usual:+,.0f} is usual")


def _scale(case: Case, changes: Sequence[float], usual: float) -> float:
    """By how much changes usually differ from the usual one."""
    deviation = SIGMA * median([abs(change - usual) for change in changes])
    return max(1.0, FINEST * case.now.count.value, deviation)


def _steps(case: Case) -> int:
    """What rounding alone may make of a change."""
    return 2 * case.now.count.granularity - 2
