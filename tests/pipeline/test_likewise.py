"""Which held counts are accepted with one that a person accepts, and which its source had taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from headcount.model import Count, Past
from headcount.pipeline.by_hand.likewise import likewise, taken_back
from tests.check.cases import HOUR, NOON

DAY = 24 * HOUR
LEVEL = 50_000
Said = tuple[int, timedelta, str]
"""A count, how long after noon it was said, and `held` or `accepted`, with its source where that is not the usual one."""


def past(number: int, said: Said) -> Past:
    value, after, state = said
    held, _, source = state.partition(" ")
    return Past(NOON + after, Count(value), source or "api", held == "held", number)


def places(series: list[Past]) -> dict[int | None, tuple[int | None, datetime]]:
    """The slots of those that are held; a run an hour."""
    return {each.reading: (each.at.hour, each.at.replace(minute=0)) for each in series if each.held}


def with_it(said: list[Said], chosen: int) -> list[int]:
    series = [past(number, each) for number, each in enumerate(said)]
    return sorted(each.reading or 0 for each in likewise(series[chosen], series, places(series)))


FOUR = [(LEVEL + 10 * hours, hours * HOUR, "held") for hours in range(4)]
MINUTES = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("why", "said", "chosen", "accepted"),
    [
        ("one alone", FOUR[:1], 0, []),
        ("the first of four", FOUR, 0, [1, 2, 3]),
        ("the third of four", FOUR, 2, [0, 1, 3]),
        ("the last of four", FOUR, 3, [0, 1, 2]),
        ("one does not agree", [*FOUR[:2], (500, 2 * HOUR, "held")], 0, [1]),
        ("none agrees", [FOUR[0], (500, HOUR, "held"), (7, 2 * HOUR, "held")], 0, []),
        ("beyond one that does not agree", [*FOUR[:2], (500, 2 * HOUR, "held"), FOUR[3]], 0, [1]),
        ("beyond an accepted one that does not agree", [FOUR[0], (150_000, HOUR, "accepted"), FOUR[2]], 0, []),
        ("beyond an accepted one that agrees", [FOUR[0], (LEVEL, HOUR, "accepted"), FOUR[2]], 0, [2]),
        ("another source says so", [*FOUR[:2], (LEVEL, 2 * HOUR, "held page")], 0, [1]),
        ("another source denies it", [FOUR[0], (7, HOUR, "accepted page"), FOUR[2]], 0, [2]),
        ("a reply that was read later", [FOUR[0], (LEVEL, HOUR, "held reparsed-api")], 0, [1]),
        ("near the chosen, far from its neighbour", [FOUR[0], (LEVEL, DAY, "held"), (53_000, DAY + HOUR, "held")], 0, [1]),
        ("each near its neighbour, and ever farther", [(LEVEL + 800 * n, n * HOUR, "held") for n in range(9)], 0, [1]),
        ("nobody remembers so long", [FOUR[0], (LEVEL, 31 * DAY, "held")], 0, []),
        ("the later of two answers", [(7, timedelta(), "held"), (LEVEL, MINUTES, "held"), *FOUR[1:]], 3, [1, 2, 4]),
    ],
)  # fmt: skip
def test_what_is_accepted_with_a_count(why: str, said: list[Said], chosen: int, accepted: list[int]) -> None:
    assert with_it(said, chosen) == accepted, why


@pytest.mark.parametrize(
    ("why", "said", "refused"),
    [
        ("it had answered otherwise in the same run", [(7, 0 * MINUTES, "held"), (LEVEL, MINUTES, "held")], [0]),
        ("in the run before", [(7, -5 * MINUTES, "held"), (LEVEL, MINUTES, "held")], []),
        ("another source had", [(7, 0 * MINUTES, "held page"), (LEVEL, MINUTES, "held")], []),
        ("it answered otherwise later", [(LEVEL, 0 * MINUTES, "accepted"), (LEVEL, MINUTES, "held")], []),
    ],
)
def test_what_its_source_took_back_in_the_same_run(why: str, said: list[Said], refused: list[int]) -> None:
    series = [past(number, each) for number, each in enumerate(said)]
    found = list(taken_back(series[1], series, places(series)))
    assert [each.reading for each, _ in found] == refused, why
    assert {(verdict.decision, verdict.rule) for _, verdict in found} <= {("refuse", "asked_again")}
