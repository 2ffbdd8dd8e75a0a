"""What a run had from each source: accounts are counted once, and a source that would not answer is remembered with why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headcount.collect.turn import Refused
from headcount.model import Account, Count, Fill, Miss, Outcome, Reading, Reason
from headcount.pipeline.collecting.attendance import attended
from headcount.platforms.kit.contract import Refusal
from headcount.store.noticing import Attended

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ENERGY, LAB = Account("twitter/energy", "energy"), Account("twitter/lab", "lab")


def counted(account: Account, source: str, metric: str = "followers") -> Fill:
    return Fill("hourly", NOON, Outcome(Reading(account, metric, Count(7)), source, NOON))


def missed(account: Account, source: str) -> Fill:
    return Fill("hourly", NOON, Outcome(Miss(account, "not_found"), source, NOON))


def refused(source: str, reason: Reason, detail: str = "") -> Refused:
    return Refused("twitter", source, Refusal(reason, detail))


@pytest.mark.parametrize(
    ("fills", "refusals", "expected"),
    [
        ([], [], []),
        ([counted(ENERGY, "api"), counted(LAB, "api")], [], [Attended("twitter", "api", 2, 0, 0)]),
        ([counted(ENERGY, "api"), counted(ENERGY, "api")], [], [Attended("twitter", "api", 1, 0, 0)]),
        ([counted(ENERGY, "simulated-api")], [], [Attended("twitter", "api", 1, 0, 0)]),
        ([counted(ENERGY, "api", "likes")], [], []),
        ([missed(ENERGY, "page"), counted(LAB, "page")], [], [Attended("twitter", "page", 1, 1, 0)]),
        ([missed(ENERGY, "")], [], []),
        (
            [counted(ENERGY, "page")],
            [refused("api", "too_slow"), refused("api", "blocked", "a wall"), refused("api", "blocked")],
            [Attended("twitter", "api", 0, 0, 3, "blocked", "a wall"), Attended("twitter", "page", 1, 0, 0)],
        ),
    ],
    ids=[
        "nobody", "two accounts", "one that was asked twice", "simulated", "another metric than the headline",
        "a miss and a count", "a miss of no source", "refusals: the commonest reason, and what was said with it first",
    ],
)  # fmt: skip
def test_each_source_with_what_it_gave(fills: list[Fill], refusals: list[Refused], expected: list[Attended]) -> None:
    assert list(attended(fills, refusals)) == expected
