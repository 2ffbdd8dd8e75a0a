"""What is published and told: each rule speaks where it should, and holds its peace where it should not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from headcount.check.case import Case
from headcount.check.judge import NOTICES, weigh
from headcount.check.moved import needs_a_month
from headcount.model import Count, Past
from tests.check.cases import DAY, HOUR, NOON, case, hours, last, series

Rule = Callable[[Case], str | None]
WEEK = hours(168)
NEXT = WEEK[-1] + 10


def daily(*changes: int, every: timedelta = DAY) -> list[Past]:
    """A count that has changed so from day to day, each day at the same time."""
    return series(*(1_000_000 + sum(changes[:day]) for day in range(len(changes) + 1)), every=every)


QUIET_MONTH = [500 + 20 * (day % 5) for day in range(29)]
BURST = [*WEEK, *(NEXT + 900 * (hour + 1) for hour in range(3))]
RESTS = [value for value in hours(30) for _ in range(4)]
"""A count that stands still for three readings each time."""
CACHED = [100_000, 100_000, *hours(40, 100_010)]
ROUNDED = [1_200_000] * 100
SHORT = [61_234 + 7 * hour for hour in range(48)]
SMALL = [4_203 + 3 * hour for hour in range(48)]

TABLE: list[tuple[str, str, Case, bool]] = [
    ("moved", "the usual growth", last(*WEEK, NEXT), False),
    ("moved", "a leap in an hour", last(*WEEK, NEXT + 900), True),
    ("moved", "a fall in an hour", last(*WEEK, NEXT - 900), True),
    ("moved", "it was told an hour ago", last(*BURST), False),
    ("moved", "it turns round", last(*WEEK, NEXT + 900, NEXT - 900), True),
    ("moved", "too few readings to know what is usual", last(*hours(22), 101_000), False),
    ("moved", "enough of them", last(*hours(24), 101_400), True),
    ("moved", "another source", case(series(*WEEK), NEXT + 900, source="page"), False),
    ("moved", "another meaning", case(series(*WEEK), NEXT + 900, redefined="everyone"), False),
    ("moved", "a few heads of a small account", last(*[380] * 100, 391), False),
    ("moved", "many heads of a small account", last(*[380] * 100, 400), True),
    ("moved", "a step of a rounded series", case(series(*ROUNDED, granularity=100_000), 1_300_000, 100_000), False),
    ("moved", "three steps at once", case(series(*ROUNDED, granularity=100_000), 1_500_000, 100_000), True),
    ("moved", "a day like the others", case(daily(*QUIET_MONTH), 1_000_000 + sum(QUIET_MONTH) + 520), False),
    ("moved", "a bad day", case(daily(*QUIET_MONTH), 1_000_000 + sum(QUIET_MONTH) - 8_000), True),
    ("moved", "less than is worth telling", case(daily(*QUIET_MONTH), 1_000_000 + sum(QUIET_MONTH) + 2_500), False),
    ("stuck", "it moves", last(*WEEK, NEXT), False),
    ("stuck", "two readings", last(*WEEK, *[NEXT] * 3), False),
    ("stuck", "three readings, where it never stood still", last(*WEEK, *[NEXT] * 4), True),
    ("stuck", "it was told an hour ago", last(*WEEK, *[NEXT] * 5), False),
    ("stuck", "it often stands still", last(*RESTS, *[RESTS[-1] + 9] * 7), False),
    ("stuck", "not for that long", last(*RESTS, *[RESTS[-1] + 9] * 41), True),
    ("stuck", "it stood still once, when it was new", last(*CACHED, *[CACHED[-1] + 9] * 4), False),
    ("stuck", "and now for more than twice as long", last(*CACHED, *[CACHED[-1] + 9] * 5), True),
    ("stuck", "too few readings to know", last(*hours(20), *[NEXT] * 9), False),
    ("stuck", "a rounded series stands still by nature", case(series(*ROUNDED, granularity=10**5), 1_200_000, 10**5), False),
    ("stuck", "an account of nobody", last(*[0] * 169), False),
    ("rounded", "it goes on as exact as it was", last(*SHORT, 61_603), False),
    ("rounded", "one round number is chance", last(*SHORT, 61_600), False),
    ("rounded", "three of them are not", last(*SHORT, 61_600, 61_700, 61_800), True),
    ("rounded", "nor do three stand still, where it moved each hour", last(*SHORT, 61_600, 61_600, 61_600), True),
    ("rounded", "it was told an hour ago", last(*SHORT, 61_600, 61_600, 61_600, 61_600), False),
    ("rounded", "a small number ends in a zero now and then", last(*SMALL, 4_350, 4_350, 4_360), False),
    ("rounded", "but not for ever", last(*SMALL, 4_350, 4_360, 4_370, 4_380, 4_390), True),
    ("rounded", "three digits are all it has", last(*[380 + hour % 3 for hour in range(60)]), False),
    ("rounded", "it says so itself", case(series(*SHORT, 61_600, 61_600), 61_600, 100), False),
    ("rounded", "it always was", last(*(61_000 + 100 * hour for hour in range(60))), False),
    ("rounded", "too few readings to know", last(*SHORT[:9], 61_600, 61_700, 61_800), False),
    ("segment", "counted as before", case(series(*WEEK), NEXT), False),
    ("segment", "another source", case(series(*WEEK), NEXT, source="page"), True),
    ("segment", "less finely", case(series(*WEEK), 101_000, 1_000), True),
    ("segment", "read later from what the same source replied", case(series(*WEEK), NEXT, source="reparsed-api"), False),
    ("segment", "another meaning", case(series(*WEEK), NEXT, redefined="everyone who follows"), True),
    ("segment", "a first reading begins nothing anew", case([], 7, source="page"), False),
]  # fmt: skip


def faults(rules: dict[str, Rule]) -> list[str]:
    """The rows in which a rule speaks and should not, or does not and should."""
    return [f"{rule}: {why}" for rule, why, given, speaks in TABLE if (rules[rule](given) is not None) != speaks]


def test_every_rule_speaks_where_it_should_and_nowhere_else() -> None:
    assert faults(dict(NOTICES)) == []


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("bad", [lambda case: None, lambda case: "!"], ids=["never", "always"])
def test_a_rule_that_never_or_always_speaks_is_caught(name: str, bad: Rule) -> None:
    assert faults({**NOTICES, name: bad})


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        (last(*WEEK, NEXT + 900), "+910 since 2026-11-20 11:00 UTC, where +11 an hour is usual"),
        (last(*WEEK, *[NEXT] * 4), "101,681 for 3 readings now, where 3 are the most"),
        (last(*SHORT, 61_600, 61_700, 61_800), "61,800: the last 3 readings end in zeros, as those before did not"),
        (case(series(*WEEK), 101_000, 1_000, "page"), "api, exact -> page, rounded to 1,000"),
        (case(series(*WEEK), NEXT, redefined="from 2026-11-20 on: everyone"), "from 2026-11-20 on: everyone"),
    ],
)  # fmt: skip
def test_it_says_what_was_noticed(given: Case, detail: str) -> None:
    verdict = weigh(given)
    assert (verdict.decision, verdict.detail) == ("accept", detail)
    assert verdict.rule in NOTICES


def test_of_several_rules_the_most_important_one_is_named_and_all_are_heard() -> None:
    past = [*series(*WEEK, held=0)[:-2], *series(80_000, 80_010, held=2)]
    verdict = weigh(case(past, 80_020, source="page"))
    assert (verdict.decision, verdict.rule) == ("accept", "three_agree")
    assert verdict.detail.endswith("; api, exact -> page, exact")


@pytest.mark.parametrize("wrong", [0, 404, 10_167, 1_016_710])
def test_a_wrong_number_is_held_across_a_segment_too(wrong: int) -> None:
    verdict = weigh(case(series(*WEEK), wrong, source="page"))
    assert (verdict.decision, verdict.rule) == ("hold", "leap")


def test_a_reading_about_which_there_is_nothing_to_say_has_no_rule() -> None:
    verdict = weigh(case(series(*WEEK), NEXT))
    assert (verdict.decision, verdict.rule, verdict.detail) == ("accept", "", "")


def test_readings_of_two_jobs_in_the_same_minute_are_no_hour_apart() -> None:
    """The daily job asks minutes after the hourly one: what came in between is no rate, and standing still is no wonder."""
    hourly = series(*WEEK)
    twice = [past for each in hourly for past in (each, Past(each.at + HOUR / 12, each.count, "api"))]
    assert weigh(Case(twice, Past(NOON, Count(NEXT), "api"))).rule == ""
    few_minutes_later = Past(NOON + HOUR / 12, Count(NEXT + 20), "api")
    assert weigh(Case([*twice, Past(NOON, Count(NEXT), "api")], few_minutes_later)).rule == ""


def test_a_month_is_only_looked_up_where_the_day_was_unlike_the_week() -> None:
    assert not needs_a_month(last(*WEEK, NEXT))
    assert needs_a_month(last(*WEEK, NEXT + 900))
    growing = hours(168, gain=50)
    assert not needs_a_month(last(*growing, growing[-1] + 50)), "it always gains as much"
    assert needs_a_month(last(*growing, growing[-1] - 1_150)), "though hardly anything is left of the day's gain"
