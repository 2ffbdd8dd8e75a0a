"""What the rules decide about a reading is kept beside it: also where it is accepted and there is something to tell."""

from __future__ import annotations

import pytest

from headcount.model import ACCEPTED, EPOCH, Verdict
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOLD, HOUR, NOON, REFUSE, fill, keep, past_of, reading, shown

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
