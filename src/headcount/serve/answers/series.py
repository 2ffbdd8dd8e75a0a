"""An account's counts over time: each, or thinned out to hours, days, weeks or months."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from headcount.model import HEADLINE
from headcount.publish.encode import csv_bytes, stamp
from headcount.serve.asking import Grounds
from headcount.serve.route import AskedMetric, OfAccount, Route, Table
from headcount.serve.span import Asked, End, Span, Start, TimeZone, span
from headcount.serve.words import Key, Metric, Zone
from headcount.store.reader import Day
from headcount.store.reader import Shown as Counted

Step = Literal["raw", "hour", "day", "week", "month"]

LONGEST = timedelta(days=366)
"""Of single counts and hours: an answer has an end."""
EVER = timedelta(days=366 * 300)
USUAL: Mapping[Step, timedelta] = {"raw": timedelta(days=31), "hour": timedelta(days=31)}
"""What is answered where no start is given; of days, weeks and months, everything."""

COLUMNS = ("at", "count", "granularity", "source")

Row = tuple[str, int, int, str]


class OfSeries(OfAccount, frozen=True):
    """A question about counts over time."""

    metric: AskedMetric = HEADLINE
    start: Start | UnsetType = UNSET
    end: End | UnsetType = UNSET
    step: Annotated[
        Step,
        Meta(
            description="raw: every count, at the time it was taken. hour, day: the count that an hour (UTC) or a day of "
            "the zone shows, which is its finest, then its newest. week, month: that of the last day which has one; "
            "weeks begin on Monday. raw and hour: at most 366 days at once, and 31 by default"
        ),
    ] = "day"
    tz: TimeZone | UnsetType = UNSET
    format: Annotated[Literal["json", "csv"], Meta(description="JSON in columns, or CSV with a row a count")] = "json"


class Series(Struct, frozen=True):
    """Counts over time, in columns; there is no entry where there is no count."""

    key: Key
    metric: Metric
    step: Step
    timezone: Zone
    at: Annotated[
        list[str],
        Meta(description="raw: when each was counted (UTC); hour: when it begins (UTC); else the day that is shown"),
    ]
    count: Annotated[list[int], Meta(description="People")]
    granularity: Annotated[list[int], Meta(description="How finely each count is known: 1 is exact")]
    source: Annotated[list[str], Meta(description="What counted")]


def _series(grounds: Grounds, asked: OfSeries) -> Series | Table:
    grounds.shown.account(asked.key)
    when = Asked(asked.start, asked.end, asked.tz)
    wanted = span(when, grounds.serving.timezone, grounds.at, USUAL.get(asked.step, EVER))
    if asked.step in USUAL:
        wanted.within(LONGEST)
    rows = [row for metric, row in _STEPS[asked.step](grounds, asked.key, wanted) if metric == asked.metric]
    if asked.format == "csv":
        return Table(b"".join(csv_bytes(COLUMNS, rows)))
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    return Series(asked.key, asked.metric, asked.step, wanted.zone.key, *columns)


def _raw(grounds: Grounds, key: str, wanted: Span) -> Iterator[tuple[str, Row]]:
    for each in grounds.store.counts(key, wanted.start, wanted.end):
        yield each.metric, _row(stamp(each.taken_at), each)


def _hours(grounds: Grounds, key: str, wanted: Span) -> Iterator[tuple[str, Row]]:
    for each in grounds.store.hours(key, wanted.start, wanted.end):
        yield each.metric, _row(stamp(each.at), each)


def _days(grounds: Grounds, key: str, wanted: Span) -> Iterator[tuple[str, Row]]:
    for each in days(grounds, key, wanted):
        yield each.metric, _row(each.day.isoformat(), each)


def _weeks(grounds: Grounds, key: str, wanted: Span) -> Iterator[tuple[str, Row]]:
    return _last_of(days(grounds, key, wanted), lambda day: day - timedelta(days=day.weekday()))


def _months(grounds: Grounds, key: str, wanted: Span) -> Iterator[tuple[str, Row]]:
    return _last_of(days(grounds, key, wanted), lambda day: day.replace(day=1))


def _last_of(found: Iterable[Day], period: Callable[[date], date]) -> Iterator[tuple[str, Row]]:
    """The last day of each period that has a count, by metric."""
    last = {(each.metric, period(each.day)): each for each in found}
    for (metric, _), each in last.items():
        yield metric, _row(each.day.isoformat(), each)


def days(grounds: Grounds, key: str, wanted: Span) -> Iterator[Day]:
    """The days that have a count; no day is looked at before the first or after the last of the account."""
    ends = grounds.store.spans().get(key)
    if ends is None:
        return
    one = timedelta(days=1)
    first, last = max(wanted.first, ends[0] - one), min(wanted.last, ends[1] + one)
    if first <= last:
        yield from grounds.store.days(key, first, last, wanted.zone)


def _row(at: str, each: Counted) -> Row:
    return at, each.count, each.granularity, each.source


_STEPS: Mapping[Step, Callable[[Grounds, str, Span], Iterator[tuple[str, Row]]]] = {
    "raw": _raw,
    "hour": _hours,
    "day": _days,
    "week": _weeks,
    "month": _months,
}

ROUTE = Route(
    path="/accounts/{platform}/{name}/series",
    title="An account's counts over time",
    description="The counts of one metric of an account, oldest first. A time without a count has no entry: "
    "a missing count is never zero.",
    question=OfSeries,
    answer=Series,
    make=_series,
    holds="until the store changes",
    has_csv=True,
    example={
        "key": "twitter/energy",
        "metric": "followers",
        "step": "day",
        "timezone": "America/New_York",
        "at": ["2026-11-19", "2026-11-20"],
        "count": [1234447, 1234567],
        "granularity": [1, 1],
        "source": ["api", "api"],
    },
)
