"""When a series will reach a target, how sure that is, and how often such a forecast was right before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from headcount.measure.forecast.ahead import Ahead, Crossing, ahead, crossing
from headcount.measure.forecast.days import Day, NotForecastable, objection, usable
from headcount.measure.forecast.fit import best
from headcount.measure.forecast.trend import Trend
from headcount.measure.forecast.trial import Trial, trials

HORIZON = 730
"""Days: nothing is said of what lies more than two years ahead."""


class Forecast(Struct, frozen=True):
    """What is to be expected of a series."""

    target: int
    since: date
    """Of the first count that was used."""
    newest: date
    """Of the last one; every day ahead is counted from here."""
    counts: int
    """How many days with a count were used."""
    trend: Trend
    crossing: Crossing
    trials: tuple[Trial, ...]
    """How far off the same method would have been in the last third of that time."""
    ahead: tuple[Ahead, ...]
    """A day each, the day after the newest count first."""


def forecast(days: Iterable[Day], target: int, today: date, horizon: int = HORIZON) -> Forecast | NotForecastable:
    """The forecast as of `today` from the last count of each local day, in order; days without one are left out.

    A damped trend with 80 and 95 per cent prediction intervals that widen with the horizon (Hyndman and
    Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sections 8.2 to 8.7). They hold if the series goes
    on as it did: nobody foresees a purge, or a campaign. `horizon` is in days, `HORIZON` at the most.
    """
    known = usable(days, today)
    if refused := objection(known, target, today):
        return refused
    fit = best(known)
    to_come = ahead(fit, known, min(horizon, HORIZON))
    return Forecast(
        target=target,
        since=known[0].date,
        newest=known[-1].date,
        counts=len(known),
        trend=fit.trend,
        crossing=crossing(to_come, target),
        trials=trials(known),
        ahead=tuple(to_come),
    )
