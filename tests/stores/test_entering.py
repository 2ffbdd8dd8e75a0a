"""Counts that people enter: beside what the platforms said, marked, and never instead of an exact one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from headcount.errors import Mistake
from headcount.model import Account, Count
from headcount.store.nouns import Entered
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOLD, HOUR, MINUTE, NOON, fill, keep, miss, past_of, reading, shown


def entered(count: int, at: datetime = NOON + MINUTE, *, granularity: int = 1, anew: bool = False) -> Entered:
    slot = at.replace(minute=0)
    return Entered(
        Account(ENERGY, "energy"), "followers", count, at, (("hourly", slot), ("daily", NOON.replace(hour=0))),
        "jane", NOON + 9 * HOUR, "read off", granularity, anew, "counts.csv, line 2",
    )  # fmt: skip


def wide(store: SqlStore) -> list[tuple[datetime, int | None]]:
    return [(row.at, row.counts[0]) for row in store.wide("hourly", [(ENERGY, "followers")])]


def newest(store: SqlStore) -> int | None:
    (row,) = store.newest(NOON + 9 * HOUR)
    return row.count


def test_a_count_by_hand_fills_the_slots_of_several_jobs_is_kept_once_and_says_what_it_is(store: SqlStore) -> None:
    assert store.enter([entered(7)]) == 2
    rows = list(store.month("2026-11"))
    assert [(row.job, row.count, row.source, row.status, row.run) for row in rows] == [
        ("daily", 7, "manual", "accepted", None),
        ("hourly", 7, "manual", "accepted", None),
    ]
    assert rows[0].reading == rows[1].reading
    assert wide(store) == [(NOON, 7)], "in the row of its slot, not in one of its own"


def test_who_entered_it_and_why_is_kept(store: SqlStore) -> None:
    store.enter([entered(7)])
    with store.database.engine.connect() as connection:
        (said,) = connection.exec_driver_sql("SELECT decision, rule, detail, who FROM decisions").all()
    assert tuple(said) == ("accept", "manual", "read off", "jane")


def test_the_same_count_entered_again_adds_nothing(store: SqlStore) -> None:
    assert [store.enter([entered(7)]), store.enter([entered(7)]), store.enter([entered(7, anew=True)])] == [2, 0, 0]


def test_another_count_of_the_same_moment_contradicts_and_nothing_of_its_table_is_kept(store: SqlStore) -> None:
    store.enter([entered(7)])
    with pytest.raises(Mistake, match=r"counts.csv, line 2: twitter/energy followers, 2026-11-20 12:01 UTC: 7, not 8"):
        store.enter([entered(9, NOON + HOUR), entered(8)])
    assert wide(store) == [(NOON, 7)]


def test_a_count_that_is_entered_anew_stands_instead_and_the_first_is_kept(store: SqlStore) -> None:
    for count in (7, 8, 7):
        store.enter([entered(count, anew=True)])
        assert shown(store, NOON + HOUR) == {ENERGY: count}
    assert [row.count for row in store.month("2026-11") if row.job == "hourly"] == [7, 8, 7]


@pytest.mark.parametrize("first", ["platform", "person"])
def test_an_exact_count_of_the_platform_is_shown_whoever_came_first(store: SqlStore, first: str) -> None:
    doings: list[Callable[[], int]] = [lambda: keep(store, fill(reading(1000))), lambda: store.enter([entered(7)])]
    first_and_then = doings if first == "platform" else doings[::-1]
    assert [do() for do in first_and_then] in ([1, 2], [2, 1])
    assert wide(store) == [(NOON, 1000)]
    assert newest(store) == 1000
    assert next(store.latest(NOON + HOUR)).count == 1000


def test_a_rounded_count_of_the_platform_gives_way_to_an_exact_one_by_hand(store: SqlStore) -> None:
    keep(store, fill(reading(Count(1_200_000, 100_000, "rounded"))))
    store.enter([entered(1_234_567)])
    assert (wide(store), newest(store)) == ([(NOON, 1_234_567)], 1_234_567)


@pytest.mark.parametrize("gap", ["missed", "held"])
def test_where_the_platform_gave_none_the_count_by_hand_is_shown(store: SqlStore, gap: str) -> None:
    keep(store, fill(miss()) if gap == "missed" else fill(reading(1), verdict=HOLD))
    store.enter([entered(7)])
    assert (wide(store), newest(store), shown(store, NOON + HOUR)) == ([(NOON, 7)], 7, {ENERGY: 7})


def test_a_rounded_count_by_hand_says_how_finely_it_is_known(store: SqlStore) -> None:
    store.enter([entered(1_200_000, granularity=100_000)])
    assert {row.granularity for row in store.month("2026-11")} == {100_000}


def test_live_readings_are_not_judged_by_what_people_entered(store: SqlStore) -> None:
    store.enter([entered(7)])
    assert past_of(store, ENERGY, "followers", NOON - HOUR) == ()


def test_the_account_keeps_the_key_that_it_was_entered_under(store: SqlStore) -> None:
    store.enter([entered(7)])
    keep(store, fill(reading(8, at=NOON + HOUR, ids={"x": "1"}), NOON + HOUR))
    (known,) = store.accounts()
    assert (known.key, known.handles, known.ids) == (ENERGY, ("energy",), {"x": "1"})


def test_a_count_by_hand_does_not_keep_the_platform_from_being_asked(store: SqlStore) -> None:
    store.enter([entered(7)])
    assert store.filled("hourly", NOON) == frozenset()
    keep(store, fill(reading(8)))
    assert store.filled("hourly", NOON) == {ENERGY}


def test_entering_nothing_is_nothing(store: SqlStore) -> None:
    assert store.enter([]) == 0
