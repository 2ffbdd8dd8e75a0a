"""What is appended: once, whole, and to the account that it is about."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import StatementError

from headcount.model import Count, Fill, Outcome
from headcount.store.open import open_store
from headcount.store.sql import SqlStore
from tests.stores.material import (
    ENERGY,
    HOLD,
    HOUR,
    MINUTE,
    NOON,
    NOVEMBER,
    REFUSE,
    fill,
    keep,
    miss,
    past_of,
    reading,
    shown,
)


def known(store: SqlStore) -> dict[str, tuple[tuple[str, ...], dict[str, str]]]:
    return {each.key: (each.handles, each.ids) for each in store.accounts()}


def counts(store: SqlStore) -> list[int | None]:
    return [row.count for row in store.fills(*NOVEMBER)]


def test_a_reading_comes_back_as_it_was_said(store: SqlStore) -> None:
    said = reading(Count(1_200_000, 100_000, "truncated"), at=NOON + MINUTE, source="page", handle="ENERGY")
    assert keep(store, fill(said)) == 1
    (row,) = store.fills(*NOVEMBER)
    assert (row.taken_at, row.slot, row.key, row.handle) == (NOON + MINUTE, NOON, ENERGY, "ENERGY")
    assert (row.count, row.granularity, row.source, row.status) == (1_200_000, 100_000, "page", "accepted")
    (past,) = past_of(store, ENERGY, "followers", NOON)
    assert past.count == Count(1_200_000, 100_000, "truncated")


def test_a_miss_comes_back_with_its_reason_and_never_as_a_count(store: SqlStore) -> None:
    keep(store, fill(miss("rate_limited")))
    (row,) = store.fills(*NOVEMBER)
    assert (row.status, row.reason, row.count, row.reading, row.handle) == (
        "missed",
        "rate_limited",
        None,
        None,
        "energy",
    )
    assert list(store.latest(NOON)) == []


@pytest.mark.parametrize("said", [reading(), miss()])
def test_an_outcome_said_again_adds_nothing(store: SqlStore, said: Outcome) -> None:
    assert [keep(store, fill(said)), keep(store, fill(said))] == [1, 0]
    assert len(counts(store)) == 1


def test_a_reading_fills_the_slots_of_several_jobs_and_is_kept_once(store: SqlStore) -> None:
    assert keep(store, fill(reading(), job="hourly"), fill(reading(), job="daily")) == 2
    rows = list(store.fills(*NOVEMBER))
    assert [row.job for row in rows] == ["daily", "hourly"]
    assert rows[0].reading == rows[1].reading


def test_each_further_outcome_of_a_slot_is_a_further_attempt(store: SqlStore) -> None:
    keep(store, fill(miss()), fill(reading(7)))
    keep(store, fill(reading(8, at=NOON + MINUTE)))
    assert counts(store) == [None, 7, 8]


def test_nothing_at_all_is_nothing_new(store: SqlStore) -> None:
    run = store.begin("hourly", NOON, NOON)
    assert store.append(run.id, []) == 0


def test_a_time_without_a_zone_is_refused_and_nothing_of_its_batch_is_kept(store: SqlStore) -> None:
    naive = datetime(2026, 11, 20, 12)  # noqa: DTZ001 - that is the fault
    with pytest.raises((StatementError, TypeError, ValueError)):
        keep(store, fill(reading(1)), fill(reading(2, key="twitter/other", at=naive)))
    assert counts(store) == []
    assert store.accounts() == ()


def test_a_good_reading_is_remembered_with_its_handle_and_ids(store: SqlStore) -> None:
    keep(store, fill(reading(handle="ENERGY", ids={"x": "1", "y": "2"})))
    assert known(store) == {ENERGY: (("ENERGY",), {"x": "1", "y": "2"})}


@pytest.mark.parametrize("verdict", [HOLD, REFUSE])
def test_a_doubtful_reading_pins_nothing(store: SqlStore, verdict: object) -> None:
    keep(store, Fill("hourly", NOON, reading(ids={"x": "1"}), verdict))  # type: ignore[arg-type] # one of two verdicts
    assert known(store)[ENERGY][1] == {}


def test_a_miss_makes_the_account_and_remembers_nothing_of_it(store: SqlStore) -> None:
    keep(store, fill(miss(ids={"x": "1"})))
    assert known(store) == {ENERGY: ((), {})}


def test_a_renamed_account_keeps_its_key(store: SqlStore) -> None:
    keep(store, fill(reading(10, handle="energy", ids={"x": "1"})))
    later = reading(11, key="twitter/energygov", at=NOON + HOUR, handle="energygov", ids={"x": "1"})
    keep(store, fill(later, NOON + HOUR))
    assert known(store) == {ENERGY: (("energy", "energygov"), {"x": "1"})}
    assert shown(store, NOON + HOUR) == {ENERGY: 11}


def test_a_handle_that_is_taken_up_again_is_the_newest(store: SqlStore) -> None:
    for hours, handle in enumerate(["a", "b", "a"]):
        keep(store, fill(reading(handle=handle, at=NOON + hours * HOUR), NOON + hours * HOUR))
    assert known(store)[ENERGY][0] == ("energy", "b", "a")


def test_a_key_whose_id_is_another_gets_a_number(store: SqlStore) -> None:
    for hours, id_ in enumerate(["1", "2", "3", "2", "1"]):
        keep(store, fill(reading(int(id_), ids={"x": id_}, at=NOON + hours * HOUR), NOON + hours * HOUR))
    assert {key: ids for key, (_, ids) in known(store).items()} == {
        ENERGY: {"x": "1"},
        "twitter/energy-2": {"x": "2"},
        "twitter/energy-3": {"x": "3"},
    }
    assert shown(store, NOON + 9 * HOUR) == {ENERGY: 1, "twitter/energy-2": 2, "twitter/energy-3": 3}


def test_an_id_means_an_account_only_within_its_platform_and_scheme(store: SqlStore) -> None:
    keep(
        store,
        fill(reading(key=ENERGY, ids={"x": "1"})),
        fill(reading(key="threads/energy", ids={"x": "1"})),
        fill(reading(key="twitter/other", ids={"y": "1"})),
    )
    assert {key: ids for key, (_, ids) in known(store).items()} == {
        "threads/energy": {"x": "1"},
        ENERGY: {"x": "1"},
        "twitter/other": {"y": "1"},
    }


def test_a_new_account_is_made_once_within_a_batch(store: SqlStore) -> None:
    keep(store, fill(miss()), fill(reading(1, ids={"x": "1"})), fill(reading(2, metric="likes", ids={"x": "1"})))
    assert list(known(store)) == [ENERGY]


def test_more_accounts_than_a_statement_has_room_for_are_kept_together(store: SqlStore) -> None:
    batch = [fill(reading(each, key=f"twitter/a{each}", ids={"x": str(each)})) for each in range(1_000)]
    assert [keep(store, *batch), keep(store, *batch)] == [1_000, 0]
    assert len(shown(store)) == 1_000


def test_writers_that_overlap_keep_exactly_the_union(store: SqlStore, url: str, state: Path) -> None:
    others = [open_store(url, state) for _ in range(4)]

    def write(which: int) -> int:
        """A batch of which every other fill is everybody's."""
        batch = [reading(each, key=f"twitter/a{each if each % 2 else each + 100 * which}") for each in range(10)]
        return sum(keep(others[which], fill(said)) for said in batch)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(write, range(4))) == 4 * 5 + 5
    assert len(counts(store)) == len(set(shown(store))) == 25
    for other in others:
        other.close()
