"""Imported readings take their places row for row, once."""

from __future__ import annotations

import csv
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from headcount.cadence import Cadence
from headcount.errors import Mistake
from headcount.store.contract import Imported
from headcount.store.history import read_history
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOUR, MINUTE, NOON, NOVEMBER, fill, hour, imported, keep, reading, shown


def wide(store: SqlStore) -> list[int | None]:
    return [row.counts[0] for row in store.wide("hourly", [(ENERGY, "followers")])]


def test_rows_of_one_stamp_are_all_kept_and_a_second_import_adds_nothing(store: SqlStore) -> None:
    rows = [imported(7), imported(7, ordinal=1), imported(8, ordinal=2), imported(6, NOON - HOUR)]
    assert [store.adopt("hourly", rows, hour), store.adopt("hourly", rows, hour)] == [4, 0]
    assert wide(store) == [6, 7, 7, 8]
    assert shown(store) == {ENERGY: 8}


def test_a_longer_file_adds_what_is_new(store: SqlStore) -> None:
    rows = [imported(each, NOON - each * MINUTE) for each in range(9)]
    assert [store.adopt("hourly", rows[3:6], hour), store.adopt("hourly", rows, hour)] == [3, 6]
    assert wide(store) == list(range(8, -1, -1))


def test_another_number_in_the_same_place_is_refused_with_all_that_came_with_it(store: SqlStore) -> None:
    store.adopt("hourly", [imported(7)], hour)
    with pytest.raises(Mistake, match=r"twitter/energy followers, 2026-11-20 12:00 UTC, row 1: 7, not 8"):
        store.adopt("hourly", [imported(8), imported(9, NOON + MINUTE)], hour)
    assert wide(store) == [7]


def test_many_contradictions_are_counted_and_some_named(store: SqlStore) -> None:
    store.adopt("hourly", [imported(7, NOON + each * MINUTE) for each in range(30)], hour)
    with pytest.raises(Mistake, match=r"\.\.\. and 10 more$"):
        store.adopt("hourly", [imported(8, NOON + each * MINUTE) for each in range(30)], hour)


def test_imported_readings_are_of_an_account_that_is_known_or_made(store: SqlStore) -> None:
    keep(store, fill(reading(9, at=NOON + HOUR, ids={"x": "1"}), NOON + HOUR))
    store.adopt("hourly", [imported(7), imported(8, key="storify/energy")], hour)
    assert {each.key: each.ids for each in store.accounts()} == {ENERGY: {"x": "1"}, "storify/energy": {}}
    assert shown(store, NOON) == {ENERGY: 7, "storify/energy": 8}
    assert wide(store) == [7, 9]


def test_a_coarse_count_of_an_archive_says_so(store: SqlStore) -> None:
    store.adopt("hourly", [Imported(ENERGY, "followers", 12_000, NOON, 0, "archive", 1_000)], hour)
    (row,) = store.fills(*NOVEMBER)
    assert (row.source, row.granularity, row.run, row.handle) == ("archive", 1_000, None, "")


def test_the_first_users_history_comes_over_row_for_row(store: SqlStore, doe: Path) -> None:
    content = (doe / "social_data.csv").read_bytes()
    header, *lines = csv.reader(content.decode("utf-8-sig").splitlines())
    columns = {name: (f"x/{name.lower()}", "followers") for name in header[1:]}
    history = read_history(content, columns, "social_data.csv")
    assert (history.row_count, len(history.rows), history.faults) == (100, 400, ())
    assert [store.adopt("hourly", history.rows, hour) for _ in range(2)] == [400, 0]
    written = list(store.wide("hourly", list(columns.values())))
    assert [f"{row.at:%-m/%-d/%y %-H:%M}" for row in written] == [line[0] for line in lines]
    assert [row.counts for row in written] == [
        tuple(int(cell.replace(",", "")) if cell else None for cell in line[1:]) for line in lines
    ]


def test_an_hour_that_the_clocks_repeat_or_skip_is_two_slots_or_none(store: SqlStore) -> None:
    """Hours are counted in UTC: the night of the change has as many slots as hours that passed."""
    cadence = Cadence("1h", ZoneInfo("America/New_York"))
    night = NOON.replace(month=11, day=1, hour=0)
    rows = [imported(each, night + each * HOUR) for each in range(24)]
    assert store.adopt("hourly", rows, cadence.slot) == 24
    assert len({row.slot for row in store.fills(*NOVEMBER)}) == 24
