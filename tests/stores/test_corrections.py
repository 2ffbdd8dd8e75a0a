"""Corrections as the public may know them: what, when, why and in which role; never whose hand, nor a count that is hidden."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec import structs

from headcount.model import ACCEPTED, Verdict
from headcount.store.reader import Correction
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOLD, HOUR, NOON, NOVEMBER, REFUSE, fill, keep, reading

CANARY = "canary.jane@example.gov"


def number_of(store: SqlStore, key: str = ENERGY) -> int:
    (number,) = {row.reading for row in store.fills(*NOVEMBER) if row.key == key}
    return number or 0


def correct(store: SqlStore, count: int | None, at: datetime = NOON, key: str = ENERGY) -> None:
    store.correct(number_of(store, key), count, why="a digit too many", who=CANARY, role="editor", at=at)


def told(store: SqlStore) -> list[tuple[int | None, int | None]]:
    return [(each.before, each.after) for each in store.corrections()]


def test_a_correction_says_what_it_was_and_is_when_why_and_in_which_role(store: SqlStore) -> None:
    assert list(store.corrections()) == []
    keep(store, fill(reading(70, metric="likes", source="page")))
    correct(store, 7, NOON + HOUR)
    assert list(store.corrections()) == [
        Correction(NOON + HOUR, ENERGY, "likes", NOON, "page", 70, 7, "a digit too many", "editor")
    ]


def test_corrections_of_one_reading_follow_one_another_and_others_stand_between(store: SqlStore) -> None:
    keep(store, fill(reading(70)), fill(reading(50, key="vimeo/energy")))
    correct(store, 7, NOON + 2 * HOUR)
    correct(store, 5, key="vimeo/energy")
    correct(store, None)
    correct(store, 8)
    assert told(store) == [(70, 7), (50, 5), (7, None), (None, 8)]


FATES: list[tuple[str, list[Verdict], bool]] = [
    ("an accepted one", [ACCEPTED], True),
    ("a held one", [HOLD], False),
    ("a refused one", [REFUSE], False),
    ("one that was held and is accepted", [HOLD, ACCEPTED], True),
    ("one that was accepted and is held", [ACCEPTED, HOLD], False),
]


@pytest.mark.parametrize(("verdicts", "public"), [row[1:] for row in FATES], ids=[row[0] for row in FATES])
def test_the_counts_of_a_reading_are_shown_while_it_is_public(
    store: SqlStore, verdicts: list[Verdict], public: bool
) -> None:
    keep(store, fill(reading(70), verdict=verdicts[0]))
    correct(store, 7)
    for verdict in verdicts[1:]:
        store.decide(number_of(store), verdict, CANARY, NOON)
    assert told(store) == [(70, 7) if public else (None, None)]


def test_who_made_a_correction_is_nowhere(store: SqlStore) -> None:
    keep(store, fill(reading(70)))
    correct(store, 7)
    store.decide(number_of(store), ACCEPTED, CANARY, NOON)
    (each,) = store.corrections()
    assert "who" not in structs.asdict(each)
    rows = [*store.fills(*NOVEMBER), *store.counts(None, *NOVEMBER), *store.latest(NOON)]
    assert CANARY not in repr([each, *rows])
    with store.database.read() as connection:
        assert connection.exec_driver_sql("SELECT who FROM corrections").scalar() == CANARY, "the control: it is kept"
