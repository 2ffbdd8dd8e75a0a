"""Turns on a clock that is driven: one a slot and none missing, over clock changes, suspended machines and errors."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from headcount.cadence import Cadence
from headcount.cli.schedule import in_words
from headcount.clock import SteppedClock
from headcount.demo.people import Directory
from headcount.demo.server import DemoServer
from headcount.demo.simulation import Simulation
from headcount.errors import Mistake, StoreError
from headcount.model import Job
from headcount.pipeline.house import Premises
from headcount.pipeline.run import Report
from headcount.pipeline.schedule import LONGEST_NAP, Post, Schedule, Turn
from headcount.pipeline.timetable import Timetable, offset
from headcount.settings import Organization, Settings, load
from headcount.store.open import open_store

START = datetime(2026, 9, 1, 0, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana")
"""With clocks that change by an hour at two, by half an hour, and at midnight."""


def told(zone: str = "UTC", name: str = "Department of Tests", **every: str) -> Settings:
    jobs = {job: Job(job, cadence) for job, cadence in (every or {"hourly": "1h"}).items()}
    return Settings(Path("headcount.toml"), Organization(name, zone), "sqlite:///headcount.db", Path(), jobs=jobs)


class Enough(Exception):
    """The time that a test looks at is over."""


class Timeline(SteppedClock):
    """A clock that ends after so many hours, and that may be set while somebody sleeps."""

    def __init__(self, hours: float, meddle: Callable[[], float] = lambda: 0.0, at: datetime = START) -> None:
        super().__init__(at)
        self._left, self._meddle = hours * 3_600, meddle
        self.seen: list[datetime] = []

    async def sleep(self, seconds: float) -> None:
        self._left -= seconds
        if self._left < 0:
            raise Enough
        self.move(seconds + self._meddle())
        self.seen.append(self.now())


def closed(_settings: Settings) -> AbstractContextManager[Premises]:
    """A store that cannot be opened: a turn comes to nothing, and costs no time."""
    raise StoreError("the store cannot be opened")


def turns(
    read: Callable[[], Settings],
    clock: Timeline,
    enter: Callable[[Settings], AbstractContextManager[Premises]] = closed,
) -> list[Turn]:
    """All turns until the clock ends."""
    heard: list[Turn] = []
    schedule = Schedule(Post(read, enter, clock, heard.append))
    with pytest.raises(Enough):
        asyncio.run(schedule.keep())
    return heard


def slots(heard: list[Turn], job: str, cadence: Cadence) -> list[datetime]:
    return [cadence.slot(turn.at) for turn in heard if job in turn.jobs]


# ----------------------------------------------------------------------------------------------------- one turn a slot


@pytest.mark.parametrize("zone", ZONES)
def test_in_10_000_hours_every_slot_has_exactly_one_turn(zone: str) -> None:
    settings = told(zone, org_chart="1d", hourly="1h", weekly="1w")
    heard = turns(lambda: settings, Timeline(10_000))
    hours = [START.replace(minute=0) + number * HOUR for number in range(10_000)]
    local = [hour.astimezone(ZoneInfo(zone)) for hour in hours]
    assert slots(heard, "hourly", Cadence("1h", ZoneInfo(zone)))[:10_000] == hours
    assert days(heard, "org_chart", zone) == Counter({hour.date(): 1 for hour in local})
    assert days(heard, "weekly", zone) == Counter(
        {hour.date(): 1 for hour in local if hour.weekday() == 0} | {local[0].date(): 1}
    )


def days(heard: list[Turn], job: str, zone: str) -> Counter[object]:
    """How many turns a job had on each local day."""
    last = START + 10_000 * HOUR
    return Counter(turn.at.astimezone(ZoneInfo(zone)).date() for turn in heard if job in turn.jobs and turn.at < last)


def test_a_turn_comes_at_the_offset_of_the_installation_and_the_first_at_once() -> None:
    settings = told(hourly="1h")
    first, *others = turns(lambda: settings, Timeline(100))
    assert first.at == START
    assert {turn.at - turn.at.replace(minute=0, second=0) for turn in others} == {offset(settings)}
    assert [turn.next for turn in (first, *others[:-1])] == [turn.at for turn in others]


@pytest.mark.parametrize("seed", range(20))
def test_whenever_the_clock_is_set_no_slot_has_two_turns_and_none_that_was_seen_has_none(seed: int) -> None:
    dice = random.Random(seed)
    steps = [0.0] * 40 + [-600.0, -3_600.0, 3_600.0, 600.0, 0.5, -0.5, 5 * 3_600.0]
    clock = Timeline(500, lambda: dice.choice(steps))
    settings = told(hourly="1h")
    heard = turns(lambda: settings, clock)
    cadence, late = Cadence("1h", ZoneInfo("UTC")), offset(settings)
    had = Counter(slots(heard, "hourly", cadence))
    seen = {cadence.slot(at) for at in (START, *clock.seen) if at - cadence.slot(at) >= late}
    assert set(had.values()) == {1}
    assert had.keys() == seen
    assert len(had) > 200


def test_a_clock_that_was_set_years_ahead_costs_no_turn_once_it_is_right() -> None:
    steps = iter([-12 * 365 * 86_400.0])
    clock = Timeline(5, lambda: next(steps, 0.0), at=START + timedelta(days=12 * 365))
    heard = turns(lambda: told(hourly="1h"), clock)
    assert [turn.at.year for turn in heard][:6] == [2038, 2026, 2026, 2026, 2026, 2026]


def test_after_a_machine_was_suspended_only_the_newest_slot_is_run() -> None:
    naps = iter([0.0, 26 * 3_600.0])
    heard = turns(lambda: told(org_chart="1d", hourly="1h"), Timeline(0.3, lambda: next(naps, 0.0)))
    assert [turn.jobs for turn in heard] == [("hourly", "org_chart"), ("hourly", "org_chart")]
    assert heard[1].at - heard[0].at == 26 * HOUR + timedelta(seconds=2 * LONGEST_NAP)


def test_after_a_run_that_is_longer_than_a_slot_only_the_newest_slot_is_run() -> None:
    clock = Timeline(3.9)
    lengths = iter([2.5, 0, 0, 0, 0, 0, 0])

    def slow(_settings: Settings) -> AbstractContextManager[Premises]:
        clock.move(next(lengths) * 3_600)
        raise StoreError("the disk is full")

    assert [turn.at.hour for turn in turns(lambda: told(hourly="1h"), clock, slow)] == [0, 3, 4, 5, 6]


def test_a_timetable_that_forgets_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headcount.pipeline.timetable.REMEMBERED", 0)
    forgetful = Timetable(told(hourly="1h"))
    assert [forgetful.take(START) for _ in range(2)] == [("hourly",), ("hourly",)]
    monkeypatch.undo()
    timetable = Timetable(told(hourly="1h"))
    assert [timetable.take(START) for _ in range(2)] == [("hourly",), ()]


# ------------------------------------------------------------------------------------------------------------- offsets


@pytest.mark.parametrize(
    ("every", "most"), [({"a": "1m"}, 6), ({"a": "15m", "b": "1d"}, 90), ({"a": "1h"}, 300), ({"a": "1w"}, 300)]
)
def test_offsets_are_steady_differ_and_stay_within_a_tenth_of_the_shortest_slot(
    every: dict[str, str], most: int
) -> None:
    found = [offset(told(name=f"Agency {number}", **every)).total_seconds() for number in range(500)]
    assert found == [offset(told(name=f"Agency {number}", **every)).total_seconds() for number in range(500)]
    assert 0 <= min(found) <= max(found) < most
    busiest = Counter(found).most_common(1)[0][1]
    assert busiest <= 500 / most * 3 + 5, "so many ask in one second"


# -------------------------------------------------------------------------------------------------------------- errors


def test_a_changed_configuration_is_used_from_the_next_turn_and_a_broken_one_is_complained_of(tmp_path: Path) -> None:
    file = tmp_path / "headcount.toml"
    write = {1: 'every = "6h"', 3: "every = ", 4: 'every = "1h"'}
    file.write_text('[jobs.some]\nevery = "1h"\n')
    heard: list[Turn] = []

    def tell(turn: Turn) -> None:
        heard.append(turn)
        if len(heard) in write:
            file.write_text(f"[jobs.some]\n{write[len(heard)]}\n")

    clock = Timeline(25.5)
    with pytest.raises(Enough):
        asyncio.run(Schedule(Post(lambda: load(file, {}), closed, clock, tell)).keep())
    assert [turn.at.hour for turn in heard] == [0, 6, 12, 18, 0, 1]
    complained = [len(turn.trouble) == 3 for turn in heard]
    assert complained == [False, False, False, True, False, False]
    assert "headcount.toml, line 2" in heard[3].trouble[0]


def test_a_configuration_that_is_broken_from_the_beginning_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(Mistake):
        Schedule(Post(lambda: load(tmp_path / "none.toml", {}), closed, SteppedClock(START), lambda turn: None))


def test_a_fault_of_ours_is_not_taken_for_an_error_of_the_day() -> None:
    def faulty(_settings: Settings) -> AbstractContextManager[Premises]:
        raise ZeroDivisionError

    schedule = Schedule(Post(told, faulty, SteppedClock(START), lambda turn: None))
    with pytest.raises(ZeroDivisionError):
        asyncio.run(schedule.keep())


# ----------------------------------------------------------------------------------------------------------- real runs

CONFIG = """
[organization]
roster = "roster.csv"
[http]
allow_private_addresses = true
[jobs.daily]
every = "1d"
[jobs.hourly]
every = "1h"
[publish.web]
to = "public"
[platforms.twitter.hosts]
page = "{page}"
"""
ROSTER = "unit,unit_id,platform,account\nUnit,1,twitter,energy\n"


async def test_turns_run_what_is_due_publish_it_and_go_on_after_errors(tmp_path: Path) -> None:
    """Ten hours over midnight; in the third the roster is broken, in the fifth the store is away."""
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER)
    clock = Timeline(9, at=START.replace(hour=18, minute=40))
    heard: list[Turn] = []

    def tell(turn: Turn) -> None:
        heard.append(turn)
        roster.write_text("unit,unit_id\nUnit,1\n" if len(heard) == 2 else ROSTER)

    @contextmanager
    def enter(settings: Settings) -> Iterator[Premises]:
        if len(heard) == 4:
            raise StoreError("the store is away")
        store = open_store(settings.store, settings.state)
        yield Premises(settings, store, clock)
        store.close()

    async with DemoServer(Simulation(clock), Directory({"twitter": ("energy",)})) as server:
        file = tmp_path / "headcount.toml"
        file.write_text(CONFIG.format(page=server.hosts("twitter")["page"]))
        with pytest.raises(Enough):
            await Schedule(Post(lambda: load(file, {}), enter, clock, tell)).keep()
    failed = {number: turn.trouble for number, turn in enumerate(heard) if turn.report is None}
    assert failed.keys() == {2, 4}
    assert "roster.csv" in failed[2][0]
    assert failed[4] == ("the store is away",)
    assert [turn.report.exit_status for turn in heard if turn.report] == [0] * (len(heard) - 2)
    stamps = [line[:14] for line in (tmp_path / "public/readings/2026-09.csv").read_text().splitlines()[1:]]
    assert len(set(stamps)) == len(heard) - 2
    assert [number for number, turn in enumerate(heard) if "daily" in turn.jobs] == [0, 6]


# --------------------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("turn", "line"),
    [
        (
            Turn(START, ("hourly", "daily"), None, START + HOUR, ("roster.csv, line 2: no\nroster.csv, line 3: no",)),
            "hourly, daily: roster.csv, line 2: no roster.csv, line 3: no",
        ),
        (
            Turn(START, ("hourly",), Report(locked=("hourly",)), START + HOUR, ()),
            "hourly: hourly: another run of it is under way",
        ),
    ],
)
def test_a_turn_is_told_in_one_line(turn: Turn, line: str) -> None:
    assert in_words(turn) == f"2026-09-01 00:30:00 UTC: {line}; next turn: 2026-09-01 01:30:00 UTC"
