"""Counts that people enter: beside what the platforms said, marked, and never instead of an exact one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from headcount.errors import Mistake
from headcount.model import Account, Count, Past
from headcount.store.nouns import Beside, Entered
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOLD, HOUR, MINUTE, NOON, NOVEMBER, fill, keep, miss, past_of, reading, shown


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
    rows = list(store.fills(*NOVEMBER))
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


def test_the_same_number_known_less_finely_is_another_count(store: SqlStore) -> None:
    store.enter([entered(1_200)])
    with pytest.raises(Mistake, match="it contradicts what was entered before"):
        store.enter([entered(1_200, granularity=100)])
    assert store.enter([entered(1_200, granularity=100, anew=True)]) == 2
    assert [row.granularity for row in store.fills(*NOVEMBER) if row.job == "hourly"] == [1, 100]


def test_a_count_that_is_entered_anew_stands_instead_and_the_first_is_kept(store: SqlStore) -> None:
    for count in (7, 8, 7):
        store.enter([entered(count, anew=True)])
        assert shown(store, NOON + HOUR) == {ENERGY: count}
    assert [row.count for row in store.fills(*NOVEMBER) if row.job == "hourly"] == [7, 8, 7]


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


@pytest.mark.parametrize("first", ["platform", "person"])
@pytest.mark.parametrize(
    ("count", "granularity", "is_shown"),
    [
        (1_299_999, 1, True),
        (1_300_000, 1, False),
        (1_100_001, 1, True),
        (1_100_000, 1, False),
        (0, 1, False),
        (99_000, 1_000, False),
        (1_250_000, 10_000, True),
        (1_310_000, 10_000, False),
    ],
)
def test_a_finer_count_by_hand_is_shown_only_where_it_agrees_with_the_rounded_one(
    store: SqlStore, first: str, count: int, granularity: int, is_shown: bool
) -> None:
    rounded = Count(1_200_000, 100_000, "rounded")
    doings: list[Callable[[], int]] = [
        lambda: keep(store, fill(reading(rounded))),
        lambda: store.enter([entered(count, granularity=granularity)]),
    ]
    for do in doings if first == "platform" else doings[::-1]:
        do()
    expected = count if is_shown else rounded.value
    assert (wide(store), newest(store)) == ([(NOON, expected)], expected)
    assert {each.slot: each.count for each in store.fills(*NOVEMBER) if each.source == "manual"} != {}, "it is kept"


def test_nor_is_it_shown_by_another_job_whose_slot_begins_at_the_same_time(store: SqlStore) -> None:
    midnight = NOON.replace(hour=0)
    keep(store, fill(reading(Count(1_200_000, 100_000), at=midnight), midnight))
    for minutes, (count, is_shown) in enumerate(((7, False), (1_234_567, True))):
        store.enter([entered(count, midnight + minutes * MINUTE)])
        assert shown(store, NOON) == {ENERGY: count if is_shown else 1_200_000}
        assert newest(store) == (count if is_shown else 1_200_000)


def test_a_count_by_hand_agrees_with_the_platforms_as_it_was_corrected(store: SqlStore) -> None:
    keep(store, fill(reading(Count(1_200_000, 100_000, "rounded"))))
    store.enter([entered(2_345_678)])
    assert wide(store) == [(NOON, 1_200_000)]
    (number,) = {row.reading for row in store.fills(*NOVEMBER) if row.source == "api"}
    assert number is not None
    store.correct(number, 2_300_000, why="misread", who="jane", role="editor", at=NOON + HOUR)
    assert (wide(store), newest(store)) == ([(NOON, 2_345_678)], 2_345_678)


def test_a_rounded_count_that_is_held_back_contradicts_nobody(store: SqlStore) -> None:
    keep(store, fill(reading(Count(1_200_000, 100_000, "rounded")), verdict=HOLD))
    store.enter([entered(7)])
    assert (wide(store), newest(store)) == ([(NOON, 7)], 7)


def test_what_a_count_has_to_agree_with_is_the_slots_counts_and_the_newest_before(store: SqlStore) -> None:
    keep(store, fill(reading(900, at=NOON - 2 * HOUR), NOON - 2 * HOUR))
    keep(store, fill(reading(950, at=NOON - HOUR), NOON - HOUR), fill(reading(5, metric="likes")))
    keep(store, fill(reading(1), verdict=HOLD))
    keep(store, fill(reading(Count(1_000, 100), at=NOON + 5 * MINUTE)))
    (beside,) = store.beside([entered(1_020)])
    assert (beside.before, [[past.count.value for past in slot] for slot in beside.slots]) == (
        Past(NOON - HOUR, Count(950), "api"),
        [[1_000], []],
    )
    store.enter([entered(1_020)])
    (beside,) = store.beside([entered(1_020)])
    assert [[past.count.value for past in slot] for slot in beside.slots] == [[1_020, 1_000], [1_020]]


def test_beside_an_account_that_nobody_knows_there_is_nothing(store: SqlStore) -> None:
    assert store.beside([entered(7)]) == (Beside(None, ((), ())),)


@pytest.mark.parametrize("gap", ["missed", "held"])
def test_where_the_platform_gave_none_the_count_by_hand_is_shown(store: SqlStore, gap: str) -> None:
    keep(store, fill(miss()) if gap == "missed" else fill(reading(1), verdict=HOLD))
    store.enter([entered(7)])
    assert (wide(store), newest(store), shown(store, NOON + HOUR)) == ([(NOON, 7)], 7, {ENERGY: 7})


def test_a_rounded_count_by_hand_says_how_finely_it_is_known(store: SqlStore) -> None:
    store.enter([entered(1_200_000, granularity=100_000)])
    assert {row.granularity for row in store.fills(*NOVEMBER)} == {100_000}


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
