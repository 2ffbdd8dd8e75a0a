"""What has changed since a mark: the least that publishing has to make anew, and everything where nobody can know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from headcount.errors import Mistake
from headcount.model import ACCEPTED, Account, Tally
from headcount.store import schema, touches
from headcount.store.database import Database
from headcount.store.nouns import Entered, Happening, Listing
from headcount.store.open import open_store
from headcount.store.reader import BEGINNING, Changes
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOLD, HOUR, MINUTE, NOON, NOVEMBER, fill, hour, imported, keep, miss, reading

DAY = timedelta(days=1)
TODAY = NOON.date()
OTHER = "youtube/energy"
EVERYTHING = None
Doing = Callable[[SqlStore], object]


def number(store: SqlStore) -> int:
    """The reading that was kept first."""
    return min(row.reading for row in store.fills(NOON - 999 * DAY, NOVEMBER[1]) if row.reading is not None)


def entered(count: int) -> Entered:
    at = NOON - 3 * DAY
    slots = (("hourly", at), ("daily", at.replace(hour=0)))
    return Entered(Account(ENERGY, "energy"), "followers", count, at, slots, "jane", at)


def correct(store: SqlStore) -> None:
    store.correct(number(store), 7, why="a digit too many", who="jane", role="editor", at=NOON)


def import_years(store: SqlStore) -> None:
    rows = [imported(day, NOON - day * DAY, key=key) for day in range(40) for key in (ENERGY, OTHER)]
    store.adopt("hourly", rows, hour)


def several(store: SqlStore) -> None:
    correct(store)
    keep(store, fill(miss(key=OTHER)))


def old(store: SqlStore) -> None:
    """What everybody has before the mark is taken."""
    keep(store, fill(reading(1, at=NOON - 30 * DAY), NOON - 30 * DAY))
    keep(store, fill(reading(2, at=NOON - 30 * DAY, key=OTHER), NOON - 30 * DAY), fill(reading(3)))


CHANGES: list[tuple[str, Doing, dict[str, date]]] = [
    ("nothing", lambda store: None, {}),
    ("a reading", lambda store: keep(store, fill(reading(4, at=NOON + HOUR), NOON + HOUR)), {ENERGY: TODAY}),
    ("a miss", lambda store: keep(store, fill(miss())), {ENERGY: TODAY}),
    ("a held reading", lambda store: keep(store, fill(reading(4, at=NOON + MINUTE), verdict=HOLD)), {ENERGY: TODAY}),
    ("the same reading again", lambda store: keep(store, fill(reading(3))), {}),
    ("a reading of one who was never counted", lambda store: keep(store, fill(reading(key="vimeo/new"))), {"vimeo/new": TODAY}),
    ("a reading that counts for a slot of yesterday", lambda store: keep(store, fill(reading(4), NOON - DAY)), {ENERGY: TODAY - DAY}),
    ("readings of several days", lambda store: keep(store, *(fill(reading(4, at=NOON - day * DAY), NOON - day * DAY) for day in (1, 3, 2))), {ENERGY: TODAY - 3 * DAY}),
    ("a correction of an old reading", correct, {ENERGY: TODAY - 30 * DAY}),
    ("a decision on an old reading", lambda store: store.decide(number(store), HOLD, "jane", NOON), {ENERGY: TODAY - 30 * DAY}),
    ("a count by hand", lambda store: store.enter([entered(7)]), {ENERGY: TODAY - 3 * DAY}),
    ("an import", import_years, {ENERGY: TODAY - 39 * DAY, OTHER: TODAY - 39 * DAY}),
    ("several things, one after the other", several, {ENERGY: TODAY - 30 * DAY, OTHER: TODAY}),
]  # fmt: skip


@pytest.mark.parametrize(("doing", "first"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_what_has_changed_since_a_mark(store: SqlStore, doing: Doing, first: dict[str, date]) -> None:
    old(store)
    before = store.mark()
    doing(store)
    assert store.changes(before) == Changes(store.mark(), first)
    assert store.changes(store.mark()) == Changes(store.mark(), {})
    assert (store.mark() > before) == bool(first)


WITHOUT_A_TRACE: list[tuple[str, Doing]] = [
    ("a run", lambda store: store.finish(store.begin("hourly", NOON, NOON).id, NOON, Tally())),
    ("a roster", lambda store: store.keep_roster("a.csv", b"", NOON)),
    ("a listing", lambda store: store.keep_listings([Listing(ENERGY, "1", "Energy", "energy", "public", "own")], NOON)),
    ("what became of an account", lambda store: store.note(Account(ENERGY, "energy"), Happening("archive", NOON, "jane"), NOON)),
    ("a kept reply", lambda store: store.keep("reply", b"", NOON)),
    ("a delivery", lambda store: store.mark_published("web", {"a.csv": "1"}, NOON)),
    ("a question", lambda store: (list(store.newest(NOON)), list(store.corrections()), store.spans(), store.months())),
]  # fmt: skip


@pytest.mark.parametrize("doing", [row[1] for row in WITHOUT_A_TRACE], ids=[row[0] for row in WITHOUT_A_TRACE])
def test_what_is_about_no_fill_leaves_the_mark_as_it_was(store: SqlStore, doing: Doing) -> None:
    old(store)
    before = store.mark()
    doing(store)
    assert store.mark() == before


def test_what_is_refused_leaves_the_mark_as_it_was(store: SqlStore) -> None:
    store.enter([entered(7)])
    before = store.mark()
    with pytest.raises(Mistake):
        store.enter([entered(8)])
    assert store.mark() == before


def test_the_mark_grows_with_every_change(store: SqlStore) -> None:
    marks = [store.mark()]
    for doing in (
        old,
        correct,
        import_years,
        lambda it: it.decide(number(it), ACCEPTED, "jane", NOON),
        SqlStore.rebuild,
    ):
        doing(store)
        marks.append(store.mark())
    assert sorted(set(marks)) == marks


def test_an_import_of_many_days_is_one_touch_an_account(store: SqlStore) -> None:
    import_years(store)
    with store.database.read() as connection:
        assert len(connection.execute(schema.touches.select()).all()) == 2


def test_whoever_has_no_mark_is_told_everything(store: SqlStore) -> None:
    assert store.changes(0).first is EVERYTHING
    old(store)
    assert store.changes(0) == Changes(store.mark(), EVERYTHING)


def test_after_rebuilding_everything_may_have_changed_once(store: SqlStore) -> None:
    old(store)
    marks = [store.mark()]
    store.rebuild()
    marks.append(store.mark())
    store.rebuild()
    assert [store.changes(mark).first for mark in marks] == [EVERYTHING, EVERYTHING]
    assert store.changes(store.mark()).first == {}
    correct(store)
    assert store.changes(marks[-1]).first is EVERYTHING


def test_rebuilding_an_empty_store_is_no_fault(store: SqlStore) -> None:
    store.rebuild()
    assert store.changes(0) == Changes(0, EVERYTHING)


def test_a_mark_that_is_older_than_what_is_kept_or_newer_than_the_newest_is_told_everything(store: SqlStore) -> None:
    old(store)
    before, newest = store.mark() - 3, store.mark()
    assert store.changes(before).first == {ENERGY: TODAY - 30 * DAY, OTHER: TODAY - 30 * DAY}
    assert [store.changes(mark).first for mark in (before - 1, newest + 1, -1)] == [EVERYTHING] * 3


def test_a_mark_of_a_store_that_was_begun_anew_is_told_everything(store: SqlStore, tmp_path: Path) -> None:
    old(store)
    another = open_store(f"sqlite:///{tmp_path}/another.db", tmp_path)
    for day in range(20):
        keep(another, fill(reading(day, at=NOON - day * DAY), NOON - day * DAY))
    assert another.changes(store.mark()).first is EVERYTHING
    assert store.changes(another.mark()).first is EVERYTHING
    another.close()


def test_only_the_newest_touches_are_kept(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(touches, "KEPT", 5)
    marks = []
    for step in range(12):
        keep(store, fill(reading(step, at=NOON + step * DAY), NOON + step * DAY))
        marks.append(store.mark())
    with store.database.read() as connection:
        assert [row.id for row in connection.execute(schema.touches.select())] == marks[-5:]
    known = [store.changes(mark).first is not EVERYTHING for mark in marks]
    assert known == [False] * 6 + [True] * 6
    assert store.changes(marks[6]).first == {ENERGY: TODAY + 7 * DAY}


def test_in_a_store_of_before_there_were_marks_everything_may_have_changed(empty_url: str, state: Path) -> None:
    """As version 0004 left it: fills, and no table of touches."""
    store = open_store(empty_url, state)
    old(store)
    store.close()
    database = Database(empty_url)
    with database.write() as connection:
        for made_since in ("sendings", "events", "deliveries", "attendances", "touches"):
            connection.execute(text(f"DROP TABLE {made_since}"))
        connection.execute(schema.version.update().values(version_num="0004"))
    database.close()
    store = open_store(empty_url, state)
    mark = store.mark()
    assert store.changes(mark).first is EVERYTHING
    keep(store, fill(reading(4, at=NOON + HOUR), NOON + HOUR))
    assert store.changes(mark).first is EVERYTHING
    assert store.changes(store.mark()).first == {}
    store.close()


ASKED: list[tuple[Changes, str | None, date | None]] = [
    (Changes(1), None, BEGINNING),
    (Changes(1), ENERGY, BEGINNING),
    (Changes(1, {}), None, None),
    (Changes(1, {}), ENERGY, None),
    (Changes(1, {ENERGY: TODAY, OTHER: TODAY - DAY}), None, TODAY - DAY),
    (Changes(1, {ENERGY: TODAY, OTHER: TODAY - DAY}), ENERGY, TODAY),
    (Changes(1, {OTHER: TODAY}), ENERGY, None),
]


@pytest.mark.parametrize(("changes", "key", "day"), ASKED)
def test_changes_know_the_first_day_of_one_and_of_all(changes: Changes, key: str | None, day: date | None) -> None:
    assert changes.since(key) == day
