"""What is kept beside the readings: runs, rosters, allowances and deliveries."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from headcount.errors import Exhausted
from headcount.model import Bucket, Run, Tally
from headcount.store.open import open_store
from headcount.store.sql import SqlStore
from tests.stores.material import HOUR, MINUTE, NOON

TALLY = Tally(readings=3, held=1, misses={"hidden": 2}, requests=9, retries=1, seconds=1.5, micros=30)


def test_a_run_that_is_over_says_what_it_came_to(store: SqlStore) -> None:
    first = store.begin("hourly", NOON, NOON + MINUTE)
    second = store.begin("daily", NOON - HOUR, NOON + MINUTE)
    third = store.begin("hourly", NOON + HOUR, NOON + HOUR)
    store.finish(first.id, NOON + 2 * MINUTE, TALLY)
    over = Run(first.id, "hourly", NOON, NOON + MINUTE, NOON + 2 * MINUTE, TALLY)
    assert store.runs() == (third, second, over)
    assert store.runs("hourly") == (third, over)
    assert store.runs("hourly", limit=1) == (third,)
    assert store.runs("weekly") == ()


def test_a_roster_is_kept_when_it_changes(store: SqlStore) -> None:
    contents = [b"a", b"a", b"b", b"a"]
    assert [store.keep_roster("roster.csv", each, NOON) for each in contents] == [True, False, True, True]
    assert store.keep_roster("other.csv", b"a", NOON)


def test_a_roster_reads_back_as_it_stood_at_any_time(store: SqlStore) -> None:
    for content, hours in ((b"a", 0), (b"a", 1), (b"b", 2), (b"a", 4)):
        store.keep_roster("roster.csv", content, NOON + hours * HOUR)
    store.keep_roster("other.csv", b"z", NOON + 3 * HOUR)
    at = {hours: store.roster_at("roster.csv", NOON + hours * HOUR) for hours in (-1, 0, 1, 2, 3, 4, 99)}
    assert at == {-1: None, 0: b"a", 1: b"a", 2: b"b", 3: b"b", 4: b"a", 99: b"a"}
    assert store.roster_at("nothing.csv", NOON) is None
    assert [(kept.name, (kept.at - NOON) / HOUR) for kept in store.rosters()] == [
        ("roster.csv", 0), ("roster.csv", 2), ("roster.csv", 4), ("other.csv", 3),
    ]  # fmt: skip


def test_a_bucket_is_what_it_was_changed_to(store: SqlStore) -> None:
    seen = []

    def take(bucket: Bucket | None) -> Bucket:
        seen.append(bucket)
        return Bucket((bucket.tokens if bucket else 10.0) - 1, NOON, NOON + HOUR)

    assert [store.change_bucket("twitter", take).tokens for _ in range(2)] == [9.0, 8.0]
    assert store.change_bucket("youtube", take).tokens == 9.0
    assert seen == [None, Bucket(9.0, NOON, NOON + HOUR), None]


def test_a_change_that_fails_changes_nothing_and_says_so_itself(store: SqlStore) -> None:
    def refuse(_: Bucket | None) -> Bucket:
        raise Exhausted("nothing is left", NOON)

    with pytest.raises(Exhausted):
        store.change_bucket("twitter", refuse)
    assert store.change_bucket("twitter", lambda bucket: bucket or Bucket(1.0, NOON)).tokens == 1.0


def test_nobody_takes_what_another_takes(store: SqlStore, url: str, state: Path) -> None:
    others = [open_store(url, state) for _ in range(4)]

    def take(bucket: Bucket | None) -> Bucket:
        return Bucket((bucket.tokens if bucket else 0.0) + 1, NOON)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: others[number % 4].change_bucket("twitter", take), range(40)))
    assert store.change_bucket("twitter", take).tokens == 41.0
    for other in others:
        other.close()


def test_what_was_delivered_is_remembered_by_target(store: SqlStore) -> None:
    store.mark_published("web", {"a.csv": "1", "b.csv": "1"}, NOON)
    store.mark_published("web", {"a.csv": "1", "b.csv": "2", "c.csv": "1"}, NOON)
    store.mark_published("bucket", {"a.csv": "9"}, NOON)
    assert store.published("web") == {"a.csv": "1", "b.csv": "2", "c.csv": "1"}
    assert store.published("bucket") == {"a.csv": "9"}
    assert store.published("nowhere") == {}
    store.mark_published("web", {"b.csv": "2"}, NOON)
    assert store.published("web") == {"b.csv": "2"}
