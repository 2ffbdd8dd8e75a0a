"""Whose a reading is: the account with the id that was answered, and never two at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from headcount.model import Account, Count, Miss, Outcome, Reading
from headcount.pipeline.collecting.identity import Identities
from headcount.store.nouns import Closure, Held, Known

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ALICE = Known("twitter/alice", "twitter", ("alice",), {"x": "1"})


def said(name: str, value: int, metric: str = "followers", **ids: str) -> Outcome:
    return Outcome(Reading(Account(f"twitter/{name}", name), metric, Count(value), name, ids), "api", AT)


def settled(known: list[Known], asked: str, *heard: Outcome) -> list[tuple[str, int | str]]:
    """The key and the count (or the reason) of each outcome."""
    identities = Identities(known, [f"twitter/{name}" for name in asked.split()])
    return [_short(outcome) for outcome in identities.settle(heard)]


def _short(outcome: Outcome) -> tuple[str, int | str]:
    said = outcome.said
    return said.account.key, said.reason if isinstance(said, Miss) else said.count.value


@pytest.mark.parametrize(
    ("why", "known", "asked", "heard", "expected"),
    [
        ("its own id", [ALICE], "alice", [said("alice", 5, x="1")], [("twitter/alice", 5)]),
        ("an id that nobody has", [ALICE], "bob", [said("bob", 5, x="2")], [("twitter/bob", 5)]),
        ("no id at all", [ALICE], "bob", [said("bob", 5)], [("twitter/bob", 5)]),
        ("alice under a new handle", [ALICE], "alicia", [said("alicia", 5, x="1")], [("twitter/alice", 5)]),
        ("the same id of another scheme", [ALICE], "bob", [said("bob", 5, y="1")], [("twitter/bob", 5)]),
        (
            "followers and likes of one account",
            [],
            "bob",
            [said("bob", 5, x="2"), said("bob", 6, "likes", x="2")],
            [("twitter/bob", 5), ("twitter/bob", 6)],
        ),
        (
            "alice's id for another who is asked for beside her",
            [ALICE],
            "alice bob",
            [said("bob", 999, x="1")],
            [("twitter/bob", "renamed_or_reused")],
        ),
        (
            "her id for both of them at once",
            [ALICE],
            "alice bob",
            [said("bob", 999, x="1"), said("alice", 100, x="1")],
            [("twitter/bob", "renamed_or_reused"), ("twitter/alice", 100)],
        ),
        (
            "one new id for two",
            [],
            "alice bob",
            [said("alice", 100, x="1"), said("bob", 999, x="1")],
            [("twitter/alice", "renamed_or_reused"), ("twitter/bob", "renamed_or_reused")],
        ),
        (
            "one of two ids shared",
            [],
            "alice bob",
            [said("alice", 10, graph="900", pk="5"), said("bob", 11, graph="901", pk="5")],
            [("twitter/alice", "renamed_or_reused"), ("twitter/bob", "renamed_or_reused")],
        ),
        (
            "ids of two accounts",
            [ALICE, Known("twitter/carol", "twitter", ("carol",), {"y": "3"})],
            "bob",
            [said("bob", 5, x="1", y="3")],
            [("twitter/bob", "renamed_or_reused")],
        ),
    ],
)
def test_a_reading_belongs_to_whoever_has_its_id(
    why: str, known: list[Known], asked: str, heard: list[Outcome], expected: list[tuple[str, int | str]]
) -> None:
    assert settled(known, asked, *heard) == expected, why


ON = datetime(2026, 11, 1, tzinfo=UTC)
GONE = structs.replace(ALICE, held=(Held("alice", ON - DAY),), closed=Closure("handed over", ON, "moved"))
NAMED_ANEW = structs.replace(GONE, held=(*GONE.held, Held("alicia", ON + DAY, "jane")))
LATE = structs.replace(GONE, held=(Held("alice", ON + DAY),))
LATE_IN_TWO_FORMS = structs.replace(GONE, held=(Held("alice", ON + DAY), Held("alice@example.gov", ON + 2 * DAY)))
SHELVED = structs.replace(ALICE, closed=Closure("archived", ON, "closed"))


@pytest.mark.parametrize(
    ("why", "known", "asked", "counted"),
    [
        ("handed over, asked by its id", GONE, "alice", False),
        ("handed over, its handle asked under a new key", GONE, "alice-2", False),
        ("handed over from a day on when it had not been heard yet", LATE, "alice", False),
        ("the same, and written in two forms", LATE_IN_TWO_FORMS, "alice", False),
        ("handed over, and a person says how it is called since", NAMED_ANEW, "alice", True),
        ("that again, under the handle that was handed over", NAMED_ANEW, "alice-2", False),
        ("archived, and named anew", SHELVED, "alicia", False),
        ("neither", ALICE, "alice", True),
    ],
)
def test_what_a_person_closed_is_not_counted_on_because_its_id_answers(
    why: str, known: Known, asked: str, counted: bool
) -> None:
    expected = 5 if counted else "renamed_or_reused"
    assert settled([known], asked, said(asked, 5, x="1")) == [(f"twitter/{asked}", expected)], why


def test_a_closed_account_that_answers_without_an_id_is_not_counted_either() -> None:
    assert settled([GONE], "alice", said("alice", 5)) == [("twitter/alice", "renamed_or_reused")]
    assert settled([ALICE], "alice", said("alice", 5)) == [("twitter/alice", 5)]


def test_that_people_and_platform_contradict_each_other_is_said_with_what_to_do() -> None:
    (outcome,) = Identities([GONE], ["twitter/alice"]).settle([said("alice", 5, x="1")])
    assert isinstance(outcome.said, Miss)
    assert outcome.said.detail == (
        "people and the platform contradict each other: twitter/alice was handed over on 2026-11-01, yet it still answers "
        "to alice (x id 1); if it has kept the handle, `headcount account reopen twitter/alice --why TEXT`; if another "
        "account was handed over, reopen this one and hand over that one"
    )


def test_an_id_that_was_heard_earlier_in_a_run_is_remembered() -> None:
    identities = Identities([], ["twitter/alice", "twitter/bob"])
    assert [_short(each) for each in identities.settle([said("alice", 100, x="1")])] == [("twitter/alice", 100)]
    assert [_short(each) for each in identities.settle([said("bob", 999, x="1")])] == [
        ("twitter/bob", "renamed_or_reused")
    ]


def test_a_miss_is_left_alone() -> None:
    miss = Outcome(Miss(Account("twitter/alice", "alice", {"x": "1"}), "not_found"), "api", AT)
    assert list(Identities([ALICE], ["twitter/alice"]).settle([miss])) == [miss]
