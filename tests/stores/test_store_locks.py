"""A lock is held by one, and by nobody who is dead."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from headcount.clock import SteppedClock
from headcount.errors import Locked
from headcount.store.open import open_store
from headcount.store.sql import SqlStore
from tests.stores.material import NOON


def forked(work: Callable[[], None]) -> int:
    """The id of a child that does `work` and ends without tidying up."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def test_a_lock_is_held_by_one_and_free_afterwards(store: SqlStore, url: str, state: Path) -> None:
    other = open_store(url, state)
    with store.lock("hourly"), other.lock("daily"):
        with pytest.raises(Locked) as refused, other.lock("hourly"):
            pytest.fail("held twice")
        assert str(refused.value) == (
            f"hourly is locked by process {os.getpid()} since 2026-11-20 12:00:00 UTC; whoever holds it does the work"
        )
        assert refused.value.exit_status == 4
    with other.lock("hourly"):
        pass
    other.close()


def test_a_fault_inside_frees_the_lock_and_stays_what_it_is(store: SqlStore) -> None:
    with pytest.raises(FileNotFoundError), store.lock("hourly"):
        raise FileNotFoundError("of somebody else")
    with store.lock("hourly"):
        pass


@pytest.mark.parametrize("name", ["../../etc", "a b", "naïve/ü", "x" * 60])
def test_a_lock_may_have_any_name(store: SqlStore, state: Path, name: str) -> None:
    with store.lock(name), pytest.raises(Locked), store.lock(name):
        pytest.fail("held twice")
    assert all(path.parent == state / "locks" for path in state.rglob("*.lock"))


def test_a_holder_who_is_killed_holds_nothing(store: SqlStore, url: str, state: Path) -> None:
    ready, tell = os.pipe()

    def hold_for_ever() -> None:
        with open_store(url, state, SteppedClock(NOON)).lock("hourly"):
            os.write(tell, b"held")
            signal.pause()

    child = forked(hold_for_ever)
    assert os.read(ready, 4) == b"held"
    with pytest.raises(Locked, match=f"process {child} since"), store.lock("hourly"):
        pytest.fail("held twice")
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with store.lock("hourly", wait=30.0):
        pass
    os.close(ready)
    os.close(tell)


def test_who_waits_gets_the_lock_when_it_is_free(store: SqlStore, url: str, state: Path) -> None:
    held, tell = os.pipe()
    go, let_go = os.pipe()

    def hold_until_told() -> None:
        with open_store(url, state).lock("hourly"):
            os.write(tell, b"held")
            os.read(go, 2)

    child = forked(hold_until_told)
    assert os.read(held, 4) == b"held"
    with pytest.raises(Locked), store.lock("hourly", wait=0.1):
        pytest.fail("held twice")
    os.write(let_go, b"go")
    with store.lock("hourly", wait=30.0):
        pass
    os.waitpid(child, 0)
    for end in (held, tell, go, let_go):
        os.close(end)
