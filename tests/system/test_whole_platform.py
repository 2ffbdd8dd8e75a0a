"""What becomes of a whole platform's counts at once: it removes followers, or we no longer read it rightly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from headcount.clock import SteppedClock
from headcount.demo.simulation import Simulation
from tests.system.commanded import Commanded
from tests.system.outpost import NOON, Kind, Outpost, standing

ENOUGH = 1_200_000
"""A hundredth of so many is a number that stands in a file for nothing else."""

EXACT = "twitter"
"""The platform that gives exact counts."""


def _large() -> Iterator[str]:
    simulated = Simulation(SteppedClock(NOON))
    names = (f"bureau{number}" for number in range(200))
    return (name for name in names if simulated.count(EXACT, name, NOON) >= ENOUGH)


SIX = tuple(_large())[:6]
"""Accounts with followers enough."""

SHARES = dict(zip(SIX, (0.03, 0.04, 0.05, 0.06, 0.07, 0.08), strict=True))
"""What each loses of them when its platform removes some."""

HEAD = "Department of Tests"

AGREED = 3
"""Runs that say the same, by which it is believed."""


@pytest.fixture
def bureaus(tmp_path: Path) -> Iterator[Outpost]:
    """The six, counted once."""
    yield from _counted(tmp_path, Outpost)


@pytest.fixture
def commanded_bureaus(tmp_path: Path) -> Iterator[Commanded]:
    """The same, counted by the command line."""
    yield from _counted(tmp_path, Commanded)


def _counted(folder: Path, kind: type[Kind]) -> Iterator[Kind]:
    with standing(folder, kind) as there:
        there.handles = {**there.handles, EXACT: SIX}
        there.hour()
        yield there


def purge(there: Outpost) -> None:
    """Each account loses its own share."""
    there.simulation.changes = {(EXACT, name): _less(share) for name, share in SHARES.items()}


def _less(share: float) -> Callable[[int], int]:
    return lambda true: round(true * (1 - share))


def test_a_purge_is_noted_once_and_its_numbers_are_published(bureaus: Outpost) -> None:
    purged(bureaus)


@pytest.mark.long
def test_a_purge_is_noted_once_by_the_command_line_too(commanded_bureaus: Commanded) -> None:
    purged(commanded_bureaus)
    assert commanded_bureaus.ran[0].status == 0
    assert commanded_bureaus.says("review").out == "nothing awaits review\n"


def purged(there: Outpost) -> None:
    """It is noted at the first run, and believed at the third."""
    purge(there)
    for _ in range(AGREED):
        there.hour()
        told = [(each.key, each.deed, each.story.severity) for each in there.events()]
        assert told == [(f"purge/{EXACT}/{there.clock.now():%Y-%m-%d}", "noted", "notice")]
        assert there.letters() == [f"{HEAD}: notice: Many accounts of X (formerly Twitter) fell together"]
        assert there.calls() == []
    assert not list(there.store.awaiting())
    assert published(there) == {name: _less(share)(there.true(EXACT, name)) for name, share in SHARES.items()}


FAULTS: dict[str, Callable[[int], int]] = {
    "a tenth": lambda true: round(true / 10),
    "the last two digits lost": lambda true: true // 100,
    "a fifth more": lambda true: round(true * 1.2),
    "the last digit twice": lambda true: int(f"{true}{true % 10}"),
}


def test_a_parsers_fault_is_told_in_one_letter_and_nothing_of_it_is_published(bureaus: Outpost) -> None:
    faulty(bureaus, FAULTS["a tenth"], 1)


@pytest.mark.long
@pytest.mark.parametrize("fault", [FAULTS[name] for name in FAULTS], ids=list(FAULTS))
def test_however_long_a_parsers_fault_lasts_nothing_of_it_is_published(
    commanded_bureaus: Commanded, fault: Callable[[int], int]
) -> None:
    faulty(commanded_bureaus, fault, AGREED + 1)
    assert commanded_bureaus.says("review").out == "nothing awaits review\n"


def faulty(there: Outpost, fault: Callable[[int], int], hours: int) -> None:
    """Every count is wrong for some hours, and then right again."""
    before = published(there)
    there.simulation.changes = dict.fromkeys(((EXACT, name) for name in SIX), fault)
    for _ in range(hours):
        there.hour()
        assert (
            there.letters()
            == there.calls()
            == [f"{HEAD}: urgent: Many counts of X (formerly Twitter) went wrong at once"]
        )
        assert not list(untrue(there))
        assert published(there) == before
    assert len(there.simulation.untrue) >= len(SIX)
    there.simulation.changes = {}
    there.hour()
    clear = f"{HEAD}: all clear: No count of X (formerly Twitter) is in doubt any more"
    assert there.letters()[1:] == there.calls()[1:] == [clear]
    assert not list(untrue(there))
    assert published(there) == {name: there.true(EXACT, name) for name in SIX}


def untrue(there: Outpost) -> Iterator[str]:
    """Where a number stands in public that was shown in place of a true one."""
    return (f"{number} in {name}" for number in there.simulation.untrue for name in there.naming(number))


def published(there: Outpost) -> dict[str, int]:
    """The newest count of each account that everybody sees."""
    latest = json.loads((there.folder / "public/latest.json").read_text())
    return {each["handle"]: each["count"] for each in latest["counts"] if each["platform"] == EXACT}
