"""What the rules decide about a reading is kept beside it: also where it is accepted and there is something to tell."""

from __future__ import annotations

import pytest

from headcount.model import ACCEPTED, EPOCH, Verdict
from headcount.pipeline.by_hand.ruling import RULE as REVIEWED
from headcount.pipeline.rereading.filing import RULE as REREAD
from headcount.store.reader import FATES, Fate
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOLD, HOUR, NOON, NOVEMBER, REFUSE, fill, keep, miss, past_of, reading, shown

MOVED = Verdict("accept", "moved", "+900 in an hour")


@pytest.mark.parametrize("verdict", [MOVED, HOLD, REFUSE])
def test_a_verdict_with_a_rule_is_kept_with_its_words(store: SqlStore, verdict: Verdict) -> None:
    keep(store, fill(reading(), verdict=verdict))
    (remark,) = store.remarks(EPOCH)
    assert (remark.decision, remark.rule, remark.detail) == (verdict.decision, verdict.rule, verdict.detail)
    assert (remark.key, remark.count, remark.who, remark.at, remark.stands) == (ENERGY, 1000, "check", NOON, True)


@pytest.mark.parametrize("verdict", [ACCEPTED, None])
def test_of_most_readings_there_is_nothing_to_say(store: SqlStore, verdict: Verdict | None) -> None:
    keep(store, fill(reading(), verdict=verdict))
    assert store.remarks(EPOCH) == ()


PASSED_THREE = Verdict("accept", "three_agree", "-20,000 in an hour")
SAID_OTHERWISE = Verdict("refuse", "contradicted", "404, and 100,005")

SETTLED: list[tuple[str, list[Verdict], Fate | None]] = [
    ("accepted at once", [ACCEPTED], None),
    ("accepted, and noticed", [MOVED], None),
    ("held", [HOLD], None),
    ("the third of three that agree", [PASSED_THREE], "three_agree"),
    ("held, and released by the third", [HOLD, PASSED_THREE], "three_agree"),
    ("released, and held once more", [HOLD, PASSED_THREE, HOLD], None),
    ("held, and refused", [HOLD, SAID_OTHERWISE], "contradicted"),
    ("refused, and overruled by a person", [HOLD, SAID_OTHERWISE, Verdict("accept", REVIEWED)], "reviewed"),
    ("refused by a person", [HOLD, Verdict("refuse", REVIEWED, "a spike")], "reviewed"),
    ("said again in one run", [HOLD, Verdict("refuse", "said_again")], "said_again"),
    ("taken back in one run", [HOLD, Verdict("refuse", "asked_again")], "asked_again"),
    ("read otherwise by a mended parser", [HOLD, Verdict("refuse", REREAD)], "reparsed"),
    ("refused by a rule that nobody knows", [REFUSE], None),
]


@pytest.mark.parametrize(("verdicts", "fate"), [row[1:] for row in SETTLED], ids=[row[0] for row in SETTLED])
def test_how_a_doubt_was_settled(store: SqlStore, verdicts: list[Verdict], fate: Fate | None) -> None:
    keep(store, fill(reading(), verdict=verdicts[0]))
    (row,) = store.fills(*NOVEMBER)
    for verdict in verdicts[1:]:
        store.decide(row.reading or 0, verdict, "jane", NOON)
    (row,) = store.fills(*NOVEMBER)
    assert (row.fate, row.reason) == (fate, None)
    assert list(store.newest(NOON)) == [row]


def test_what_was_taken_back_is_withdrawn_whatever_was_decided_until_it_is_shown_again(store: SqlStore) -> None:
    keep(store, fill(reading(), verdict=PASSED_THREE))
    (row,) = store.fills(*NOVEMBER)
    for count, fate in ((None, "withdrawn"), (7, "three_agree")):
        store.correct(row.reading or 0, count, why="a page mixed up", who="jane", role="editor", at=NOON)
        assert [each.fate for each in store.fills(*NOVEMBER)] == [fate]


def test_a_miss_has_a_reason_and_no_doubt(store: SqlStore) -> None:
    keep(store, fill(miss()))
    assert [(row.reason, row.fate) for row in store.fills(*NOVEMBER)] == [("unreachable", None)]


def test_every_way_to_settle_a_doubt_is_tried_above() -> None:
    assert {fate for *_, fate in SETTLED} | {"withdrawn"} == FATES | {None}


def test_what_is_noticed_is_published_as_any_other(store: SqlStore) -> None:
    keep(store, fill(reading(1000)))
    keep(store, fill(reading(1900, at=NOON + HOUR), NOON + HOUR, verdict=MOVED))
    assert shown(store, NOON + HOUR) == {ENERGY: 1900}
    assert [each.held for each in past_of(store, ENERGY, "followers", EPOCH)] == [False, False]


def test_a_past_reading_says_its_number_by_which_it_is_decided_about(store: SqlStore) -> None:
    keep(store, fill(reading(1000), verdict=HOLD))
    (held,) = past_of(store, ENERGY, "followers", EPOCH)
    assert held.held
    assert held.reading is not None
    store.decide(held.reading, Verdict("accept", "three_agree"), "check", NOON + HOUR)
    (released,) = past_of(store, ENERGY, "followers", EPOCH)
    assert (released.held, released.reading) == (False, held.reading)
    assert [each.rule for each in store.remarks(EPOCH)] == ["jump", "three_agree"]
