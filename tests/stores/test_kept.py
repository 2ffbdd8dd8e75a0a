"""Replies that are kept beside the readings: by name, for a while, and only so many."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from headcount.store import kept
from headcount.store.open import open_store
from headcount.store.sql import SqlStore
from tests.stores.material import HOUR, NOON

BYTES = bytes(range(256))
WEEK = timedelta(days=7)


def test_what_is_kept_is_what_was_kept_last(store: SqlStore) -> None:
    assert store.kept("a") is None
    store.keep("a", b"old", NOON)
    store.keep("a", BYTES, NOON + HOUR)
    store.keep("b", b"", NOON)
    assert (store.kept("a"), store.kept("b"), store.kept("c")) == (BYTES, b"", None)
    assert isinstance(store.kept("a"), bytes)


def test_what_is_dropped_is_gone_and_nothing_else(store: SqlStore) -> None:
    store.keep("a", b"a", NOON)
    store.keep("b", b"b", NOON)
    store.drop("a")
    store.drop("c")
    assert (store.kept("a"), store.kept("b")) == (None, b"b")


def test_another_process_finds_it(store: SqlStore, url: str, state: Path) -> None:
    store.keep("a", BYTES, NOON)
    other = open_store(url, state)
    assert other.kept("a") == BYTES
    other.close()


def test_what_is_older_than_a_week_goes_when_something_new_comes(store: SqlStore) -> None:
    store.keep("old", b"", NOON - timedelta(microseconds=1))
    store.keep("older", b"", NOON)
    store.keep("new", b"", NOON + WEEK)
    assert (store.kept("old"), store.kept("older"), store.kept("new")) == (None, b"", b"")


def test_where_there_are_too_many_the_oldest_goes(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 3)
    for number in (5, 1, 2, 3, 4):
        store.keep(f"{number}", b"", NOON + number * HOUR)
    assert [name for name in "12345" if store.kept(name) is not None] == ["3", "4", "5"]
