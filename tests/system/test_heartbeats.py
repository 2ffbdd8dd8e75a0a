"""A dead man's switch outside hears of every run how it began and ended, and sees that nothing runs any more."""

from __future__ import annotations

import asyncio
import json
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec import Struct

from headcount.demo.faults import Faults
from headcount.demo.people import Fate
from tests.system.commanded import Commanded
from tests.system.outpost import HANDLES, Outpost, State, standing
from tests.system.shell import clean

PERIOD, GRACE = timedelta(hours=1), timedelta(minutes=20)

START, END = "/start", ""


class Switch:
    """What healthchecks.io and those like it make of what they hear."""

    def __init__(self) -> None:
        self.heard: list[tuple[datetime, str]] = []

    def hears(self, at: datetime, *pings: str) -> None:
        self.heard += [(at, ping) for ping in pings]

    def calls(self, at: datetime) -> bool:
        """Whether somebody is called at that time: a run failed, or never ended, or did not come."""
        ends = [(when, ping) for when, ping in self.heard if ping != START]
        if not ends:
            return False
        ended, how = ends[-1]
        begun = [when for when, ping in self.heard if ping == START and when > ended]
        return how != END or at > ended + PERIOD + GRACE or any(at > when + GRACE for when in begun)


class Hour(Struct, frozen=True):
    """What happens in an hour, and what is heard of its run."""

    name: str
    state: State
    pings: tuple[str, ...]
    status: int
    is_called: bool = False


SUSPENDED: dict[str, dict[str, Fate]] = {"twitter": {"energy": "suspended"}}

HOURS = (
    Hour("all is well", State(), (START, END), 0),
    Hour("an account cannot be counted", State(fates=SUSPENDED), (START, END), 1),
    Hour("a platform cannot be reached", State(faults={"twitter": Faults(status=503)}), (START, END), 1),
    Hour(
        "no platform can be reached", State(faults=dict.fromkeys(HANDLES, Faults(status=503))), (START, "/3"), 3, True
    ),
    Hour("all is well again", State(), (START, END), 0),
    Hour("the roster is wrong", State(roster="unit,unit_id,platform,account\nUnit,1,twitterr,x\n"), ("/2",), 2, True),
    Hour("it is mended", State(), (START, END), 0),
)


@pytest.mark.long
def test_it_hears_of_each_run_how_it_began_and_ended(commanded: Commanded) -> None:
    switch = Switch()
    for hour in HOURS:
        commanded.state = hour.state
        heard = len(commanded.pings())
        commanded.hour()
        switch.hears(commanded.clock.now(), *commanded.pings()[heard:])
        assert (tuple(commanded.pings()[heard:]), commanded.ran[0].status) == (hour.pings, hour.status), hour.name
        assert switch.calls(commanded.clock.now() + PERIOD) == hour.is_called, hour.name
    assert switch.calls(commanded.clock.now() + PERIOD + 2 * GRACE)


def test_whoever_is_done_already_has_nothing_to_begin_and_is_alive(outpost: Outpost) -> None:
    outpost.turn()
    assert outpost.pings() == [START, END, END]


TURNS = 2


class Scheduled(Commanded):
    """A scheduler that is killed after some turns; its clock stands still for nothing."""

    turns: tuple[datetime, ...] = ()

    async def work(self) -> None:
        """Some turns, and its death."""
        self.turns = await asyncio.to_thread(self._some_turns)

    def _some_turns(self) -> tuple[datetime, ...]:
        line = self.line("--log-format", "json", "schedule")
        with subprocess.Popen(line, cwd=self.folder, env=clean(), stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            said = [json.loads(process.stdout.readline()) for _ in range(TURNS)]
            process.kill()
        assert [each["exit_status"] for each in said] == [0] * TURNS
        return tuple(datetime.fromisoformat(each["at"]) for each in said)


def test_it_sees_that_a_scheduler_has_died(tmp_path: Path) -> None:
    with standing(tmp_path, Scheduled) as there:
        there.turn()
        switch, pings = Switch(), there.pings()[: 2 * TURNS]
        for number, at in enumerate(there.turns):
            assert not switch.calls(at)
            switch.hears(at, *pings[2 * number : 2 * number + 2])
        assert pings == [START, END] * TURNS
        died = there.turns[-1]
        assert not switch.calls(died + PERIOD)
        assert switch.calls(died + PERIOD + 2 * GRACE)
