"""Runs that are killed at any moment, and runs that overlap: nothing acknowledged is lost, nothing is kept twice."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import multiprocessing
import os
import random
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from headcount.clock import SteppedClock
from headcount.pipeline.collecting.collect import nobody
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.house import Premises
from headcount.pipeline.run import run
from headcount.settings import Settings
from headcount.store.open import open_store
from headcount.store.sql import SqlStore
from tests.system.installation import install

START = datetime(2026, 11, 20, 0, 1, tzinfo=UTC)
FORK = multiprocessing.get_context("fork")
MANY = pytest.mark.long
PAIRS = [20, pytest.param(100, marks=MANY)]
TO_BE_CAUGHT = 10
KILLS = [12, pytest.param(40, marks=MANY)]


def at_hour(settings: Settings, hour: int, jobs: tuple[str, ...], seconds: int = 0) -> int:
    """One `run`, as if it were so many hours and seconds after START; its exit status."""
    store = open_store(settings.store, settings.state)
    try:
        premises = Premises(settings, store, SteppedClock(START + timedelta(hours=hour, seconds=seconds)))
        return asyncio.run(run(premises, Wanted(jobs=jobs), nobody)).exit_status
    finally:
        store.close()


def begin(settings: Settings, hour: int, *jobs: str, seconds: int = 0) -> BaseProcess:
    process = FORK.Process(target=lambda: os._exit(at_hour(settings, hour, jobs, seconds)))
    process.start()
    return process


def readings(settings: Settings) -> set[tuple[Any, ...]]:
    """Every reading that the store has acknowledged."""
    return set(ask(settings, "select account, metric, source, taken_at, ordinal, count from readings"))


def fills(settings: Settings) -> list[tuple[Any, ...]]:
    return ask(settings, "select track, slot, attempt from fills")


def ask(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(settings.store.removeprefix("sqlite:///"))) as connection:
        return connection.execute(sql).fetchall()


def assert_whole(folder: Path) -> None:
    """Every published file can be read to its end; nothing that was written aside is taken for one."""
    for path in folder.rglob("*.csv"):
        text = path.read_bytes().decode()
        assert text.endswith("\r\n"), path
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        assert all(len(row) == len(header) for row in rows), path
    for path in folder.rglob("*.json"):
        json.loads(path.read_text())


@pytest.mark.parametrize("kills", KILLS)
def test_whenever_a_run_is_killed_the_next_one_loses_nothing_and_finishes_the_work(
    tmp_path: Path, demo: dict[str, Any], kills: int
) -> None:
    settings = install(tmp_path, demo)
    moments = random.Random(20261120)
    assert at_hour(settings, 0, ()) == 0
    unfinished = 0
    for hour in range(1, kills + 1):
        process = begin(settings, hour)
        process.join(moments.uniform(0, 0.25))
        if process.pid and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        unfinished += process.exitcode == -signal.SIGKILL
        acknowledged = readings(settings)
        assert_whole(tmp_path / "public")
        assert at_hour(settings, hour, ()) == 0
        assert acknowledged <= readings(settings)
    assert ask(settings, "pragma integrity_check") == [("ok",)]
    assert unfinished > kills / 2, "most runs were killed before their end, or this shows nothing"
    assert hours_in(tmp_path / "public/social_data.csv") == [
        START.replace(minute=0) + timedelta(hours=hour) for hour in range(kills + 1)
    ]


def hours_in(file: Path) -> list[datetime]:
    _, *rows = csv.reader(io.StringIO(file.read_text(), newline=""))
    assert all(row[1] and row[2] for row in rows)
    return [datetime.strptime(row[0], "%m/%d/%y %H:%M").replace(tzinfo=UTC) for row in rows]


@pytest.mark.parametrize("pairs", PAIRS)
@pytest.mark.parametrize(
    ("jobs", "expected", "why"),
    [
        (("hourly", "hourly"), 1, "one of the two does the work"),
        (("hourly", "org_chart"), 2, "each job has its own fills of one slot"),
    ],
)
def test_overlapping_runs_come_to_exactly_their_union(
    tmp_path: Path, demo: dict[str, Any], *, jobs: tuple[str, str], expected: int, why: str, pairs: int
) -> None:
    settings = install(tmp_path, demo, accounts=1)
    every = 24 if "org_chart" in jobs else 1
    for number in range(pairs):
        pair = [begin(settings, number * every, job, seconds=place) for place, job in enumerate(jobs)]
        for process in pair:
            process.join()
        assert {process.exitcode for process in pair} <= {0, 4}, why
    kept = fills(settings)
    assert len(kept) == len(set(kept))
    assert {attempt for _, _, attempt in kept} == {0}
    metrics = 5  # four platforms' followers, and Facebook's likes
    assert len(kept) == pairs * metrics * expected, why
    assert_whole(tmp_path / "public")
    assert len(hours_in(tmp_path / "public/social_data.csv")) == pairs


def test_without_its_lock_an_overlap_is_caught(
    tmp_path: Path, demo: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SqlStore, "lock", lambda store, name, wait=0.0: nullcontext())
    settings = install(tmp_path, demo, accounts=1)
    for number in range(TO_BE_CAUGHT):
        pair = [begin(settings, number, "hourly", seconds=place) for place in range(2)]
        for process in pair:
            process.join()
    assert {attempt for _, _, attempt in fills(settings)} != {0}


def test_a_run_of_a_job_that_is_under_way_exits_with_4(tmp_path: Path, demo: dict[str, Any]) -> None:
    settings = install(tmp_path, demo, accounts=1)
    store = open_store(settings.store, settings.state)
    with closing(store), store.lock("hourly"):
        assert at_status(lambda: at_hour(settings, 0, ("hourly",))) == 4
    assert at_status(lambda: at_hour(settings, 0, ("hourly",))) == 0


def at_status(what: Callable[[], int]) -> int:
    """The exit status of something done in another process."""
    process = FORK.Process(target=lambda: os._exit(what()))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode
