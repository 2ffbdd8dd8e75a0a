"""A process that is killed in the middle leaves all of a batch, or nothing of it."""

from __future__ import annotations

import os
import signal
from itertools import count
from pathlib import Path

from sqlalchemy import event

from headcount.clock import SteppedClock
from headcount.store.open import open_store
from headcount.store.sql import SqlStore
from tests.stores.material import HOLD, HOUR, NOON, NOVEMBER, fill, hour, imported, keep, miss, reading


def batch(number: int) -> list[object]:
    slot = NOON + number * HOUR
    return [
        fill(reading(number, key=f"twitter/new{number}", ids={"x": f"{number}"}, at=slot), slot),
        fill(reading(number, at=slot), slot, verdict=HOLD),
        fill(miss(key="twitter/other", at=slot), slot),
    ]


def killed_before_statement(number: int, url: str, state: Path, run: int) -> bool:
    """Whether a child that appends a batch was killed before its n-th statement; else it has finished."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    left = count(number, -1)

    def die_in_time(*_: object) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    store = open_store(url, state, SteppedClock(NOON))
    event.listen(store.database.engine, "before_cursor_execute", die_in_time)
    event.listen(store.database.engine, "commit", die_in_time)
    store.append(run, batch(number))  # type: ignore[arg-type] # the rows are fills
    os._exit(0)


def test_a_batch_is_whole_or_not_there_wherever_its_writer_is_killed(url: str, state: Path) -> None:
    with_run = open_store(url, state)
    run = with_run.begin("hourly", NOON, NOON).id
    with_run.close()
    points = 0
    while killed_before_statement(points, url, state, run):
        points += 1
    assert points > 10, "the control: a child that is never killed would pass any test"
    store = open_store(url, state)
    assert {row.slot for row in store.fills(*NOVEMBER)} == {NOON + points * HOUR}
    assert {each.key for each in store.accounts()} == {"twitter/energy", f"twitter/new{points}", "twitter/other"}
    assert [store.append(run, batch(number)) for number in range(points + 1)] == [3] * points + [0]  # type: ignore[arg-type] # the rows are fills
    store.close()


def test_an_import_is_whole_or_not_there(store: SqlStore) -> None:
    rows = [imported(each, NOON - each * HOUR) for each in range(50)]

    def fails_late(at: object) -> object:
        if at == NOON:
            raise KeyboardInterrupt
        return hour(at)  # type: ignore[arg-type] # a datetime

    try:
        store.adopt("hourly", rows, fails_late)  # type: ignore[arg-type] # as above
    except KeyboardInterrupt:
        assert store.months() == ()
    assert store.adopt("hourly", rows, hour) == 50
    assert keep(store, fill(reading())) == 1
