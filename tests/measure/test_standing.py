"""How a series is, since when, and why, by its newest fills."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import Struct

from headcount.measure.health import Standing, standing
from headcount.model import Reason

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Fill(Struct, frozen=True):
    hours_ago: int
    status: str
    reason: Reason | None = None

    @property
    def taken_at(self) -> datetime:
        return NOON - self.hours_ago * HOUR


def ago(hours: int) -> datetime:
    return NOON - hours * HOUR


@pytest.mark.parametrize(
    ("why", "fills", "expected"),
    [
        ("nothing at all", [], Standing("never counted")),
        ("a count just now", [Fill(1, "accepted"), Fill(2, "missed", "blocked")], Standing("ok", ago(1))),
        ("a count long ago", [Fill(9, "accepted"), Fill(10, "accepted")], Standing("stale", ago(9))),
        (
            "the first miss after the last count",
            [
                Fill(1, "missed", "blocked"),
                Fill(2, "missed", "too_slow"),
                Fill(3, "accepted"),
                Fill(4, "missed", "blocked"),
            ],
            Standing("failing", ago(2), "blocked", ago(1)),
        ),
        (
            "a doubtful count between does not end it",
            [Fill(1, "missed", "blocked"), Fill(2, "held"), Fill(3, "missed", "blocked"), Fill(4, "accepted")],
            Standing("failing", ago(3), "blocked", ago(1)),
        ),
        (
            "never counted and failing",
            [Fill(1, "missed", "not_found")],
            Standing("failing", ago(1), "not_found", ago(1)),
        ),
        (
            "the first of the doubtful ones",
            [Fill(1, "held"), Fill(2, "held"), Fill(3, "missed", "blocked"), Fill(4, "accepted")],
            Standing("held", ago(2), newest=ago(1)),
        ),
        (
            "a known absence is no failure",
            [
                Fill(1, "missed", "hidden"),
                Fill(2, "missed", "hidden"),
                Fill(3, "missed", "blocked"),
                Fill(4, "accepted"),
            ],
            Standing("absent", ago(2), "hidden", ago(1)),
        ),
        ("refused, and a count before", [Fill(0, "refused"), Fill(1, "accepted")], Standing("ok", ago(1))),
        ("refused, and nothing before", [Fill(1, "refused")], Standing("never counted")),
    ],
)
def test_the_standing_of_a_series(why: str, fills: list[Fill], expected: Standing) -> None:
    assert standing(fills, HOUR, NOON) == expected, why


def test_no_fill_before_the_newest_count_is_looked_at() -> None:
    fills = iter([Fill(1, "missed", "blocked"), Fill(2, "accepted"), Fill(3, "accepted")])
    standing(fills, HOUR, NOON)
    assert next(fills).hours_ago == 3
