"""A person decides about a whole platform's counts at once: a word or a count each, and nothing is left behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from headcount.clock import SteppedClock
from headcount.errors import Mistake
from headcount.model import EPOCH, Count
from headcount.pipeline.by_hand.reviewing import Backlog, backlog
from headcount.pipeline.by_hand.ruling import Came, Ruling, readings_named, rule_on
from headcount.pipeline.house import Premises
from headcount.settings import load
from headcount.store.sql import SqlStore
from tests.stores.material import HOLD, HOUR, NOON, NOVEMBER, fill, keep, reading

LEVEL, SWEPT, HOURS = 100_000, 50_000, 4
KEYS = ("twitter/energy", "twitter/lab", "youtube/energy")
CONFIG = '[organization]\nname = "Tests"\nroster = "roster.csv"\n[jobs.hourly]\nevery = "1h"\n'
Decision = Literal["accept", "refuse"]


@pytest.fixture
def swept(store: SqlStore, tmp_path: Path) -> Premises:
    """Three accounts that were counted once, and then fell; an hourly count each is held, four hours long."""
    for hour in range(HOURS + 1):
        slot, verdict = NOON + hour * HOUR, HOLD if hour else None
        count = SWEPT + hour if hour else LEVEL
        keep(store, *(fill(reading(count, key=key, at=slot), slot, verdict=verdict) for key in KEYS))
    (tmp_path / "headcount.toml").write_text(CONFIG)
    return Premises(load(tmp_path / "headcount.toml", {}), store, SteppedClock(NOON + 5 * HOUR))


def numbers(premises: Premises, key: str) -> list[int]:
    """The held readings of an account, the oldest first."""
    return [row.reading for row in premises.store.awaiting() if row.key == key and row.reading is not None]


def decide(premises: Premises, decision: Decision, *readings: int, why: str = "they left") -> list[Came]:
    return rule_on(premises, [Ruling(decision, readings, "jane", why)])


def states(premises: Premises, key: str) -> list[str]:
    return [row.fate or row.status for row in premises.store.fills(*NOVEMBER) if row.key == key]


def test_what_agrees_with_an_accepted_count_is_accepted_with_it(swept: Premises) -> None:
    (_, second, *_) = numbers(swept, KEYS[0])
    assert decide(swept, "accept", second) == [Came("accept", KEYS[0], (Count(SWEPT + 2),), HOURS - 1)]
    assert states(swept, KEYS[0]) == ["accepted", *["reviewed"] * HOURS]
    assert states(swept, KEYS[1]) == ["accepted", *["held"] * HOURS]
    said = {(each.rule, each.detail, each.who) for each in swept.store.remarks(EPOCH) if each.decision == "accept"}
    assert said == {("review", "they left", "jane")}


def test_one_count_of_each_account_leaves_nothing_behind(swept: Premises) -> None:
    assert backlog(swept.store) == Backlog(HOURS * len(KEYS), len(KEYS))
    came = decide(swept, "accept", *(numbers(swept, key)[-1] for key in KEYS))
    assert [(each.account, each.likewise) for each in came] == [(key, HOURS - 1) for key in KEYS]
    assert backlog(swept.store) == Backlog(0, 0)


def test_what_does_not_agree_is_left_alone_and_so_is_what_lies_beyond(swept: Premises) -> None:
    first, _, third, _ = numbers(swept, KEYS[0])
    swept.store.correct(third, 7, why="misread", who="jane", role="", at=NOON + 5 * HOUR)
    assert [each.likewise for each in decide(swept, "accept", first)] == [1]
    assert states(swept, KEYS[0]) == ["accepted", "reviewed", "reviewed", "held", "held"]


def test_a_refusal_is_of_what_it_names(swept: Premises) -> None:
    first, *others = numbers(swept, KEYS[0])
    assert decide(swept, "refuse", first) == [Came("refuse", KEYS[0], (Count(SWEPT + 1),))]
    assert numbers(swept, KEYS[0]) == others


def test_what_is_refused_in_the_same_breath_is_not_accepted(swept: Premises) -> None:
    first, second, *_ = numbers(swept, KEYS[0])
    came = rule_on(swept, [Ruling("accept", (first,), "jane"), Ruling("refuse", (second,), "jane", "a spike")])
    assert [each.likewise for each in came] == [HOURS - 2, 0]
    decided = [row.status for row in swept.store.fills(*NOVEMBER) if row.key == KEYS[0]]
    assert decided == ["accepted", "accepted", "refused", "accepted", "accepted"]


def test_what_its_source_had_taken_back_in_the_same_run_is_refused_by_the_rules(
    store: SqlStore, swept: Premises
) -> None:
    slot = NOON + 5 * HOUR
    answers = [fill(reading(count, at=slot + seconds), slot, verdict=HOLD) for count, seconds in TWICE]
    keep(store, *answers)
    assert [each.likewise for each in decide(swept, "accept", numbers(swept, KEYS[0])[0])] == [HOURS]
    (row,) = [row for row in swept.store.fills(*NOVEMBER) if row.count == TWICE[0][0]]
    assert (row.status, row.fate) == ("refused", "asked_again")
    assert numbers(swept, KEYS[0]) == []


TWICE = [(404, timedelta(0)), (SWEPT + 5, timedelta(seconds=30))]

MEANT: list[tuple[str, list[str], int]] = [
    ("an account", ["twitter/lab"], HOURS),
    ("a platform", ["twitter"], 2 * HOURS),
    ("an account and a platform", ["twitter/lab", "youtube"], 2 * HOURS),
]


@pytest.mark.parametrize("decision", ["accept", "refuse"])
@pytest.mark.parametrize(("words", "meant"), [row[1:] for row in MEANT], ids=[row[0] for row in MEANT])
def test_a_word_means_all_that_await_review_there(
    swept: Premises, words: list[str], meant: int, decision: Decision
) -> None:
    came = decide(swept, decision, *readings_named(swept, words))
    assert [(len(each.counts), each.likewise) for each in came] == [(HOURS, 0)] * (meant // HOURS)
    assert backlog(swept.store).counts == HOURS * len(KEYS) - meant


@pytest.mark.parametrize("words", [["energy"], ["mastodon"], ["twitter", "twitter/nobody"], [""], ["twit"]])
def test_a_word_that_nobody_knows_is_a_sentence(swept: Premises, words: Sequence[str]) -> None:
    with pytest.raises(Mistake, match=f"^'{words[-1]}' is no number of a reading, and no account or platform") as said:
        readings_named(swept, words)
    assert "\n" not in str(said.value)
