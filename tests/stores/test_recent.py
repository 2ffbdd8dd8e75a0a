"""A few fills say how a series stands: its newest, its newest count, and what came first since."""

from __future__ import annotations

import pytest

from headcount.measure.health import Standing, standing
from headcount.model import Fill
from headcount.store.reader import Attempt
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOLD, HOUR, MINUTE, NOON, fill, keep, miss, reading


def counted(hours: int) -> Fill:
    return fill(reading(1000 + hours, at=NOON + hours * HOUR + MINUTE), NOON + hours * HOUR)


def missed(hours: int, minutes: int = 1) -> Fill:
    return fill(miss(at=NOON + hours * HOUR + minutes * MINUTE), NOON + hours * HOUR)


def held(hours: int) -> Fill:
    return fill(reading(at=NOON + hours * HOUR + MINUTE), NOON + hours * HOUR, verdict=HOLD)


def told(store: SqlStore, hours: int = 99) -> list[tuple[int, str]]:
    """How many hours after noon, and what."""
    return [((each.taken_at - NOON) // HOUR, each.status) for each in store.recent(NOON + hours * HOUR)]


@pytest.mark.parametrize(
    ("what", "fills", "expected"),
    [
        ("nothing", [], []),
        ("a count is all there is to know", [counted(0), counted(1), counted(2)], [(2, "accepted")]),
        (
            "the newest, the first since, and the count",
            [counted(0), counted(1), missed(2), missed(3), missed(4), missed(5)],
            [(5, "missed"), (2, "missed"), (1, "accepted")],
        ),
        ("never counted", [missed(0), missed(1), missed(2)], [(2, "missed"), (0, "missed")]),
        (
            "the first miss, where another thing came before it",
            [counted(0), held(1), held(2), missed(3), missed(4), missed(5)],
            [(5, "missed"), (3, "missed"), (1, "held"), (0, "accepted")],
        ),
        (
            "both attempts of a slot",
            [counted(0), missed(1), missed(1, 2)],
            [(1, "missed"), (1, "missed"), (0, "accepted")],
        ),
    ],
)
def test_the_fills_that_say_how_it_stands(
    store: SqlStore, what: str, fills: list[Fill], expected: list[tuple[int, str]]
) -> None:
    for each in fills:
        keep(store, each)
    assert told(store) == expected, what


def test_what_came_later_is_not_known_yet(store: SqlStore) -> None:
    for each in (counted(0), missed(1), missed(2), counted(3)):
        keep(store, each)
    assert told(store, 2) == [(2, "missed"), (1, "missed"), (0, "accepted")]


def test_series_stand_apart_and_the_jobs_of_one_together(store: SqlStore) -> None:
    keep(store, counted(0))
    keep(store, fill(miss(at=NOON + 2 * HOUR), NOON, job="daily"))
    keep(store, fill(reading(7, metric="likes")))
    keep(store, fill(reading(9, key="twitter/lab")))
    assert [(each.key, each.metric, each.status) for each in store.recent(NOON + 9 * HOUR)] == [
        (ENERGY, "followers", "missed"),
        (ENERGY, "followers", "accepted"),
        (ENERGY, "likes", "accepted"),
        ("twitter/lab", "followers", "accepted"),
    ]


def test_the_standing_by_these_is_the_standing_by_all(store: SqlStore) -> None:
    fills = [counted(0), held(1), missed(2), missed(3), held(4), missed(5)]
    for each in fills:
        keep(store, each)
    every = [
        Attempt(row.key, row.metric, row.taken_at, row.status, row.reason) for row in store.fills(NOON, NOON + 9 * HOUR)
    ]
    at = NOON + 6 * HOUR
    expected = Standing("failing", NOON + 2 * HOUR + MINUTE, "unreachable", NOON + 5 * HOUR + MINUTE)
    assert standing(store.recent(at), HOUR, at) == standing(reversed(every), HOUR, at) == expected
