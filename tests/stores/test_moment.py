"""Inside a moment, every answer is of that moment, whoever writes meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from headcount.errors import StoreError
from headcount.store.open import open_store
from headcount.store.reader import BEGINNING, Reader
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOUR, NOON, NOVEMBER, fill, keep, reading

COLUMNS = [(ENERGY, "followers")]
TOMORROW = NOON.date() + timedelta(days=1)

QUESTIONS: dict[str, Callable[[Reader], object]] = {
    "mark": lambda store: store.mark(),
    "changes": lambda store: store.changes(0),
    "spans": lambda store: store.spans(),
    "runs": lambda store: store.runs(),
    "latest": lambda store: list(store.latest(NOVEMBER[1])),
    "counts": lambda store: list(store.counts(ENERGY, *NOVEMBER)),
    "hours": lambda store: list(store.hours(None, *NOVEMBER)),
    "days": lambda store: list(store.days(None, NOON.date(), TOMORROW, UTC)),
    "wide": lambda store: list(store.wide("hourly", COLUMNS, BEGINNING)),
    "before": lambda store: store.before("hourly", COLUMNS, TOMORROW),
    "months": lambda store: store.months(),
    "fills": lambda store: list(store.fills(*NOVEMBER)),
    "newest": lambda store: list(store.newest(NOVEMBER[1])),
    "corrections": lambda store: list(store.corrections()),
}


@pytest.fixture
def writer(url: str, state: Path, store: SqlStore) -> Iterator[SqlStore]:
    """Another process's connection to the same store."""
    opened = open_store(url, state)
    yield opened
    opened.close()


def say_more(store: SqlStore, count: int = 8) -> None:
    """Change the answer to every question."""
    at = NOON + count * HOUR
    keep(store, fill(reading(count, at=at), at), fill(reading(count, key=f"vimeo/{count}", at=at), at))
    number = min(row.reading for row in store.fills(*NOVEMBER) if row.reading is not None)
    store.correct(number, count, why="a digit too many", who="jane", role="editor", at=at)


def answers(store: Reader) -> dict[str, object]:
    return {name: ask(store) for name, ask in QUESTIONS.items()}


def test_all_answers_are_of_one_moment(store: SqlStore, writer: SqlStore) -> None:
    keep(store, fill(reading(7)))
    with store.moment() as now:
        before = {}
        for number, (name, ask) in enumerate(QUESTIONS.items(), 1):
            before[name] = ask(now)
            say_more(writer, number % 11 + 1)
        assert answers(now) == before
    after = answers(store)
    assert [name for name, answer in before.items() if answer == after[name]] == [], "the control: all have changed"


def test_without_a_moment_every_answer_is_of_its_own(store: SqlStore, writer: SqlStore) -> None:
    """The control: what a moment is for."""
    keep(store, fill(reading(7)))
    mark = store.mark()
    say_more(writer)
    assert store.mark() > mark


def test_an_answer_that_is_read_half_goes_on_as_it_began(
    store: SqlStore, writer: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headcount.store.tiers.FETCH", 2)
    monkeypatch.setattr("headcount.store.wide.FETCH", 2)
    keep(store, *(fill(reading(number, at=NOON - number * HOUR), NOON - number * HOUR) for number in range(9)))
    with store.moment() as now:
        counts, rows = now.counts(ENERGY, *NOVEMBER), now.wide("hourly", COLUMNS)
        found = [next(counts).count, next(rows).counts[0]]
        say_more(writer)
        hours = now.hours(ENERGY, *NOVEMBER)
        found += [next(hours).count]
        assert found == [8, 8, 8]
        assert [each.count for each in counts] == list(range(7, -1, -1))
        assert [row.counts[0] for row in rows] == list(range(7, -1, -1))
        assert [each.count for each in hours] == list(range(7, -1, -1))


def test_who_leaves_an_answer_unread_does_not_hinder_writers(store: SqlStore, writer: SqlStore) -> None:
    keep(store, *(fill(reading(number, at=NOON - number * HOUR), NOON - number * HOUR) for number in range(9)))
    with store.moment() as now:
        next(now.fills(*NOVEMBER))
    say_more(store)
    say_more(writer, 9)
    assert len(list(store.counts(ENERGY, *NOVEMBER))) == 11


def test_moments_lie_within_one_another(store: SqlStore, writer: SqlStore) -> None:
    keep(store, fill(reading(7)))
    with store.moment() as outer, outer.moment() as inner:
        mark = outer.mark()
        say_more(writer)
        assert inner.mark() == outer.mark() == mark
        inner.close()
        assert outer.mark() == mark


def test_a_moment_that_is_over_answers_nothing(store: SqlStore) -> None:
    with store.moment() as now:
        assert now.mark() == 0
    with pytest.raises(Exception, match="closed"):
        now.mark()


def ask_nonsense(store: SqlStore) -> None:
    with store.moment() as now, now.database.read() as connection:  # type: ignore[attr-defined] # a test may look inside
        connection.exec_driver_sql("SELECT * FROM nowhere")


def test_a_fault_inside_is_told_in_plain_words(store: SqlStore) -> None:
    with pytest.raises(StoreError):
        ask_nonsense(store)
