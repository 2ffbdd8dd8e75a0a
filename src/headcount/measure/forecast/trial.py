"""How well the same method would have done on days that have passed, beside forecasts that need no method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import fmean
from typing import Literal

from msgspec import Struct

from headcount.measure.forecast.days import Day
from headcount.measure.forecast.fit import Fit, best, states
from headcount.measure.forecast.trend import State, strides

HORIZONS = (7, 30)
"""Days."""

Naive = Literal["no change", "drift"]


class Trial(Struct, frozen=True):
    """The back-test of one horizon: the mean absolute error, in per cent of the count that came."""

    horizon: int
    """Days."""
    origins: int
    """Forecasts that could be compared with a count."""
    error: float | None
    """None where there was none to compare."""
    no_change: float | None
    """The error of saying that the count stays as it is."""
    drift: float | None
    """The error of going on in a straight line from the first count through the newest."""
    no_better_than: tuple[Naive, ...]
    """Which of these the method does not beat."""


class Guess(Struct, frozen=True):
    """What each forecast said of a day, and what came: people."""

    came: int
    ours: float
    no_change: float
    drift: float


def trials(days: Sequence[Day]) -> tuple[Trial, ...]:
    """A trial a horizon, with a rolling origin over the last third.

    The trend is fitted to the first two thirds alone and not again; each later day only moves where it stands.
    """
    known = 2 * len(days) // 3
    fit = best(days[:known])
    stood = states(fit, days)
    return tuple(_trial(horizon, list(_guesses(fit, days, stood, known, horizon))) for horizon in HORIZONS)


def _guesses(fit: Fit, days: Sequence[Day], stood: Sequence[State], known: int, horizon: int) -> Iterator[Guess]:
    came: Mapping[date, int] = {day.date: day.count for day in days}
    reach = list(strides(fit.trend, horizon))[-1].reach
    for day, (level, slope) in zip(days[known - 1 :], stood[known - 1 :], strict=True):
        then = day.date + timedelta(days=horizon)
        if then in came:
            drift = (day.count - days[0].count) / (day.date - days[0].date).days
            yield Guess(came[then], max(0.0, level + reach * slope), day.count, max(0.0, day.count + horizon * drift))


def _trial(horizon: int, guesses: Sequence[Guess]) -> Trial:
    if not guesses:
        return Trial(horizon, 0, None, None, None, ())
    ours, no_change, drift = (
        _error([guess.came for guess in guesses], said)
        for said in (
            [guess.ours for guess in guesses],
            [guess.no_change for guess in guesses],
            [guess.drift for guess in guesses],
        )
    )
    naive: dict[Naive, float] = {"no change": no_change, "drift": drift}
    beaten_by = tuple(name for name, error in naive.items() if ours >= error)
    return Trial(horizon, len(guesses), ours, no_change, drift, beaten_by)


def _error(came: Sequence[int], said: Sequence[float]) -> float:
    """In per cent, to a ten-thousandth; a count of zero is taken as one, since nothing is a share of zero."""
    return round(100 * fmean(abs(one - other) / max(one, 1) for one, other in zip(came, said, strict=True)), 4)
