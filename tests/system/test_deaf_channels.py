"""A channel takes nothing for three runs: what then is told where, and what arrives when it takes letters again."""

from __future__ import annotations

import pytest
from msgspec import Struct

from headcount.demo.faults import Faults
from tests.system.commanded import Commanded
from tests.system.outpost import Outpost

HEAD = "Department of Tests"
REFUSED = f"{HEAD}: urgent: X (formerly Twitter) does not accept our credentials"
COUNTED = f"{HEAD}: all clear: X (formerly Twitter) is counted again"
DEAF = f"{HEAD}: warning: Nobody can be told by the channel chat"
HEARS = f"{HEAD}: all clear: The channel chat takes messages again"

RUNS = 3


class Manner(Struct, frozen=True):
    """How a webhook behaves, and what follows from it."""

    path: str
    said: str
    tries: tuple[int, ...]
    """How often it was asked after each run."""
    is_certain: bool
    """Nothing arrived, and everybody knows it. Else it is not sent again, as the other channel took it."""


FAILS = Manner("500", "it answered 500 Internal Server Error", (1, 2, 3), is_certain=True)
HANGS = Manner("hang", "it was not answered in time", (1, 1, 1), is_certain=False)
CLOSES = Manner("cut", "the connection broke before it was answered", (1, 1, 1), is_certain=False)


def test_a_channel_that_answers_500_is_tried_at_each_run_and_told_of_at_the_third(outpost: Outpost) -> None:
    three_runs(outpost, FAILS)


@pytest.mark.long
@pytest.mark.parametrize("manner", [FAILS, HANGS, CLOSES], ids=lambda manner: manner.path)
def test_what_a_channel_missed_reaches_it_unless_it_may_have_arrived(commanded: Commanded, manner: Manner) -> None:
    commanded.hour()
    three_runs(commanded, manner)
    assert f"watch: not told: chat: {manner.said}" in commanded.ran[0].out or not manner.is_certain
    assert commanded.ran[0].status == 1
    before = commanded.calls()
    missed = [REFUSED] if manner.is_certain else []
    commanded.state.chat = "200"
    commanded.hour()
    assert commanded.calls() == [*before, *missed]
    commanded.state.faults = {}
    commanded.hour()
    assert commanded.calls() == [*before, *missed, COUNTED]
    commanded.hour()
    assert sorted(commanded.letters()) == sorted([REFUSED, COUNTED, *([DEAF, HEARS] if manner.is_certain else [])])


def three_runs(there: Outpost, manner: Manner) -> None:
    """X refuses us, which both channels should hear."""
    there.state.faults = {"twitter": Faults(refusal="unauthorized")}
    there.state.chat = manner.path
    for run in range(RUNS):
        there.hour()
        assert len(there.calls()) == manner.tries[run]
        assert set(there.calls()) == {REFUSED}
        assert there.letters() == ([REFUSED, DEAF] if manner.is_certain and run + 1 == RUNS else [REFUSED])


def test_what_the_mail_refuses_the_chat_hears_in_the_same_run(outpost: Outpost) -> None:
    outpost.mailbox.refusing = True
    outpost.state.gone = ("energy",)
    outpost.hour()
    assert outpost.calls() == [f"{HEAD}: warning: energy on X (formerly Twitter) is not found"]
    outpost.mailbox.refusing = False
    outpost.hour()
    assert outpost.letters() == outpost.calls()
