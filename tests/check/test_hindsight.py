"""What a reading says of those that are held before it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headcount.check.case import Case
from headcount.check.hindsight import hindsight
from headcount.check.judge import weigh
from headcount.model import Past
from tests.check.cases import HOUR, NOON, count, series

MINUTE = timedelta(minutes=1)


def held(value: int, before: timedelta, source: str = "api") -> Past:
    return Past(NOON - before, count(value), source, held=True)


def decided(past: list[Past], value: int, source: str = "api") -> list[tuple[int, str, str]]:
    """What is decided about which held count, where this reading of NOON ends a run that began ten minutes ago."""
    case = Case([*series(100_000, every=9 * HOUR), *past], Past(NOON, count(value), source))
    found = hindsight(case, weigh(case), NOON - 10 * MINUTE)
    return [(each.count.value, verdict.decision, verdict.rule) for each, verdict in found]


RELEASED = ("accept", "three_agree")
ONE_ROW = ("refuse", "said_again")
UNTRUE = ("refuse", "contradicted")


@pytest.mark.parametrize(
    ("why", "past", "value", "meant"),
    [
        ("nothing is held", [], 100_010, []),
        ("three agree", [held(80_000, 2 * HOUR), held(80_010, HOUR)], 80_020, [(80_010, *RELEASED), (80_000, *RELEASED)]),
        ("two agree", [held(80_000, HOUR)], 80_010, []),
        (
            "those that were said twice are one witness each, and all are released",
            [held(80_000, 2 * HOUR), held(80_000, 2 * HOUR - MINUTE), held(80_001, HOUR), held(80_001, HOUR - MINUTE)],
            80_020,
            [(80_001, *RELEASED)] * 2 + [(80_000, *RELEASED)] * 2,
        ),
        (
            "minutes apart they are one witness",
            [held(80_000, 30 * MINUTE), held(80_000, 20 * MINUTE), held(80_000, 11 * MINUTE)],
            80_000,
            [],
        ),
        (
            "the later answers of runs are an hour apart, or nearly",
            [held(80_000, 2 * HOUR - MINUTE), held(80_010, HOUR - MINUTE)],
            80_020,
            [(80_010, *RELEASED), (80_000, *RELEASED)],
        ),
        ("of two answers in a run the later stands for both", [held(80_000, MINUTE)], 80_010, [(80_000, *ONE_ROW)]),
        ("so does one that is a person's to release", [held(0, MINUTE)], 0, [(0, *ONE_ROW)]),
        ("two answers that differ are both held", [held(404, MINUTE)], 0, []),
        ("two sources that agree are two witnesses", [held(80_000, MINUTE, "page")], 80_010, []),
        (
            "what is released has one row a run and source",
            [held(80_000, 2 * HOUR), held(80_010, HOUR), held(80_010, MINUTE, "page"), held(80_020, MINUTE)],
            80_020,
            [(80_020, *ONE_ROW), (80_010, *RELEASED), (80_010, *RELEASED), (80_000, *RELEASED)],
        ),
        (
            "one that says otherwise stands between",
            [held(80_000, 3 * HOUR), held(60_000, 2 * HOUR), held(80_010, HOUR)],
            80_020,
            [],
        ),
        ("a leap is a person's to release", [held(20_000, 2 * HOUR), held(20_010, HOUR)], 20_020, []),
        ("zero is a person's to release", [held(0, 2 * HOUR), held(0, HOUR)], 0, []),
        ("its own source takes it back", [held(404, MINUTE)], 100_010, [(404, "refuse", "asked_again")]),
        (
            "what it said in earlier runs it contradicts",
            [held(404, 2 * HOUR), held(0, HOUR)],
            100_010,
            [(0, *UNTRUE), (404, *UNTRUE)],
        ),
        ("what it does not contradict stays held", [held(95_000, 2 * HOUR), held(404, HOUR)], 96_100, [(404, *UNTRUE)]),
        (
            "its own source contradicts it, whenever that was read",
            [held(404, HOUR, "reparsed-api")],
            100_010,
            [(404, *UNTRUE)],
        ),
        (
            "another source was accepted meanwhile",
            [held(404, 2 * HOUR), Past(NOON - HOUR, count(100_005), "page")],
            100_010,
            [(404, *UNTRUE)],
        ),
        (
            "its own source was accepted since, and a person has to decide",
            [held(404, 2 * HOUR), Past(NOON - HOUR, count(100_005), "api")],
            100_010,
            [],
        ),
        ("another source cannot take it back", [held(404, MINUTE, "page"), held(404, HOUR, "page")], 100_010, []),
        ("what is held itself contradicts nothing", [held(404, HOUR)], 0, []),
    ],
)  # fmt: skip
def test_it_is_decided_about_what_is_held(
    why: str, past: list[Past], value: int, meant: list[tuple[int, str, str]]
) -> None:
    assert decided(past, value) == meant, why


def test_both_numbers_are_said_and_when_they_were() -> None:
    case = Case([*series(100_000), held(404, 2 * HOUR)], Past(NOON, count(100_010), "api"))
    ((_, verdict),) = hindsight(case, weigh(case), NOON)
    assert verdict.detail == "404 at 2026-11-20 10:00 UTC, and 100,010 at 2026-11-20 12:00 UTC"


def test_a_build_that_takes_every_two_for_agreeing_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headcount.check.hindsight.agree", lambda held, now: True)
    assert decided([held(404, HOUR)], 100_010) == []
    assert decided([held(404, MINUTE)], 0) == [(404, *ONE_ROW)]
