"""A level and a slope that is damped: exponential smoothing with a damped trend, ETS(A,Ad,N).

After R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice (3rd ed., 2021), sections 8.2 to 8.7
(https://otexts.com/fpp3/). A day without a count is a longer step, never an invented count: over k days the weight of
what was known before falls as it would have in k steps, after D. J. Wright, Management Science 32 (1986), 499-510.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from msgspec import Struct


class Trend(Struct, frozen=True):
    """How fast the past is forgotten."""

    level: float
    """Alpha: how far one day's error moves the level; 1 believes the newest count alone."""
    slope: float
    """Beta over alpha: how far it moves the slope, of what it moves the level."""
    damping: float
    """Phi: what is left of the slope a day later; 1 keeps it for ever."""

    @property
    def freedom(self) -> int:
        """In how many ways it departs from a straight line that goes on from the newest count."""
        return (self.level != 1) + (self.slope != 0) + (self.damping != 1)


class Stride(NamedTuple):
    """A step of so many days, under a trend."""

    reach: float
    """How many days' slope the level moves by."""
    kept: float
    """What is left of the slope."""
    level: float
    """How far the error at its end moves the level."""
    slope: float
    """How far it moves the slope."""
    variance: float
    """Of the error at its end, in variances of one day's."""


class State(NamedTuple):
    """Where a series stands at the end of a day."""

    level: float
    slope: float
    """People a day."""


def strides(trend: Trend, longest: int) -> Iterator[Stride]:
    """The steps of 1, 2, ... `longest` days."""
    kept = [trend.damping**days for days in range(1, longest + 1)]
    reaches = list(accumulate(kept))
    variances = accumulate(((trend.level * (1 + trend.slope * reach)) ** 2 for reach in reaches), initial=1.0)
    for days, (damped, reach, variance) in enumerate(zip(kept, reaches, variances, strict=False), start=1):
        level = 1 - (1 - trend.level) ** days
        yield Stride(reach, damped, level, level * trend.slope / days, variance)


def paces(trend: Trend, gaps: Sequence[int]) -> list[Stride]:
    """The steps of so many days each, one after the other."""
    known = list(strides(trend, max(gaps)))
    return [known[gap - 1] for gap in gaps]


def follow(counts: Iterable[float], steps: Sequence[Stride], start: State) -> Iterator[tuple[float, float, float]]:
    """At each step the error of what was expected, and the level and the slope after it."""
    level, slope = start
    for count, (reach, kept, by_level, by_slope, _variance) in zip(counts, steps, strict=True):
        expected = level + reach * slope
        error = count - expected
        level = expected + by_level * error
        slope = kept * slope + by_slope * error
        yield error, level, slope
