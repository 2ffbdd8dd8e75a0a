"""When an account grows: the hours of the week."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from headcount.measure import matrix as measure
from headcount.model import HEADLINE
from headcount.serve.asking import Grounds
from headcount.serve.route import AskedMetric, OfAccount, Route
from headcount.serve.span import Asked, End, Start, TimeZone, span
from headcount.serve.words import Key, Metric, Zone

LONGEST = timedelta(days=3660)
USUAL = timedelta(days=366)


class OfMatrix(OfAccount, frozen=True):
    """A question about the hours of the week: by default of the last 366 days, and of 3660 at most."""

    metric: AskedMetric = HEADLINE
    start: Start | UnsetType = UNSET
    end: End | UnsetType = UNSET
    tz: TimeZone | UnsetType = UNSET


class Cell(Struct, frozen=True):
    """What was gained in one hour of the week, or in several together."""

    gain: Annotated[float | None, Meta(description="People; null where nothing was observed")]
    hours: Annotated[float, Meta(description="Observed", ge=0)]
    n: Annotated[int, Meta(description="Of how many hours of the calendar something was observed", ge=0)]
    average: Annotated[float | None, Meta(description="People an observed hour; null where nothing was observed")]


class LeftOut(Struct, frozen=True):
    """What arose over more than two hours, so that nobody knows in which."""

    intervals: Annotated[int, Meta(ge=0)]
    gain: Annotated[int, Meta(description="People")]


class Matrix(Struct, frozen=True):
    """The hour-by-weekday matrix of one series."""

    key: Key
    metric: Metric
    timezone: Zone
    start: Annotated[datetime, Meta(description="From when on (UTC)")]
    end: Annotated[datetime, Meta(description="Until when (UTC)")]
    cells: Annotated[
        list[list[Cell]], Meta(description="By weekday (Monday first), then by hour of the zone's clock (0 first)")
    ]
    days: Annotated[list[Cell], Meta(description="By weekday")]
    hours: Annotated[list[Cell], Meta(description="By hour")]
    whole: Cell
    left_out: LeftOut
    incomparable: Annotated[
        int, Meta(description="Intervals between counts of different granularity or source: their gain is not known")
    ]
    rounded: Annotated[int, Meta(description="Intervals between rounded counts: their gain is a step of the rounding")]
    why: Annotated[str | None, Meta(description="Why no cell has a value, where none has")]


def _matrix(grounds: Grounds, asked: OfMatrix) -> Matrix:
    grounds.shown.account(asked.key)
    when = Asked(asked.start, asked.end, asked.tz)
    wanted = span(when, grounds.serving.timezone, grounds.at, USUAL).within(LONGEST)
    counts = (each for each in grounds.store.counts(asked.key, wanted.start, wanted.end) if each.metric == asked.metric)
    found = measure.matrix(counts, wanted.zone, wanted.start, wanted.end)
    return Matrix(
        key=asked.key,
        metric=asked.metric,
        timezone=wanted.zone.key,
        start=wanted.start,
        end=wanted.end,
        cells=[[_cell(cell) for cell in row] for row in found.cells],
        days=[_cell(cell) for cell in found.days],
        hours=[_cell(cell) for cell in found.hours],
        whole=_cell(found.whole),
        left_out=LeftOut(found.left_out.intervals, found.left_out.gain),
        incomparable=found.incomparable,
        rounded=found.rounded,
        why=found.why,
    )


def _cell(cell: measure.Cell) -> Cell:
    return Cell(cell.gain, cell.hours, cell.n, cell.average)


_CELL = {"gain": 12.5, "hours": 52.0, "n": 52, "average": 0.240385}

ROUTE = Route(
    path="/accounts/{platform}/{name}/matrix",
    title="When an account grows",
    description="What an account gains in each hour of the week. A gain belongs to the time between two counts and is "
    "spread over the hours that this overlaps. By default of the last 366 days, at most of 3660.",
    question=OfMatrix,
    answer=Matrix,
    make=_matrix,
    holds="until the store changes",
    example={
        "key": "twitter/energy",
        "metric": "followers",
        "timezone": "America/New_York",
        "start": "2025-11-20T05:00:00Z",
        "end": "2026-11-21T05:00:00Z",
        "cells": [[_CELL] * 24] * 7,
        "days": [_CELL] * 7,
        "hours": [_CELL] * 24,
        "whole": _CELL,
        "left_out": {"intervals": 1, "gain": 3},
        "incomparable": 0,
        "rounded": 0,
        "why": None,
    },
)
