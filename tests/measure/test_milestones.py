"""Milestones: a table of what is passed, what comes next, and what is near."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from headcount.measure.forecast.days import Day
from headcount.measure.milestones import LADDER, Near, ahead, at_least, near, passed
from headcount.model import MOST_HEADS

TODAY = date(2026, 11, 23)


def grown(*, newest: int, a_day: int, days: int = 60, granularity: int = 1) -> list[Day]:
    return [Day(TODAY - timedelta(days=back), newest - a_day * back, granularity) for back in reversed(range(days))]


@pytest.mark.parametrize(
    ("before", "now", "milestone"),
    [
        (999, 1_000, 1_000),
        (0, 999, None),
        (1_000, 1_999, None),
        (1_999, 2_499, 2_000),
        (1_999, 2_500, 2_500),
        (4_999, 5_000, 5_000),
        (900, 11_000, 10_000),
        (19_999, 20_000, 20_000),
        (20_000, 20_000, None),
        (20_001, 19_999, None),
        (999_999, 1_000_001, 1_000_000),
        (249_000_000, 250_000_000, 250_000_000),
    ],
)
def test_the_greatest_milestone_passed_upwards_is_named(before: int, now: int, milestone: int | None) -> None:
    assert passed(before, now) == milestone


@pytest.mark.parametrize(
    ("count", "granularity", "certain"),
    [(1_000, 1, 1_000), (1_000_000, 100_000, 950_000), (1_200, 100, 1_150), (20, 100, 0)],
)
def test_of_a_rounded_count_only_what_is_certain_counts(count: int, granularity: int, certain: int) -> None:
    assert at_least(count, granularity) == certain


def test_a_rounded_million_is_no_million_yet() -> None:
    assert passed(at_least(900_000, 100_000), at_least(1_000_000, 100_000)) is None
    assert passed(at_least(1_000_000, 100_000), at_least(1_100_000, 100_000)) == 1_000_000


@pytest.mark.parametrize(
    ("count", "milestone"),
    [(0, 1_000), (999, 1_000), (1_000, 2_000), (2_000, 2_500), (2_500, 5_000), (5_000, 10_000), (3_990_000, 5_000_000)],
)
def test_the_next_milestone_is_the_smallest_above(count: int, milestone: int) -> None:
    assert ahead(count) == milestone


def test_nobody_has_so_many_that_no_milestone_is_ahead() -> None:
    assert ahead(MOST_HEADS) > MOST_HEADS
    assert list(LADDER) == sorted(set(LADDER))


@pytest.mark.parametrize(
    ("days", "milestone"),
    [
        (grown(newest=9_900, a_day=0), 10_000),
        (grown(newest=9_700, a_day=0), None),
        (grown(newest=9_700, a_day=20), 10_000),
        (grown(newest=9_300, a_day=20), None),
        (grown(newest=9_700, a_day=-20), None),
        (grown(newest=9_300, a_day=0, days=1), None),
        ([], None),
    ],
    ids=["within 2 %", "neither", "by its pace", "too slow", "falling", "one count", "no count"],
)
def test_a_milestone_is_near_by_what_is_missing_or_by_the_pace(days: list[Day], milestone: int | None) -> None:
    found = near(days, TODAY)
    assert (found.milestone if found else None) == milestone


def test_when_it_will_be_passed_is_a_range_of_days() -> None:
    steady = [Day(each.date, each.count + each.date.day % 3) for each in grown(newest=9_700, a_day=20)]
    found = near(steady, TODAY)
    assert found
    assert found.earliest
    assert found.latest
    assert found.missing == 10_000 - steady[-1].count
    assert found.earliest <= TODAY + timedelta(days=15) <= found.latest


def test_where_nothing_honest_can_be_said_of_when_no_day_is_named() -> None:
    assert near(grown(newest=9_900, a_day=10, days=5), TODAY) == Near(10_000, 100)
