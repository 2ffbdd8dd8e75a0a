"""Small charts as SVG: drawn with attributes alone and without letters, in colours that show on white and on black.

A day without a count is left open: no line goes across it, and no bar stands there. What a chart shows also stands in a
title and a description, for those who cannot see it, and in a table beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, tostring

import resvg_py

from headcount.reports.digest import DayTotal
from headcount.reports.period import Period

UP, DOWN, QUIET = "#2f81c7", "#c8622a", "#868e99"
"""Blue and orange can be told apart by nearly everyone, and have a contrast of 3 and more on white and on black."""

PIXELS = 2.0
"""Of a picture to one of the drawing: screens are finer than they say."""

SPARK = (120, 32)
DAILY = (640, 150)
COVERAGE = 10
"""The height of the strip that says of how many accounts a day is known."""


def spark(counts: Sequence[int | None], title: str) -> str:
    """The course of an account: a line a stretch, a dot where a count stands alone."""
    width, height = SPARK
    chart = _chart(SPARK, title, "The line is open on days without a count.")
    known = [count for count in counts if count is not None]
    low, span = min(known, default=0), max(max(known, default=0) - min(known, default=0), 1)
    step = (width - 8) / max(len(counts) - 1, 1)
    points = [
        (4 + place * step, height - 4 - (height - 8) * (count - low) / span) if count is not None else None
        for place, count in enumerate(counts)
    ]
    for stretch in _stretches(points):
        _line(chart, stretch)
    if (last := points[-1] if points else None) is not None:
        _dot(chart, last, 3)
    return _text(chart)


def daily(days: Sequence[DayTotal], period: Period, title: str) -> str:
    """What each day brought: a bar up or down, paler before the period; below it, of how many accounts that is known."""
    width, height = DAILY
    chart = _chart(
        DAILY, title, "A day without a bar is not known. The strip below is full where every account was counted."
    )
    gained = [day.gained for day in days if day.gained is not None]
    high, low = max([0, *gained]), min([0, *gained])
    scale = (height - COVERAGE - 14) / max(high - low, 1)
    zero = 4 + high * scale
    step = width / max(len(days), 1)
    for place, day in enumerate(days):
        faint = 1.0 if day.day >= period.first else 0.45
        left, wide = place * step + step * 0.15, step * 0.7
        if day.gained is not None:
            _box(chart, (left, *_upright(day.gained, zero, scale, wide)), UP if day.gained >= 0 else DOWN, faint)
        _coverage(chart, left, wide, day)
    _box(chart, (0, zero - 0.5, width, 1), QUIET)
    return _text(chart)


def png(svg: str) -> bytes:
    """The same as a picture, for mail."""
    return resvg_py.svg_to_bytes(svg_string=svg, zoom=PIXELS, skip_system_fonts=True)


def _chart(size: tuple[int, int], title: str, description: str = "") -> Element:
    width, height = size
    chart = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "role": "img",
            "aria-label": f"{title}. {description}".strip(),
        },
    )
    SubElement(chart, "title").text = title
    if description:
        SubElement(chart, "desc").text = description
    return chart


def _stretches(points: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    """The points without a gap between them."""
    for is_known, some in groupby(points, key=lambda point: point is not None):
        if is_known:
            yield [point for point in some if point is not None]


def _line(chart: Element, stretch: Sequence[tuple[float, float]]) -> None:
    if len(stretch) == 1:
        _dot(chart, stretch[0], 1.5)
        return
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in stretch)
    line = {"points": points, "fill": "none", "stroke": UP, "stroke-width": "2", "stroke-linejoin": "round"}
    SubElement(chart, "polyline", line)


def _dot(chart: Element, point: tuple[float, float], radius: float) -> None:
    x, y = point
    SubElement(chart, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": str(radius), "fill": UP})


def _upright(gained: int, zero: float, scale: float, wide: float) -> tuple[float, float, float]:
    """The top, the width and the height of a bar; even nothing shows, for it was counted."""
    tall = max(abs(gained) * scale, 1.5)
    return (zero - tall if gained >= 0 else zero, wide, tall)


def _coverage(chart: Element, left: float, wide: float, day: DayTotal) -> None:
    height = DAILY[1]
    share = day.counted / day.of if day.of else 0.0
    _box(chart, (left, height - COVERAGE, wide, COVERAGE), QUIET, 0.25)
    _box(chart, (left, height - COVERAGE * share, wide, COVERAGE * share), QUIET)


def _box(chart: Element, place: tuple[float, float, float, float], colour: str, opacity: float = 1.0) -> None:
    """A rectangle; its place is left, top, width and height."""
    numbers = zip(("x", "y", "width", "height"), (f"{number:.1f}" for number in place), strict=True)
    faint = {} if opacity == 1 else {"opacity": str(opacity)}
    SubElement(chart, "rect", {**dict(numbers), "fill": colour, **faint})


def _text(chart: Element) -> str:
    return tostring(chart, encoding="unicode")
