"""Whose a reading is: the account with the id that was answered, and never two at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headcount.model import Account, Count, Miss, Outcome, Reading
from headcount.pipeline.identity import Identities
from headcount.store.nouns import Known

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
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


def test_an_id_that_was_heard_earlier_in_a_run_is_remembered() -> None:
    identities = Identities([], ["twitter/alice", "twitter/bob"])
    assert [_short(each) for each in identities.settle([said("alice", 100, x="1")])] == [("twitter/alice", 100)]
    assert [_short(each) for each in identities.settle([said("bob", 999, x="1")])] == [
        ("twitter/bob", "renamed_or_reused")
    ]


def test_a_miss_is_left_alone() -> None:
    miss = Outcome(Miss(Account("twitter/alice", "alice", {"x": "1"}), "not_found"), "api", AT)
    assert list(Identities([ALICE], ["twitter/alice"]).settle([miss])) == [miss]
