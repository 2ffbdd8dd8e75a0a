"""Milestones: a table of what is passed, what comes next, and what is near."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headcount.measure.forecast.days import Day
from headcount.measure.milestones import LADDER, Near, ahead, at_least, may_have_passed, near, passages, passed
from headcount.model import MOST_HEADS
from headcount.store.reader import Shown

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


HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

Said = tuple[int, str] | tuple[int, str, int]


def course(*said: Said) -> list[Shown]:
    """Counts, an hour each, by what counted them and how finely they are known."""
    return [
        Shown("twitter/dot", "followers", each[0], each[2] if len(each) > 2 else 1, each[1], NOON + number * HOUR)
        for number, each in enumerate(said)
    ]


def api(*counts: int) -> list[Shown]:
    return course(*((count, "api") for count in counts))


def passages_of(counts: list[Shown]) -> list[tuple[int, int]]:
    """Each milestone with the number of the count that passed it."""
    return [(milestone, counts.index(each)) for milestone, each in passages(counts)]


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        (api(9_985, 10_003), [(10_000, 1)]),
        (api(9_985, 10_003, 9_990), [(10_000, 1)]),
        (api(10_003, 10_010), []),
        (api(10_003, 9_990, 10_010), []),
        (api(9_985, 10_003, 9_990, 10_010), [(10_000, 1)]),
        (api(9_985, 20_003, 9_990, 10_010), [(20_000, 1)]),
        (api(1_990, 2_003, 5_003), [(2_000, 1), (5_000, 2)]),
        (api(980, 990), []),
        ([], []),
        (course((9_985, "api"), (10_003, "page")), []),
        (course((9_985, "api"), (10_003, "page"), (10_004, "api")), [(10_000, 2)]),
        (course((9_985, "api"), (10_003, "page"), (9_990, "api"), (10_004, "api")), [(10_000, 3)]),
        (course((10_003, "page"), (9_990, "api"), (10_004, "api")), []),
        (course((9_985, "api"), (9_980, "page"), (10_003, "api"), (10_004, "page")), [(10_000, 2)]),
        (course((9_985, "api"), (10_003, "reparsed-api")), [(10_000, 1)]),
        (course((9_990, "api", 10), (10_000, "api", 100), (10_100, "api", 100)), [(10_000, 2)]),
        (course((900_000, "api", 100_000), (1_000_000, "api", 100_000)), []),
    ],
    ids=[
        "passed on its first day", "passed, and below it again", "above it from the beginning",
        "above it, fallen and come back", "passed, fallen and come back", "a higher one passed before", "two",
        "too small", "never counted", "passed from one source to another", "as the first source says itself, later",
        "as the first source says itself, much later", "reached before the source began", "by two sources at once",
        "read later from a kept reply", "rounded, when it is certain", "rounded, and not certain",
    ],
)  # fmt: skip
def test_a_milestone_is_passed_once_by_counts_of_one_source(counts: list[Shown], found: list[tuple[int, int]]) -> None:
    assert passages_of(counts) == found


def test_a_rule_that_compares_across_sources_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headcount.measure.milestones.replying", lambda _source: "any")
    assert passages_of(course((9_985, "api"), (10_003, "page"))) == [(10_000, 1)]


COURSES = st.lists(
    st.tuples(st.integers(1_990, 2_010), st.sampled_from(["api", "page", "manual"]), st.sampled_from([1, 10])),
    max_size=12,
)


@given(said=COURSES, since=st.integers(0, 12))
def test_nobody_who_has_passed_one_lately_is_overlooked(said: list[tuple[int, str, int]], since: int) -> None:
    counts = course(*said)
    lately = [each for _, each in passages(counts) if each in counts[since:]]
    assert may_have_passed(counts[max(0, since - 1) :]) or not lately
