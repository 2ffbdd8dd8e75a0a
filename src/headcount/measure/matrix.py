"""When an account grows: what it gains in each hour of the week, by the organisation's clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from headcount.measure.growth import Counted
from headcount.measure.local_hours import HOUR, HOURS_OF_WEEK
from headcount.measure.spread import Gain, Gains, Week, gains, spread

_DIGITS = 6
"""A gain is given to the millionth of a person, an hour to less than a hundredth of a second."""
_DAY = 24


class Cell(Struct, frozen=True):
    """What was gained in one hour of the week, or in several together."""

    gain: float | None
    """People; None where nothing was observed."""
    hours: float
    """Observed."""
    n: int
    """Of how many hours of the calendar something was observed; one that occurs twice is two."""
    average: float | None
    """People an observed hour; None where nothing was observed."""


class LeftOut(Struct, frozen=True):
    """What arose over so long a time that nobody knows in which hour."""

    intervals: int
    gain: int
    """People."""


class Matrix(Struct, frozen=True):
    """The hour-by-weekday matrix of one series."""

    cells: tuple[tuple[Cell, ...], ...]
    """By weekday (0 is Monday), then by hour of the local clock (0 is 00:00 to 01:00)."""
    days: tuple[Cell, ...]
    """By weekday."""
    hours: tuple[Cell, ...]
    """By hour."""
    whole: Cell
    left_out: LeftOut
    """Intervals of more than two hours."""
    incomparable: int
    """Intervals between counts of different granularity or source, or of one moment: their gain is not known."""
    rounded: int
    """Intervals between rounded counts: their gain is a step of the rounding."""
    why: str | None
    """Why no cell has a value, where none has."""


def matrix(counts: Iterable[Counted], zone: ZoneInfo, start: datetime, end: datetime) -> Matrix:
    """The matrix of the counts from `start` to `end`, both included (aware); `counts` are in the order of time.

    A gain belongs to the time between two neighbouring counts. It is spread over the local hours that this overlaps,
    in proportion to time; one of more than two hours is left out and counted. The cells and what was left out add up
    to the last count less the first, for each run of counts that can be compared.

    Between rounded counts nothing arises in an hour: the number stands still, then leaps by a step, hours or weeks
    after people came. So they give no gain, and a series of nothing else gives no value, and says why.
    """
    found = gains([each for each in counts if start <= each.taken_at <= end])
    week = spread(found.usable, zone)
    return Matrix(
        cells=tuple(tuple(_cell(week, [day * _DAY + hour]) for hour in range(_DAY)) for day in range(7)),
        days=tuple(_cell(week, range(day * _DAY, (day + 1) * _DAY)) for day in range(7)),
        hours=tuple(_cell(week, range(hour, HOURS_OF_WEEK, _DAY)) for hour in range(_DAY)),
        whole=_cell(week, range(HOURS_OF_WEEK)),
        left_out=_left_out(found.left_out),
        incomparable=len(found.incomparable),
        rounded=len(found.rounded),
        why=None if found.usable else _why(found),
    )


def _cell(week: Week, places: Iterable[int]) -> Cell:
    """Those hours of the week together."""
    places = tuple(places)
    n = sum(week.hours[place] for place in places)
    if not n:
        return Cell(gain=None, hours=0.0, n=0, average=None)
    gain = sum(week.gained[place] for place in places)
    hours = sum(week.seconds[place] for place in places) / HOUR
    return Cell(round(gain, _DIGITS), round(hours, _DIGITS), n, round(gain / hours, _DIGITS))


def _left_out(intervals: list[Gain]) -> LeftOut:
    return LeftOut(len(intervals), sum(gain for _begin, _end, gain in intervals))


def _why(found: Gains) -> str:
    if found.rounded:
        return "the counts are rounded: from one to the next there are only steps of the rounding"
    if found.left_out:
        return "the counts are more than two hours apart: nobody knows in which hour a gain arose"
    if found.incomparable:
        return "no two neighbouring counts are of the same granularity and source"
    return "there are not two counts"
