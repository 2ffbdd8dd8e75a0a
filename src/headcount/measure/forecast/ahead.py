"""The days to come: what is expected of each, and between which bounds it will lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from math import ceil, floor, sqrt
from statistics import NormalDist

from msgspec import Struct

from headcount.measure.forecast.days import Day
from headcount.measure.forecast.fit import Fit, lever, states
from headcount.measure.forecast.trend import Stride, strides

_FOUR_OF_FIVE = NormalDist().inv_cdf(0.9)
_NINETEEN_OF_TWENTY = NormalDist().inv_cdf(0.975)


class Ahead(Struct, frozen=True):
    """A day to come, in people: never fewer than none."""

    date: date
    expected: int
    low_80: int
    """Four times out of five the count will lie between the two, if the series goes on as it did."""
    high_80: int
    low_95: int
    """Nineteen times out of twenty."""
    high_95: int


class Crossing(Struct, frozen=True):
    """When a target is reached: the first day on which a line is at it; None where it is not within the horizon."""

    earliest: date | None
    """By the upper bound of the 80 per cent interval."""
    expected: date | None
    latest: date | None
    """By its lower bound."""


def ahead(fit: Fit, days: Sequence[Day], horizon: int) -> list[Ahead]:
    """The `horizon` days after the last of `days`, which the fit is of."""
    level, slope = states(fit, days)[-1]
    steps = list(strides(fit.trend, horizon))
    means = (level + step.reach * slope for step in steps)
    dates = (days[-1].date + timedelta(days=number) for number in range(1, horizon + 1))
    return [_day(*each) for each in zip(dates, means, _deviations(fit, days, steps), strict=True)]


def crossing(to_come: Iterable[Ahead], target: int) -> Crossing:
    """When `target` is reached."""
    to_come = tuple(to_come)

    def first(line: Callable[[Ahead], int]) -> date | None:
        return next((day.date for day in to_come if line(day) >= target), None)

    return Crossing(first(lambda day: day.high_80), first(lambda day: day.expected), first(lambda day: day.low_80))


def _deviations(fit: Fit, days: Sequence[Day], steps: Iterable[Stride]) -> Iterable[float]:
    """The standard deviation of each step's error.

    That of ETS(A,Ad,N), Hyndman and Athanasopoulos, section 8.7, and what it adds that the first slope is itself an
    estimate: without this, two years ahead of four weeks would look far too sure.
    """
    by_level, by_slope = lever(fit, days)
    for step in steps:
        unsure = (by_level + step.reach * by_slope) ** 2 * fit.slope_variance
        yield sqrt(fit.variance * (step.variance + unsure))


def _day(day: date, mean: float, deviation: float) -> Ahead:
    wide, wider = _FOUR_OF_FIVE * deviation, _NINETEEN_OF_TWENTY * deviation
    return Ahead(
        day,
        _people(round(mean)),
        _people(floor(mean - wide)),
        _people(ceil(mean + wide)),
        _people(floor(mean - wider)),
        _people(ceil(mean + wider)),
    )


def _people(number: int) -> int:
    return max(0, number)
