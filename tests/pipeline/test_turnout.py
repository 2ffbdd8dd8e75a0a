"""With which status a run exits: everyone is accounted for, some have no count, or nobody could be asked at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headcount.model import KNOWN_ABSENCES, Account, Fill, Miss, Outcome, Reason, Tally
from headcount.pipeline.collecting.turnout import UNANSWERED, Turnout
from headcount.store.reader import Row

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
COUNTED, HELD, NOTHING = Tally(readings=1), Tally(held=1), Tally()
STRANGER = "hourly means twitter/nope, and the roster has no such account"


def row(status: str, count: int | None = None, reason: Reason | None = None) -> Row:
    return Row(NOON, "hourly", NOON, "twitter/done", "done", "followers", count, 1, "api", status, reason, 1)


def turnout(
    *reasons: Reason, tally: Tally = NOTHING, strangers: tuple[str, ...] = (), before: tuple[Row, ...] = ()
) -> Turnout:
    misses = [Miss(Account(f"twitter/a{place}", f"a{place}"), reason) for place, reason in enumerate(reasons)]
    fills = tuple(Fill("hourly", NOON, Outcome(miss, "api", NOON)) for miss in misses)
    return Turnout("hourly", NOON, before, fills, tally=tally, strangers=strangers)


@pytest.mark.parametrize(
    ("why", "came", "status"),
    [
        ("nobody was due", turnout(), 0),
        ("everyone was counted", turnout(tally=COUNTED), 0),
        ("everyone was counted, or cannot be", turnout(*KNOWN_ABSENCES, tally=COUNTED), 0),
        ("nobody can be counted, as everyone knows", turnout(*KNOWN_ABSENCES), 0),
        ("some could not be asked", turnout("unreachable", tally=COUNTED), 1),
        ("some could not be asked, and a count was held back", turnout("unreachable", tally=HELD), 1),
        ("one is not there", turnout("not_found"), 1),
        ("one is not there, and the others could not be asked", turnout("unreachable", "not_found"), 3),
        ("nobody could be read: every reply had another shape", turnout("shape_changed", "shape_changed"), 3),
        ("nobody could be asked", turnout("unreachable", "blocked", "bad_credentials"), 3),
        ("nobody could be asked who has a count", turnout("unreachable", "retired"), 3),
        (
            "nobody could be asked again, and others have a count by now",
            turnout("unreachable", before=(row("accepted", 7),)),
            1,
        ),
        ("the same, and one is held", turnout("unreachable", before=(row("held", 7),)), 1),
        ("the same, and nobody has", turnout("unreachable", before=(row("missed", reason="retired"),)), 3),
        ("the job means somebody whom the roster does not have", turnout(tally=COUNTED, strangers=(STRANGER,)), 1),
        ("the same, and nobody was due", turnout(strangers=(STRANGER,)), 1),
        ("the same, and nobody could be asked", turnout("too_slow", strangers=(STRANGER,)), 3),
    ],
)
def test_a_run_exits_with_what_it_came_to(why: str, came: Turnout, status: int) -> None:
    assert came.exit_status == status, why


@pytest.mark.parametrize("reason", sorted(UNANSWERED))
def test_whatever_says_nothing_of_the_account_alone_is_nobody_asked(reason: Reason) -> None:
    assert turnout(reason).exit_status == 3
