"""What is shown of a slot, of a series and of a month: the rules of readings, fills and slots."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event

from headcount.errors import Mistake
from headcount.model import ACCEPTED, Count, Fill, Verdict
from headcount.store.open import open_store
from headcount.store.reader import Shown, WideRow
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
    hour,
    imported,
    keep,
    miss,
    past_of,
    reading,
    shown,
)

LATER = NOON + MINUTE
ROUNDED = Count(1_000, 100, "rounded")

SLOTS: list[tuple[str, list[Fill], int | None]] = [
    ("an accepted reading is shown", [fill(reading(7))], 7),
    ("a miss shows nothing", [fill(miss())], None),
    ("a held reading is not shown", [fill(reading(7), verdict=HOLD)], None),
    ("a refused reading is not shown", [fill(reading(7), verdict=REFUSE)], None),
    ("nought is a count", [fill(reading(0))], 0),
    ("the newest attempt is shown", [fill(reading(7)), fill(reading(8, at=LATER))], 8),
    ("a later miss hides nothing", [fill(reading(7)), fill(miss(at=LATER))], 7),
    ("the finest is shown, though older", [fill(reading(7)), fill(reading(ROUNDED, at=LATER))], 7),
    ("the finest is shown, though newer", [fill(reading(ROUNDED)), fill(reading(7, at=LATER))], 7),
    ("a held one is passed over, though finer", [fill(reading(ROUNDED)), fill(reading(7, at=LATER), verdict=HOLD)], 1_000),
    ("the newest slot is shown", [fill(reading(7)), fill(reading(8, at=NOON - HOUR), NOON - HOUR)], 7),
    ("a slot without a count shows the one before", [fill(miss()), fill(reading(8, at=NOON - HOUR), NOON - HOUR)], 8),
    ("the newest slot of any job is shown", [fill(reading(7), job="daily"), fill(reading(8, at=NOON - HOUR), NOON - HOUR)], 7),
    ("a coarse new slot comes before a fine old one", [fill(reading(ROUNDED)), fill(reading(8, at=NOON - HOUR), NOON - HOUR)], 1_000),
    ("a slot that has not begun is not shown", [fill(reading(7, at=NOON + HOUR), NOON + HOUR)], None),
]  # fmt: skip


@pytest.mark.parametrize(("fills", "expected"), [row[1:] for row in SLOTS], ids=[row[0] for row in SLOTS])
def test_latest(store: SqlStore, fills: list[Fill], expected: int | None) -> None:
    keep(store, *fills)
    assert shown(store).get(ENERGY) == expected


def test_latest_says_where_a_count_comes_from(store: SqlStore) -> None:
    keep(store, fill(reading(ROUNDED, source="page", at=LATER, metric="likes")))
    assert list(store.latest(NOON)) == [Shown(ENERGY, "likes", 1_000, 100, "page", LATER)]


ATTEMPTS = st.lists(
    st.tuples(
        st.integers(0, 2),  # slot
        st.sampled_from(["hourly", "daily"]),
        st.sampled_from([None, 1, 100]),  # granularity; None: a miss
        st.sampled_from([ACCEPTED, HOLD, REFUSE]),
    ),
    max_size=8,
)
EXAMPLES = count(1)
Said = tuple[int, str, int | None, Verdict]


def rank(said: list[Said], number: int) -> tuple[int, int, int]:
    """How good an attempt is to show: of a new slot, fine, new."""
    slot, job, granularity, _ = said[number]
    attempt = sum(each[:2] == (slot, job) for each in said[:number])
    return slot, -(granularity or 0), attempt


def told(said: list[Said], key: str) -> list[Fill]:
    """Fills whose count is their number."""
    fills = []
    for number, (slot, job, granularity, verdict) in enumerate(said):
        at = NOON + number * MINUTE
        outcome = reading(Count(number, granularity), key=key, at=at) if granularity else miss(key=key, at=at)
        fills.append(fill(outcome, NOON + slot * HOUR, job, verdict if granularity else None))
    return fills


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=ATTEMPTS)
def test_latest_follows_its_rule_whatever_was_said(store: SqlStore, said: list[Said]) -> None:
    key = f"twitter/a{next(EXAMPLES)}"
    if fills := told(said, key):
        keep(store, *fills)
    public = [number for number, each in enumerate(said) if each[2] and each[3] is ACCEPTED]
    found = shown(store, NOON + 9 * HOUR).get(key)
    assert (found is None) == (not public)
    if found is not None:
        assert rank(said, found) == max(rank(said, number) for number in public)


COLUMNS = [(ENERGY, "followers")]
QUESTIONS: dict[str, Callable[[SqlStore], object]] = {
    "latest": lambda store: list(store.latest(NOON)),
    "newest": lambda store: list(store.newest(NOON)),
    "fills": lambda store: list(store.fills(*NOVEMBER)),
    "spans": lambda store: store.spans(),
    "before": lambda store: store.before("hourly", COLUMNS, NOON.date()),
    "wide": lambda store: list(store.wide("hourly", COLUMNS, NOON.date())),
    "counts": lambda store: list(store.counts(ENERGY, *NOVEMBER)),
    "hours": lambda store: list(store.hours(ENERGY, *NOVEMBER)),
    "days": lambda store: list(store.days(ENERGY, NOON.date(), NOON.date(), ZoneInfo("America/New_York"))),
    "hours of all": lambda store: list(store.hours(None, *NOVEMBER)),
    "days of all": lambda store: list(store.days(None, NOON.date(), NOON.date(), UTC)),
    "changes": lambda store: store.changes(store.mark() - 1),
}
SCANS = tuple(f"SCAN {table}" for table in ("fills", "filled", "readings", "said", "misses", "touches"))
"""Steps that read a whole table which grows; what a step calls it may be a name of the statement's own."""


def plan(folder: Path, ask: Callable[[SqlStore], object]) -> list[str]:
    """The steps in which SQLite, without statistics, answers a question to a store that has one reading."""
    store = open_store(f"sqlite:///{folder}/plan.db", folder)
    keep(store, fill(reading(1, at=NOON), NOON))
    steps: list[str] = []

    def explain(connection: Connection, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            steps.extend(row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))  # type: ignore[arg-type] # as SQLite takes them

    event.listen(store.database.engine, "before_cursor_execute", explain)
    ask(store)
    store.close()
    return steps


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_no_question_reads_every_fill_or_reading(tmp_path: Path, ask: Callable[[SqlStore], object]) -> None:
    """What it asks for is found through the index."""
    steps = plan(tmp_path, ask)
    assert any(step.startswith("SEARCH") for step in steps)
    assert [step for step in steps if step.startswith(SCANS)] == []


@pytest.mark.parametrize("question", ["SELECT count FROM readings", "SELECT filled.attempt FROM fills AS filled"])
def test_a_question_that_reads_all_would_be_seen(tmp_path: Path, question: str) -> None:
    """The control."""

    def ask(store: SqlStore) -> object:
        with store.database.read() as connection:
            return connection.exec_driver_sql(question).all()

    assert any(step.startswith(SCANS) for step in plan(tmp_path, ask))


NEWEST: list[tuple[str, list[Fill], tuple[str, int | None]]] = [
    ("a reading", [fill(reading(7))], ("accepted", 7)),
    ("a miss", [fill(reading(7, at=NOON - HOUR), NOON - HOUR), fill(miss())], ("missed", None)),
    ("a reading before a later miss", [fill(reading(7)), fill(miss(at=LATER))], ("accepted", 7)),
    ("a held reading before an earlier miss", [fill(miss()), fill(reading(7, at=LATER), verdict=HOLD)], ("held", 7)),
    ("the finest", [fill(reading(7)), fill(reading(ROUNDED, at=LATER))], ("accepted", 7)),
]


@pytest.mark.parametrize(("fills", "expected"), [row[1:] for row in NEWEST], ids=[row[0] for row in NEWEST])
def test_the_newest_slot_shows(store: SqlStore, fills: list[Fill], expected: tuple[str, int | None]) -> None:
    keep(store, *fills, fill(reading(5, key="twitter/other")))
    rows = {row.key: (row.status, row.count) for row in store.newest(NOON)}
    assert rows == {ENERGY: expected, "twitter/other": ("accepted", 5)}


DONE: list[tuple[str, list[Fill], bool]] = [
    ("a reading", [fill(reading())], True),
    ("a held reading", [fill(reading(), verdict=HOLD)], True),
    ("a final miss", [fill(miss("not_found", final=True))], True),
    ("a reading after a miss", [fill(miss()), fill(reading(at=LATER))], True),
    ("a miss", [fill(miss())], False),
    ("a refused reading", [fill(reading(), verdict=REFUSE)], False),
    ("a reading of another metric", [fill(reading(metric="likes"))], False),
    ("a reading of another slot", [fill(reading(), NOON - HOUR)], False),
    ("a reading of another job", [fill(reading(), job="daily")], False),
]


@pytest.mark.parametrize(("fills", "done"), [row[1:] for row in DONE], ids=[row[0] for row in DONE])
def test_a_slot_is_done_by(store: SqlStore, fills: list[Fill], done: bool) -> None:
    keep(store, *fills)
    assert store.filled("hourly", NOON) == ({ENERGY} if done else set())


def test_however_many_are_held_the_last_accepted_ones_are_in_the_past(store: SqlStore) -> None:
    keep(store, *(fill(reading(10 + number, at=NOON + number * MINUTE)) for number in range(3)))
    keep(store, *(fill(reading(99, at=NOON + HOUR + number * MINUTE), verdict=HOLD) for number in range(5)))
    past = past_of(store, ENERGY, "followers", NOON - HOUR, newest=2)
    assert [(each.count.value, each.held) for each in past] == [(11, False), (12, False), *[(99, True)] * 5]


def test_the_past_is_live_readings_oldest_first_with_held_ones_marked(store: SqlStore) -> None:
    store.adopt("hourly", [imported(1, NOON - HOUR)], hour)
    keep(store, fill(reading(4, at=NOON + 2 * MINUTE)), fill(reading(3, at=LATER), verdict=HOLD))
    keep(store, fill(reading(2)), fill(reading(9, at=NOON + 3 * MINUTE), verdict=REFUSE), fill(miss()))
    keep(store, fill(reading(8, metric="likes")), fill(reading(8, key="twitter/other")))
    past = past_of(store, ENERGY, "followers", NOON - HOUR)
    assert [(each.count.value, each.held) for each in past] == [(2, False), (3, True), (4, False)]
    assert len(past_of(store, ENERGY, "followers", LATER)) == 2
    assert past_of(store, "twitter/nobody", "followers", NOON) == ()
    assert past_of(store, ENERGY, "nothing", NOON) == ()


def test_a_wide_table_has_a_row_a_slot_and_each_imported_row_with_its_own_stamp(store: SqlStore) -> None:
    other = "youtube/energy"
    stamp = NOON - HOUR + 12 * MINUTE
    store.adopt("hourly", [imported(5, stamp), imported(6, stamp, 1), imported(7, stamp, 1, other)], hour)
    keep(store, fill(reading(8, at=LATER)), fill(reading(ROUNDED, key=other, at=LATER)))
    keep(store, fill(miss(at=NOON + HOUR), NOON + HOUR), fill(reading(9, key=other, at=NOON + HOUR), NOON + HOUR))
    keep(store, fill(reading(99), job="daily"))
    columns = [(ENERGY, "followers"), ("twitter/nobody", "followers"), (other, "followers")]
    assert list(store.wide("hourly", columns)) == [
        WideRow(stamp, (5, None, None), NOON.date()),
        WideRow(stamp, (6, None, 7), NOON.date()),
        WideRow(NOON, (8, None, 1_000), NOON.date()),
        WideRow(NOON + HOUR, (None, None, 9), NOON.date()),
    ]
    assert list(store.wide("weekly", columns)) == []


def test_a_month_has_its_slots_in_order_and_no_other(store: SqlStore) -> None:
    first, last = NOON.replace(day=1, hour=0), NOON.replace(day=30, hour=23)
    for slot in (last, first, first - HOUR, last + HOUR):
        keep(store, *(fill(reading(1, key=f"twitter/{name}", at=slot), slot) for name in "bBa"))
    assert [(row.slot, row.key) for row in store.fills(*NOVEMBER)] == [
        (slot, f"twitter/{name}") for slot in (first, last) for name in "Bab"
    ]
    assert [month for month, _ in store.months()] == ["2026-10", "2026-11", "2026-12"]


def number_of(store: SqlStore) -> int:
    (row,) = store.fills(*NOVEMBER)
    assert row.reading is not None
    return row.reading


def test_a_held_reading_waits_until_somebody_decides(store: SqlStore) -> None:
    keep(store, fill(reading(7), verdict=HOLD))
    assert [row.count for row in store.awaiting()] == [7]
    for verdict, status, visible in [(ACCEPTED, "accepted", {ENERGY: 7}), (REFUSE, "refused", {}), (HOLD, "held", {})]:
        store.decide(number_of(store), verdict, "jane", LATER)
        assert [row.status for row in store.fills(*NOVEMBER)] == [status]
        assert shown(store) == visible
        assert [row.status for row in store.awaiting()] == (["held"] if verdict is HOLD else [])


def test_the_newest_correction_is_shown_everywhere(store: SqlStore) -> None:
    keep(store, fill(reading(70)))
    for count_ in (7, None, 8):
        store.correct(number_of(store), count_, why="a digit too many", who="jane", role="editor", at=LATER)
        visible = [] if count_ is None else [count_]
        assert list(shown(store).values()) == visible
        assert [row.counts[0] for row in store.wide("hourly", [(ENERGY, "followers")])] == visible
        assert [each.count.value for each in past_of(store, ENERGY, "followers", NOON)] == visible
        assert [row.count for row in store.fills(*NOVEMBER) if row.status == "accepted"] == visible


@pytest.mark.parametrize("count_", [-1, 10**13])
def test_a_correction_is_a_number_of_people(store: SqlStore, count_: int) -> None:
    keep(store, fill(reading(70)))
    with pytest.raises(Mistake, match="not a number of people"):
        store.correct(number_of(store), count_, why="", who="jane", role="editor", at=LATER)


def test_nothing_can_be_said_of_a_reading_that_is_not_there(store: SqlStore) -> None:
    with pytest.raises(Mistake, match="no reading 7"):
        store.decide(7, ACCEPTED, "jane", LATER)
    with pytest.raises(Mistake, match="no reading 7"):
        store.correct(7, 1, why="", who="jane", role="editor", at=LATER)


def test_a_months_number_grows_whenever_it_changes_and_only_then(store: SqlStore) -> None:
    numbers = []

    def note() -> None:
        numbers.append(dict(store.months()).get("2026-11", 0))

    note()
    keep(store, fill(reading(70), verdict=HOLD))
    note()
    store.decide(number_of(store), ACCEPTED, "jane", LATER)
    note()
    store.correct(number_of(store), 7, why="", who="jane", role="editor", at=LATER)
    note()
    assert sorted(set(numbers)) == numbers
    keep(store, fill(reading(70)), fill(reading(1, at=NOON + 30 * 24 * HOUR), NOON + 30 * 24 * HOUR))
    assert dict(store.months())["2026-11"] == numbers[-1]


def test_what_is_derived_can_be_made_anew(store: SqlStore) -> None:
    keep(store, fill(reading()), fill(reading(at=NOON - 60 * 24 * HOUR), NOON - 60 * 24 * HOUR))
    before = store.months()
    with store.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM months")
    assert store.months() == ()
    store.rebuild()
    assert [month for month, _ in store.months()] == [month for month, _ in before]
    store.rebuild()
    assert all(new > old for (_, new), (_, old) in zip(store.months(), before, strict=True))
