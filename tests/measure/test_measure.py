"""What is worked out from counts: a change only where two can be compared, and how an account is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from headcount.measure.growth import change
from headcount.measure.health import Health, health
from headcount.model import Reason
from headcount.store.reader import Shown

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def shown(count: int, at: datetime, granularity: int = 1, source: str = "api") -> Shown:
    return Shown("twitter/dot", "followers", count, granularity, source, at)


@pytest.mark.parametrize(
    ("why", "then", "expected"),
    [
        ("a day ago", shown(100, NOON - DAY), 30),
        ("nearly a day ago", shown(100, NOON - DAY + HOUR), 30),
        ("a loss is a change too", shown(150, NOON - DAY), -20),
        ("nothing then", None, None),
        ("far longer ago than a day", shown(100, NOON - 2 * DAY), None),
        ("the same reading", shown(130, NOON), None),
        ("another source", shown(100, NOON - DAY, source="page"), None),
        ("rounded then, exact now", shown(100, NOON - DAY, granularity=100), None),
    ],
)
def test_a_change_is_told_only_between_counts_that_can_be_compared(
    why: str, then: Shown | None, expected: int | None
) -> None:
    assert change(then, shown(130, NOON), DAY, NOON) == expected, why


@pytest.mark.parametrize(
    ("counted", "status", "reason", "expected"),
    [
        (NOON - HOUR, "accepted", None, "ok"),
        (NOON - 3 * DAY, "accepted", None, "stale"),
        (NOON - HOUR, "missed", "unreachable", "failing"),
        (NOON - HOUR, "held", None, "held"),
        (None, "missed", "retired", "retired"),
        (None, "missed", "hidden", "absent"),
        (None, None, None, "never counted"),
    ],
)
def test_the_health_of_an_account(
    counted: datetime | None, status: str | None, reason: Reason | None, expected: Health
) -> None:
    assert health(counted, status, reason, DAY, NOON) == expected
