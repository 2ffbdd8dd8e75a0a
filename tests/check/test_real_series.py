"""The rules over the first user's own hourly counts: nothing is said of what was true, and everything spoilt is held."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random

import pytest

from headcount.check.case import CLOSE, HOUR, Case
from headcount.check.judge import quarantine, weigh
from headcount.model import Count, Past
from tests.check.spoiling import ALWAYS, SOMETIMES

WARM = 24
COLUMNS = ("DOEtwitter", "DOEinstagram", "DOEyoutube", "SECtwitter")
PATIENCE = {"DOEtwitter": 3, "DOEinstagram": 6, "DOEyoutube": 14, "SECtwitter": 3}
"""Hours without a move after which each is said to be stuck."""


@pytest.fixture(params=COLUMNS)
def column(request: pytest.FixtureRequest) -> str:
    assert isinstance(request.param, str)
    return request.param


@pytest.fixture
def history(doe: Path, column: str) -> list[Past]:
    return list(_read(doe / "social_data.csv", column))


def _read(path: Path, column: str) -> Iterator[Past]:
    """Its hourly counts; rows that were added minutes apart, while it was being set up, are none."""
    before = datetime.min.replace(tzinfo=UTC)
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        at = datetime.strptime(row["type"], "%m/%d/%y %H:%M").replace(tzinfo=UTC)
        if at - before >= CLOSE and row[column]:
            before = at
            yield Past(at, Count(int(row[column].replace(",", ""))), "page")


def test_nothing_is_said_of_what_was_true(history: list[Past]) -> None:
    assert len(history) > 90
    verdicts = [weigh(Case(history[:place], history[place])) for place in range(len(history))]
    assert [verdict for verdict in verdicts if verdict.rule] == []


def test_every_wrong_number_is_held(history: list[Past]) -> None:
    random = Random(5)
    for place in range(WARM, len(history)):
        for fault, spoil in (ALWAYS | SOMETIMES).items():
            wrong = Past(history[place].at, Count(spoil(random, history[place].count.value)), "page")
            assert quarantine(Case(history[:place], wrong)).decision == "hold", fault


def test_it_is_stuck_after_so_many_hours(history: list[Past], column: str) -> None:
    while history[-1].count == history[-2].count:
        history.pop()
    assert next(hours for hours in count(1) if _goes_on(history, hours) == "stuck") == PATIENCE[column]


def _goes_on(history: list[Past], hours: int) -> str:
    """What is said of the newest reading, after so many hours that say the same."""
    still = [Past(history[-1].at + hour * HOUR, history[-1].count, "page") for hour in range(1, hours + 1)]
    return weigh(Case([*history, *still[:-1]], still[-1])).rule
