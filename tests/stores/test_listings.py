"""How the roster lists accounts: kept when it changes, and what was listed last is known of whoever has left."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec import structs

from headcount.store import schema
from headcount.store.nouns import Listing
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOUR, NOON

LISTED = Listing(ENERGY, "1", "Department", "energy", "public", "own")
OTHER = Listing("twitter/other", "2", "Lab", "other", "internal", "peer")


def row_count(store: SqlStore) -> int:
    with store.database.read() as connection:
        return len(connection.execute(schema.listings.select()).all())


def departed(store: SqlStore, *listed: Listing, hours: int = 0) -> list[tuple[str, datetime | None]]:
    """Who has left by a roster that lists these at that hour, and when."""
    return [(each.key, each.until) for each in store.keep_listings(listed, NOON + hours * HOUR)]


def test_a_row_is_kept_only_when_something_has_changed(store: SqlStore) -> None:
    for hours in range(3):
        assert departed(store, LISTED, OTHER, hours=hours) == []
    assert row_count(store) == 2
    for hours in range(3, 6):
        assert departed(store, OTHER, hours=hours) == [(ENERGY, NOON + 3 * HOUR)], "the hour when it was first missed"
    assert row_count(store) == 3


@pytest.mark.parametrize(
    "change",
    [{"unit": "2"}, {"unit_name": "Office"}, {"handle": "EnergyGov"}, {"visibility": "internal"}, {"relation": "peer"}],
    ids=str,
)
def test_who_has_left_is_known_as_it_was_listed_last(store: SqlStore, change: dict[str, str]) -> None:
    changed = structs.replace(LISTED, **change)
    departed(store, LISTED)
    departed(store, changed, hours=1)
    assert store.keep_listings([], NOON + 2 * HOUR) == (structs.replace(changed, until=NOON + 2 * HOUR),)
    assert row_count(store) == 3


def test_who_comes_back_has_not_left_and_may_leave_again(store: SqlStore) -> None:
    departed(store, LISTED)
    departed(store, hours=1)
    assert departed(store, LISTED, hours=2) == []
    assert departed(store, hours=3) == [(ENERGY, NOON + 3 * HOUR)]


@pytest.mark.parametrize("lines", [("public", "internal"), ("internal", "public")])
def test_an_account_that_one_of_its_lines_calls_internal_is_internal(store: SqlStore, lines: tuple[str, str]) -> None:
    departed(store, *(structs.replace(LISTED, visibility=each, unit=each) for each in lines))
    (left,) = store.keep_listings([], NOON + HOUR)
    assert left.visibility == "internal"


def test_a_large_roster_is_kept_whole_and_told_by_key(store: SqlStore) -> None:
    many = [structs.replace(LISTED, key=f"twitter/a{number:04}") for number in range(1500)]
    departed(store, *reversed(many))
    assert [key for key, _ in departed(store, *many[::2], hours=1)] == [each.key for each in many[1::2]]
    assert row_count(store) == 2250
