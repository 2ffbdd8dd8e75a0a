"""What an accepted reading says of those that are held before it."""

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
            [held(80_000, 30 * MINUTE), held(80_000, 20 * MINUTE), held(80_000, MINUTE)],
            80_000,
            [],
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
        ("what it said in an earlier run stays held", [held(404, HOUR)], 100_010, []),
        ("another source cannot take it back", [held(404, MINUTE, "page")], 100_010, []),
    ],
)  # fmt: skip
def test_it_is_decided_about_what_is_held(
    why: str, past: list[Past], value: int, meant: list[tuple[int, str, str]]
) -> None:
    assert decided(past, value) == meant, why
