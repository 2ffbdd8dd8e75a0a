"""Where a reading that was read later belongs, and what the readings around it say of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headcount.model import Account, Count, Outcome, Past, Reading, read_later, replying
from headcount.pipeline.rereading.around import judge_between
from headcount.pipeline.rereading.placing import Place, place
from headcount.store.reader import Row
from tests.pipeline.hamlet import NOON

LATER = NOON + timedelta(minutes=5)


def row(status: str, source: str, count: int | None, granularity: int = 1, at: object = NOON) -> Row:
    return Row(at, "hourly", NOON, "x/y", "y", "followers", count, granularity, source, status, None, 1, 77)  # type: ignore[arg-type] # a time


MISSED = row("missed", "api", None)
PLACES = [
    ("an empty slot", [], 1, Place("stored")),
    ("a miss", [MISSED], 1, Place("stored")),
    ("an exact count", [MISSED, row("accepted", "api", 7, at=LATER)], 1, Place("covered")),
    ("an exact count of another source", [row("accepted", "page", 7, at=LATER)], 1, Place("covered")),
    ("a rounded count, by an exact one", [row("accepted", "page", 1000, 1000)], 1, Place("stored")),
    ("a rounded count, by one as rounded", [row("accepted", "page", 1000, 1000)], 1000, Place("covered")),
    ("an exact count, by a rounded one", [row("accepted", "page", 1000)], 1000, Place("covered")),
    ("a count by hand", [row("accepted", "manual", 999)], 1, Place("stored")),
    ("a refused count", [row("refused", "page", 5, at=LATER)], 1, Place("stored")),
    ("a held count of another reply", [row("held", "page", 5, at=LATER)], 1, Place("stored")),
    ("the held count of this reply", [row("held", "api", 5)], 1, Place("stored", 77)),
    ("the held count of this reply, read the same", [row("held", "api", 1000)], 1, Place("same")),
    ("the count of this reply, released", [row("accepted", "api", 5)], 1, Place("covered")),
    ("the count of this reply, refused by a person", [row("refused", "api", 5)], 1, Place("stored")),
    ("itself", [MISSED, row("accepted", "reparsed-api", 1000)], 1, Place("there")),
    ("itself, read otherwise then", [MISSED, row("held", "reparsed-api", 9)], 1, Place("there")),
    ("itself, and what it contradicts", [row("held", "api", 5), row("accepted", "reparsed-api", 1000)], 1, Place("there", 77)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "rows", "granularity", "expected"), PLACES, ids=[each[0] for each in PLACES])
def test_a_place_is_taken_where_nothing_as_fine_is(
    what: str, rows: list[Row], granularity: int, expected: Place
) -> None:
    count = Count(1000, granularity, "exact" if granularity == 1 else "rounded")
    outcome = Outcome(Reading(Account("x/y", "y"), "followers", count), read_later("api"), NOON)
    assert place(rows, outcome, count) == expected, what


@pytest.mark.parametrize(
    ("source", "marked"),
    [("api", "reparsed-api"), ("page", "reparsed-page"), ("simulated-api", "simulated-reparsed-api")],
)
def test_the_mark_comes_and_goes(source: str, marked: str) -> None:
    assert read_later(source) == marked
    assert replying(marked) == replying(source) == source


def series(*counts: int, held: tuple[int, ...] = ()) -> list[Past]:
    """Hourly readings; None of them at noon, for which one is judged."""
    hours = [hour for hour in range(-2, 3) if hour]
    return [
        Past(NOON + timedelta(hours=hour), Count(count), "api", held=place in held)
        for place, (hour, count) in enumerate(zip(hours, counts, strict=True))
    ]


@pytest.mark.parametrize(
    ("around", "count", "decision"),
    [
        ([], 5_000, "accept"),
        (series(10_000, 10_010, 10_030, 10_040), 10_020, "accept"),
        (series(10_000, 10_010, 10_030, 10_040), 30_030, "hold"),
        (series(10_000, 10_010, 10_030, 10_040), 0, "hold"),
        (series(10_000, 10_010, 10_030, 10_040)[2:], 30_100, "hold"),
        (series(10_000, 10_010, 10_030, 10_040)[2:], 10_020, "accept"),
        (series(10_000, 10_010, 90_000, 90_000, held=(2, 3)), 10_020, "accept"),
    ],
)
def test_the_readings_on_both_sides_judge_it(around: list[Past], count: int, decision: str) -> None:
    assert judge_between(around, Past(NOON, Count(count), "reparsed-api")).decision == decision
