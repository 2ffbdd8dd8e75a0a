"""The report is sent by itself when its time has come: at least once, and no more than twice."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headcount.clock import SteppedClock
from headcount.pipeline.house import Premises
from headcount.pipeline.watching.digesting import send_if_due
from headcount.settings import load
from headcount.store.open import open_store
from headcount.watch.letter import Letter, Receipt

CONFIG = """
[organization]
name = "Department"
timezone = "America/New_York"
roster = "roster.csv"

[jobs.hourly]
every = "1h"

[watch]
notify = ["json://127.0.0.1:9/one"]
digest = "monday 08:00"
"""
EARLY = datetime(2026, 11, 16, 12, 59, tzinfo=UTC)
"""A minute before Monday, 08:00 in the organisation's zone."""
SENT, FAILED, DOUBTFUL = Receipt(True), Receipt(False, "refused"), Receipt(False, "no answer", doubtful=True)


class Killed(RuntimeError):
    """The process is gone."""


class Postman:
    """Takes letters, and gives the receipts that it was told to."""

    def __init__(self, *receipts: Receipt | None) -> None:
        self.letters: list[Letter] = []
        self._receipts = list(receipts)

    def __call__(self, letters: Sequence[Letter], seconds: float) -> tuple[Receipt, ...]:
        self.letters += letters
        receipt = self._receipts.pop(0)
        if receipt is None:
            raise Killed
        return (receipt,) * len(letters)


@pytest.fixture
def premises(tmp_path: Path) -> Iterator[Premises]:
    (tmp_path / "headcount.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("unit,unit_id,platform,account\nOne,1,twitter,dot\n", encoding="utf-8")
    settings = load(tmp_path / "headcount.toml", os.environ)
    store = open_store(settings.store, settings.state)
    yield Premises(settings, store, SteppedClock(EARLY + timedelta(minutes=1)))
    store.close()


def attempts(premises: Premises, *receipts: Receipt | None) -> int:
    """How many letters leave in so many runs."""
    postman = Postman(*receipts)
    for _ in receipts:
        try:
            send_if_due(premises, postman)
        except Killed:
            continue
    return len(postman.letters)


def test_it_waits_for_its_time(premises: Premises) -> None:
    early = Premises(premises.settings, premises.store, SteppedClock(EARLY))
    assert attempts(early, SENT) == 0
    assert attempts(premises, SENT) == 1


def test_it_has_text_html_and_pictures(premises: Premises) -> None:
    postman = Postman(SENT)
    send_if_due(premises, postman)
    (letter,) = postman.letters
    assert letter.title == "Department: the week of 9 to 15 November 2026"
    assert "None of the 1 account of Department was counted" in letter.text
    assert "cid:daily.png" in letter.html
    assert set(letter.pictures) == {"daily.png"}


@pytest.mark.parametrize(
    ("receipts", "letters"),
    [
        ((SENT, SENT, SENT), 1),
        ((FAILED, FAILED, FAILED, SENT, SENT), 4),
        ((None, SENT, SENT), 2),
        ((None, None, SENT), 2),
        ((DOUBTFUL, DOUBTFUL, SENT), 2),
        ((FAILED, None, SENT, SENT), 3),
    ],
    ids=["sent", "refused", "killed once", "killed twice", "never answered", "refused, then killed"],
)
def test_it_arrives_at_least_once_and_at_most_twice(
    premises: Premises, receipts: tuple[Receipt | None, ...], letters: int
) -> None:
    assert attempts(premises, *receipts) == letters


def test_another_week_is_another_report(premises: Premises) -> None:
    assert attempts(premises, SENT) == 1
    later = Premises(premises.settings, premises.store, SteppedClock(EARLY + timedelta(days=7, minutes=1)))
    assert attempts(later, SENT) == 1


def test_where_another_process_sends_it_it_is_left_to_that_one(premises: Premises) -> None:
    with premises.store.lock("digest"):
        assert attempts(premises, SENT) == 0
    assert attempts(premises, SENT) == 1
