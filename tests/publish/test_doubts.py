"""A count that was in doubt says in `readings/` how that was settled, and nothing of what is withheld."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pyarrow.parquet as pq
import pytest

from headcount.check.rules import AGREE
from headcount.model import Verdict
from headcount.pipeline.by_hand.ruling import RULE as REVIEWED
from headcount.publish.fields import SETTLED
from headcount.publish.outputs.parquet import parquet
from headcount.publish.outputs.readings import readings
from headcount.store.reader import FATES
from tests.publish.newsroom import HOUR, NOON, Newsroom

KEY, MONTH = "twitter/dot", "readings/2026-11.csv"
LEVEL, PURGED, WRONG = 100_000, 80_000, 404

Told = tuple[str, str, str]
"""Count, status and reason of a row."""

PLAIN: Told = (str(LEVEL), "accepted", "")
HELD: Told = ("", "held", "")


@pytest.fixture
def newsroom(newsroom: Newsroom) -> Newsroom:
    """After two hours in which nothing was the matter."""
    for hours in (10, 9):
        newsroom.hear(KEY, LEVEL, NOON - hours * HOUR)
    return newsroom


def told(newsroom: Newsroom, name: str = MONTH) -> list[Told]:
    newsroom.publish(NOON + HOUR, readings, parquet)
    return [(row["count"], row["status"], row["reason"]) for row in newsroom.rows(name)]


def number(newsroom: Newsroom, heads: int) -> int:
    (found,) = {row.reading for row in newsroom.store.fills(NOON - 12 * HOUR, NOON + HOUR) if row.count == heads}
    return found or 0


def test_three_that_agree_release_one_another_and_say_so_in_the_next_edition(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    for hours in range(8, 8 - AGREE + 1, -1):
        newsroom.hear(KEY, PURGED - hours, NOON - hours * HOUR)
    assert told(newsroom) == [PLAIN, PLAIN, HELD, HELD]
    newsroom.hear(KEY, PURGED, NOON - 6 * HOUR)
    newsroom.hear(KEY, PURGED + 10, NOON - 5 * HOUR)
    released = [(str(count), "accepted", "three_agree") for count in (PURGED - 8, PURGED - 7, PURGED)]
    expected = [PLAIN, PLAIN, *released, (str(PURGED + 10), "accepted", "")]
    assert told(newsroom) == expected
    anew = newsroom.anew(tmp_path / "anew")
    assert told(anew) == expected
    assert {name: newsroom.bytes(name) for name in newsroom.press.files} == {
        name: anew.bytes(name) for name in anew.press.files
    }


def test_the_newest_rows_and_the_columns_say_so_too(newsroom: Newsroom) -> None:
    for hours in (8, 7, 6):
        newsroom.hear(KEY, PURGED, NOON - hours * HOUR)
    assert told(newsroom, "readings/latest.csv") == [(str(PURGED), "accepted", "three_agree")]
    place = newsroom.press.place(newsroom.press.files["parquet/year=2026/month=11/readings.parquet"])
    assert pq.ParquetFile(place).read().column("reason").to_pylist() == [None] * 2 + ["three_agree"] * 3


def test_what_its_source_takes_back_or_says_again_is_refused_by_that_word(newsroom: Newsroom) -> None:
    newsroom.hear(KEY, WRONG, NOON - 8 * HOUR)
    newsroom.hear(KEY, LEVEL, NOON - 8 * HOUR, minutes=1.5)
    newsroom.hear(KEY, PURGED, NOON - 7 * HOUR)
    newsroom.hear(KEY, PURGED, NOON - 7 * HOUR, minutes=1.5)
    assert told(newsroom)[2:] == [("", "refused", "asked_again"), PLAIN, ("", "refused", "said_again"), HELD]
    newsroom.hear(KEY, LEVEL, NOON - 6 * HOUR)
    assert told(newsroom)[-2:] == [("", "refused", "contradicted"), PLAIN]


@pytest.mark.parametrize(
    ("decision", "row"), [("accept", (str(WRONG), "accepted", "reviewed")), ("refuse", ("", "refused", "reviewed"))]
)
def test_what_a_person_decides_is_called_reviewed_and_names_nobody(
    newsroom: Newsroom, decision: Literal["accept", "refuse"], row: Told
) -> None:
    newsroom.hear(KEY, WRONG, NOON - 8 * HOUR)
    assert told(newsroom)[2:] == [HELD]
    verdict = Verdict(decision, REVIEWED, "canary words")
    newsroom.store.decide(number(newsroom, WRONG), verdict, "canary-staff", NOON)
    assert told(newsroom)[2:] == [row]
    assert all(b"canary" not in newsroom.bytes(name) for name in newsroom.press.files)


def test_what_a_person_takes_back_is_called_withdrawn(newsroom: Newsroom) -> None:
    newsroom.hear(KEY, LEVEL + 1, NOON - 8 * HOUR)
    newsroom.store.correct(number(newsroom, LEVEL + 1), None, why="a test", who="jane", role="editor", at=NOON)
    assert told(newsroom)[2:] == [("", "refused", "withdrawn")]


@pytest.mark.parametrize("heads", [0, WRONG, PURGED, 10 * LEVEL])
def test_of_a_count_that_is_held_nothing_is_told_not_even_which_rule_holds_it(newsroom: Newsroom, heads: int) -> None:
    newsroom.hear(KEY, heads, NOON - 8 * HOUR)
    assert told(newsroom)[2:] == [HELD]


def test_every_word_is_explained_and_no_other() -> None:
    assert set(SETTLED) == FATES
