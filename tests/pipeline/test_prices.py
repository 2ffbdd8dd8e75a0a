"""An account is paid for once a UTC day, and only where an official source with a price counts it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headcount.model import Count, Past
from headcount.pipeline.collecting.prices import charging, price

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CENT = 10_000


def past(hour: int, source: str = "api", day: int = 20) -> Past:
    return Past(datetime(2026, 11, day, hour, 0, tzinfo=UTC), Count(5), source)


@pytest.mark.parametrize(
    ("source", "earlier", "micros"),
    [
        ("api", [], CENT),
        ("api", [past(1)], 0),
        ("api", [past(1), past(2, "page")], 0),
        ("api", [past(2, "page")], CENT),
        ("api", [past(23, day=19)], CENT),
        ("api", [past(2, "simulated-api")], CENT),
        ("page", [], 0),
        ("simulated-api", [], 0),
    ],
)
def test_what_a_count_on_x_costs(source: str, earlier: list[Past], micros: int) -> None:
    assert price("twitter", source, earlier, NOON) == micros


def test_x_charges_for_its_api_and_youtube_for_nothing() -> None:
    assert charging("twitter") == ("api",)
    assert charging("youtube") == ()
