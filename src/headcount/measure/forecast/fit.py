"""The trend that would have foretold each next count best."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from math import fsum, log
from operator import mul

from msgspec import Struct

from headcount.measure.forecast.days import Day
from headcount.measure.forecast.trend import State, Stride, Trend, follow, paces

LEVELS = (1.0, 0.8, 0.6, 0.4, 0.2, 0.1)
SLOPES = (0.0, 0.02, 0.1, 0.3)
DAMPINGS = (1.0, 0.98, 0.95, 0.9)

TRENDS = tuple(Trend(*some) for some in product(LEVELS, SLOPES, DAMPINGS))
"""All that are tried. The first is a straight line from the newest count on; what departs from it has to pay."""

_CHOSEN = 4
"""Numbers that are taken from the data: alpha, beta, phi and the first slope."""


class Fit(Struct, frozen=True):
    """A trend with what it took from the data."""

    trend: Trend
    slope: float
    """The slope on the first day: people a day."""
    slope_variance: float
    """Of that slope, in variances of one day's error."""
    variance: float
    """Of one day's error, in people squared."""
    score: float
    """Akaike's criterion, but for a constant: the smaller the better."""


def best(days: Sequence[Day]) -> Fit:
    """The best of `TRENDS` for those days."""
    counts, gaps = [float(day.count) for day in days], gaps_between(days)
    noise = days[-1].granularity ** 2 / 12
    return min((_fit(trend, counts, gaps, noise) for trend in TRENDS), key=lambda some: some.score)


def states(fit: Fit, days: Sequence[Day]) -> list[State]:
    """Where the series stood at the end of each of those days, the ones it was fitted to and those after them."""
    return _states([float(day.count) for day in days], days, fit.trend, State(days[0].count, fit.slope))


def lever(fit: Fit, days: Sequence[Day]) -> State:
    """By how much the last state would have moved, had the first slope been one more."""
    return _states([0.0] * len(days), days, fit.trend, State(0.0, 1.0))[-1]


def gaps_between(days: Sequence[Day]) -> list[int]:
    """Days from each day with a count to the next."""
    return [(later.date - earlier.date).days for earlier, later in pairwise(days)]


def _fit(trend: Trend, counts: Sequence[float], gaps: Sequence[int], noise: float) -> Fit:
    """With the first slope that makes the squared errors least: they are linear in it, so it is found at once.

    `noise` is the variance that a count has because it is a multiple of its granularity: no error is smaller.
    """
    steps = paces(trend, gaps)
    flat = _errors(counts, steps, State(counts[0], 0.0))
    pull = _errors([0.0] * len(counts), steps, State(0.0, 1.0))
    weights = [1 / step.variance for step in steps]
    information, moment = _sum(pull, pull, weights), _sum(flat, pull, weights)
    slope = -moment / information
    total = max(0.0, _sum(flat, flat, weights) + slope * moment) + len(steps) * noise
    score = len(steps) * log(total / len(steps)) - fsum(map(log, weights)) + 2 * trend.freedom
    return Fit(trend, slope, 1 / information, total / (len(steps) - _CHOSEN), score)


def _states(counts: Sequence[float], days: Sequence[Day], trend: Trend, start: State) -> list[State]:
    steps = paces(trend, gaps_between(days))
    return [start, *(State(level, slope) for _error, level, slope in follow(counts[1:], steps, start))]


def _errors(counts: Sequence[float], steps: Sequence[Stride], start: State) -> list[float]:
    return [error for error, _level, _slope in follow(counts[1:], steps, start)]


def _sum(these: Sequence[float], those: Sequence[float], weights: Sequence[float]) -> float:
    return fsum(map(mul, map(mul, these, those), weights))
