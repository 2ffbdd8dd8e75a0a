"""The quarantine: what is held back, what is let through, and what a person must decide."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from headcount.check import rules
from headcount.check.judge import judge
from headcount.model import Count, Past
from tests.check.cases import NOON, series

STEADY = [100_000 + 10 * hour for hour in range(48)]

A_DAY = timedelta(hours=24)
GROWN = [structs.replace(each, at=each.at - A_DAY) for each in series(9_985, 10_003, 10_110)]
"""Three counts of yesterday: too few to tell how it grows, which the median of two changes puts at 62 an hour."""
FALLEN = [structs.replace(each, at=each.at - A_DAY) for each in series(10_015, 9_997, 9_890)]

ACCEPTED = [
    ("a first reading", [], 1_234),
    ("a first reading of zero: its identity was checked", [], 0),
    ("the usual growth", series(*STEADY), 100_480),
    ("a burst of one per cent in an hour", series(*STEADY), 101_400),
    ("a small account that doubles", series(12, 12, 13), 26),
    ("a small account that loses everyone", series(20, 20, 20), 0),
    ("a usual growth that is fast", series(*(100_000 + 5_000 * hour for hour in range(48))), 340_000),
    ("nothing at all after a gap, where it grew before", GROWN, 10_110),
    ("less than usual after a gap", GROWN, 10_500),
    ("as much as usual after a gap", GROWN, 11_610),
    ("nothing at all, where it fell before", FALLEN, 9_890),
    ("no recent reading to compare with", [Past(NOON - timedelta(days=31), Count(5), "api")], 90_000),
    ("a step of a rounded series", series(1_200_000, 1_200_000, granularity=100_000), 1_300_000),
]

HELD = [
    ("a digit lost", series(*STEADY), 10_047, "leap"),
    ("a digit gained", series(*STEADY), 1_004_700, "leap"),
    ("zero", series(*STEADY), 0, "leap"),
    ("ten times as many", series(*STEADY), 1_004_800, "leap"),
    ("a status code", series(*STEADY), 404, "leap"),
    ("'100,470' read as 100", series(*STEADY), 100, "leap"),
    ("a third of them gone, and a little more", series(90_000, 90_000), 30_000, "leap"),
    ("five per cent gone in an hour", series(*STEADY), 95_400, "off_course"),
    ("five per cent more in an hour", series(*STEADY), 105_600, "off_course"),
    ("a tenth gone after a gap, where it grew before", GROWN, 9_100, "off_course"),
    ("a quarter more after a gap, beyond the usual growth", GROWN, 12_700, "off_course"),
    ("a tenth more after a gap, where it fell before", FALLEN, 10_900, "off_course"),
]


@pytest.mark.parametrize(("past", "value"), [row[1:] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_a_plausible_reading_is_accepted(past: list[Past], value: int) -> None:
    assert judge(past, Count(value), NOON).decision == "accept"


@pytest.mark.parametrize(("past", "value", "rule"), [row[1:] for row in HELD], ids=[row[0] for row in HELD])
def test_an_implausible_reading_is_held_and_says_why(past: list[Past], value: int, rule: str) -> None:
    verdict = judge(past, Count(value), NOON)
    assert (verdict.decision, verdict.rule) == ("hold", rule)
    assert verdict.detail


def test_three_agreeing_readings_release_a_true_purge_and_are_marked() -> None:
    past = series(100_000, 100_000, 80_000, 80_010, held=2)
    verdict = judge(past, Count(80_020), NOON)
    assert (verdict.decision, verdict.rule) == ("accept", "three_agree")


@pytest.mark.parametrize(
    ("why", "past", "value"),
    [
        ("only one agrees", series(100_000, 100_000, 80_000, held=1), 80_000),
        ("they do not agree among themselves", series(100_000, 100_000, 60_000, 80_000, held=2), 80_000),
        (
            "they are minutes apart",
            series(100_000, 100_000, 80_000, 80_000, every=timedelta(minutes=5), held=2),
            80_000,
        ),
        ("a leap is a person's to release", series(100_000, 100_000, 20_000, 20_000, held=2), 20_000),
        ("zero is a person's to release", series(100_000, 100_000, 0, 0, held=2), 0),
    ],
)
def test_a_reading_stays_held_while(why: str, past: list[Past], value: int) -> None:
    assert judge(past, Count(value), NOON).decision == "hold", why


def test_an_account_that_was_held_once_is_judged_by_what_was_accepted() -> None:
    past = series(100_000, 100_000, 1_000, held=1)
    assert judge(past, Count(100_010), NOON).decision == "accept"
    assert judge(past, Count(1_000), NOON).decision == "hold"


@given(st.integers(min_value=1_000, max_value=10**9), st.floats(min_value=0.0, max_value=0.3), st.integers(0, 2**32))
def test_any_lost_digit_is_held_in_any_series_of_a_thousand_and_more(level: int, growth: float, seed: int) -> None:
    """Whatever the level: dropping any one digit changes the number to a tenth or so, or by far more than its course."""
    past = series(*(level + int(growth * hour) for hour in range(30)))
    text = str(past[-1].count.value)
    place = seed % len(text)
    spoilt = int(text[:place] + text[place + 1 :])
    assert judge(past, Count(spoilt), NOON).decision == "hold"


def test_without_its_rules_the_table_of_held_readings_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    for rule in ("leap", "off_course"):
        monkeypatch.setattr(rules, rule, lambda case: None)
    assert all(judge(past, Count(value), NOON).decision == "accept" for _, past, value, _ in HELD)
