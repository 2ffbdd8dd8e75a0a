"""Who is asked first where not everyone can be asked at once, against the demo server and a clock that is driven."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from headcount.cli.saying.planned import in_words
from headcount.clock import SteppedClock
from headcount.collect.turn import Event
from headcount.demo.people import Directory
from headcount.demo.server import DemoServer
from headcount.demo.simulation import Simulation
from headcount.model import HEADLINE, Account, Count, Fill, Outcome, Reading
from headcount.pipeline.collecting.due import Wanted, current_slot, due, plan
from headcount.pipeline.house import Premises, open_house
from headcount.pipeline.run import collect
from headcount.settings import load
from headcount.store.contract import Store
from headcount.store.open import open_store

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
NAMES = ("last", "third", "first", "second", "never")
ROSTER = """unit,unit_id,platform,account,priority
Unit,1,twitter,last,
Unit,1,twitter,third,3
Unit,1,twitter,first,1
Unit,2,twitter,second,2
Unit,2,twitter,first,9
"""
CONFIG = """
[organization]
roster = "roster.csv"
[http]
allow_private_addresses = true
[jobs.daily]
every = "1d"
[platforms.twitter]
pace = "{pace}"
[platforms.twitter.hosts]
page = "{page}"
"""


class Village:
    """An installation that reads X's pages, at a pace."""

    def __init__(self, folder: Path, store: Store, pace: str) -> None:
        self.folder, self.store, self.pace = folder, store, pace
        self.clock = SteppedClock(MORNING)

    def premises(self, page: str) -> Premises:
        (self.folder / "roster.csv").write_text(ROSTER)
        (self.folder / "headcount.toml").write_text(CONFIG.format(pace=self.pace, page=page))
        return Premises(load(self.folder / "headcount.toml", {}), self.store, self.clock)

    async def run(self) -> set[str]:
        """Who was counted in a run."""
        heard: list[Event] = []
        directory = Directory({"twitter": ("last", "third", "first", "second")})
        async with DemoServer(Simulation(self.clock), directory, limited=False) as server:
            await collect(self.premises(server.hosts("twitter")["page"]), Wanted(), heard.append)
        return {
            event.account.handle
            for event in heard
            if isinstance(event, Outcome) and isinstance(event.said, Reading) and event.said.metric == HEADLINE
        }

    def order(self) -> list[str]:
        """In which they would be asked now."""
        house = open_house(self.premises("http://127.0.0.1:9"))
        job = house.job("daily")
        return [account.handle for account in due(house, job, Wanted(), current_slot(house, job))[0]]

    def plan(self) -> list[str]:
        house = open_house(self.premises("http://127.0.0.1:9"))
        return list(in_words("daily", plan(house, house.job("daily"), Wanted())))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'headcount.db'}", tmp_path)
    yield opened
    opened.close()


async def test_the_most_important_are_asked_first(tmp_path: Path, store: Store) -> None:
    village = Village(tmp_path, store, "1/m")
    assert village.order() == ["first", "second", "third", "last"]
    assert await village.run() == {"first", "second", "third", "last"}
    assert village.clock.now() >= MORNING + timedelta(minutes=3)
    assert village.order() == []


async def test_a_run_that_does_not_fit_into_an_hour_is_spread_over_its_slot_and_says_so(
    tmp_path: Path, store: Store
) -> None:
    village = Village(tmp_path, store, "1/h")
    assert village.plan()[-1] == "daily: twitter by page is spread over 3 h, the most important first"
    assert await village.run() == {"first", "second", "third", "last"}
    assert MORNING + timedelta(hours=3) <= village.clock.now() < MORNING + timedelta(hours=12)


async def test_what_does_not_fit_into_half_a_slot_is_left_for_later_runs_and_everyone_has_a_turn(
    tmp_path: Path, store: Store
) -> None:
    village = Village(tmp_path, store, "1/d")
    assert "does not fit into one run: 1 of 4 accounts, the most important first" in village.plan()[-1]
    assert await village.run() == {"first"}
    assert await village.run() == set(), "whoever is counted for this slot is not asked again, and the pace holds"


async def test_among_equals_whoever_was_counted_longest_ago_comes_first(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tests.pipeline.test_due.ROSTER",
        "unit,unit_id,platform,account\n" + "".join(f"Unit,1,twitter,{name}\n" for name in NAMES[:4]),
    )
    village = Village(tmp_path, store, "1/d")
    counted: list[str] = []
    for _ in range(4):
        counted += await village.run()
        village.clock.move(timedelta(days=1).total_seconds())
    assert sorted(counted) == sorted(NAMES[:4])


@pytest.mark.parametrize(
    ("source", "hours", "is_paid"),
    [("api", 1, True), ("page", 1, False), ("simulated-api", 1, False), ("manual", 1, False), ("api", 2, False)],
)
def test_an_account_is_paid_for_only_by_a_count_of_the_api_on_the_same_day(
    tmp_path: Path, store: Store, source: str, hours: int, *, is_paid: bool
) -> None:
    at = MORNING - timedelta(hours=hours)
    premises = Village(tmp_path, store, "60/m").premises("http://127.0.0.1:9")
    reading = Reading(Account("twitter/first", "first"), HEADLINE, Count(5))
    store.append(store.begin("daily", at, at).id, [Fill("daily", at, Outcome(reading, source, at))])
    token = {"HEADCOUNT_TWITTER_BEARER_TOKEN": "a-token"}
    house = open_house(structs.replace(premises, settings=load(tmp_path / "headcount.toml", token)))
    asked = Wanted(accounts=("twitter/first", "twitter/second"), force=True)
    (estimate,) = plan(house, house.job("daily"), asked).estimates
    assert (estimate.source, estimate.accounts, estimate.micros) == ("api", 2, 10_000 if is_paid else 20_000)


async def test_nothing_is_said_of_fitting_where_all_fits(tmp_path: Path, store: Store) -> None:
    assert Village(tmp_path, store, "60/m").plan() == [
        "daily: X (formerly Twitter) by page: 4 accounts, 4 requests, 6.67% of the rate limit, free"
    ]
