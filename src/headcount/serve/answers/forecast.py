"""When an account will reach a target, and how sure that is."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from headcount.measure.forecast import outlook
from headcount.measure.forecast.ahead import Ahead, Crossing
from headcount.measure.forecast.days import WINDOW, NotForecastable
from headcount.measure.forecast.days import Day as Known
from headcount.measure.forecast.trend import Trend
from headcount.measure.forecast.trial import Trial
from headcount.model import HEADLINE, MOST_HEADS, replying
from headcount.serve.answers.series import days
from headcount.serve.asking import Grounds
from headcount.serve.route import AskedMetric, OfAccount, Route
from headcount.serve.span import Asked, span
from headcount.serve.words import Key, Metric, Zone


class OfForecast(OfAccount, frozen=True):
    """A question about days to come."""

    target: Annotated[int, Meta(description="So many people", ge=1, le=MOST_HEADS, examples=[1500000])]
    metric: AskedMetric = HEADLINE


class Outlook(Struct, frozen=True):
    """What is to be expected: a damped trend with its prediction intervals."""

    since: Annotated[date, Meta(description="Of the first count that was used")]
    newest: Annotated[date, Meta(description="Of the last one; every day ahead is counted from here")]
    counts: Annotated[int, Meta(description="How many days with a count were used", ge=0)]
    trend: Trend
    crossing: Annotated[
        Crossing,
        Meta(description="The first day on which the target is reached: by the upper bound, as expected, by the lower"),
    ]
    trials: Annotated[
        tuple[Trial, ...], Meta(description="How far off the same method would have been before, in per cent")
    ]
    ahead: Annotated[
        tuple[Ahead, ...], Meta(description="The days to come, with bounds that hold 80 and 95 times of 100")
    ]


class Refusal(Struct, frozen=True):
    """Why nothing honest can be said."""

    reason: Annotated[str, Meta(examples=["too few counts"])]
    detail: str


class Forecast(Struct, frozen=True):
    """The forecast of one series, or why there is none."""

    key: Key
    metric: Metric
    timezone: Zone
    target: Annotated[int, Meta(description="So many people")]
    forecast: Annotated[Outlook | None, Meta(description="null: not forecastable")]
    not_forecastable: Refusal | None


def _forecast(grounds: Grounds, asked: OfForecast) -> Forecast:
    grounds.shown.account(asked.key)
    wanted = span(Asked(), grounds.serving.timezone, grounds.at, 2 * WINDOW)
    known = [
        Known(each.day, each.count, each.granularity, replying(each.source))
        for each in days(grounds, asked.key, wanted)
        if each.metric == asked.metric
    ]
    found = outlook.forecast(known, asked.target, wanted.last)
    about = (asked.key, asked.metric, wanted.zone.key, asked.target)
    if isinstance(found, NotForecastable):
        return Forecast(*about, forecast=None, not_forecastable=Refusal(found.reason, found.detail))
    said = Outlook(found.since, found.newest, found.counts, found.trend, found.crossing, found.trials, found.ahead)
    return Forecast(*about, forecast=said, not_forecastable=None)


ROUTE = Route(
    path="/accounts/{platform}/{name}/forecast",
    title="When an account will reach a target",
    description="A damped trend of the last two years' daily counts, with prediction intervals, how well the same method "
    "would have done before, and when the target is crossed; or why that cannot be said.",
    question=OfForecast,
    answer=Forecast,
    make=_forecast,
    holds="until the store changes",
    example={
        "key": "twitter/energy",
        "metric": "followers",
        "timezone": "America/New_York",
        "target": 1500000,
        "forecast": None,
        "not_forecastable": {
            "reason": "too few counts",
            "detail": "12 days of the last two years have a count as fine as the newest: at least 28 are needed",
        },
    },
)
