"""Accounts over several runs against the demo server: followed by id, never mixed with who has their handle now."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headcount.clock import SteppedClock
from headcount.collect.turn import Event
from headcount.demo.people import Directory, Fate
from headcount.demo.server import DemoServer
from headcount.demo.simulation import Simulation
from headcount.model import Miss, Outcome
from headcount.pipeline import changes
from headcount.pipeline.changes import Saying
from headcount.pipeline.due import Wanted
from headcount.pipeline.house import Premises, open_house
from headcount.pipeline.notices import what_to_do
from headcount.pipeline.run import Report, collect
from headcount.settings import load
from headcount.store.contract import Store
from headcount.store.open import open_store

NOON = datetime(2026, 11, 20, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
HANDLES = {"twitter": ("energy", "nnsa"), "youtube": ("user/argonne", "@nnsa")}
CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
[http]
allow_private_addresses = true
[jobs.hourly]
every = "1h"
"""


class City:
    """An installation in a folder, and the hour that it is there."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self.store = folder, store
        self.clock = SteppedClock(NOON)
        self.simulation = Simulation(self.clock)
        self.roster({"twitter": ("energy", "nnsa"), "youtube": ("user/argonne", "@nnsa")})

    def roster(self, handles: Mapping[str, tuple[str, ...]]) -> None:
        lines = [f"Unit,1,{slug},{handle}" for slug, some in handles.items() for handle in some]
        (self.folder / "roster.csv").write_text("\n".join(["unit,unit_id,platform,account", *lines, ""]))

    @asynccontextmanager
    async def _asking(self, fates: Mapping[str, Mapping[str, Fate]], credentials: str) -> AsyncIterator[Premises]:
        async with DemoServer(self.simulation, Directory(HANDLES, fates)) as server:
            text = CONFIG
            for slug in HANDLES:
                hosts = "".join(f'{name} = "{url}"\n' for name, url in server.hosts(slug).items())
                text += f"[platforms.{slug}]\n"
                for name in {"twitter": ["bearer_token"], "youtube": ["key"]}[slug] if slug in credentials else []:
                    secret = self.folder / f"{slug}.{name}"
                    secret.touch(mode=0o600)
                    secret.write_text(server.credentials(slug)[name])
                    text += f'{name} = {{ file = "{secret.name}" }}\n'
                text += f"[platforms.{slug}.hosts]\n{hosts}"
            (self.folder / "headcount.toml").write_text(text)
            yield Premises(load(self.folder / "headcount.toml", {}), self.store, self.clock)

    async def run(
        self, fates: Mapping[str, Mapping[str, Fate]] | None = None, *, credentials: str = "twitter youtube"
    ) -> Ran:
        """The next hour's run, in a world where these accounts have met with something."""
        self.clock.move(HOUR.total_seconds())
        heard: list[Event] = []
        async with self._asking(fates or {}, credentials) as premises:
            report = await collect(premises, Wanted(), heard.append)
            self.house = open_house(premises)
        return Ran(report, heard)

    def say(self, what: str, key: str, *more: str) -> None:
        saying = Saying("jane", self.clock.now(), "because")
        {"rename": changes.rename, "handover": changes.hand_over, "archive": changes.archive, "reopen": changes.reopen}[
            what
        ](self.house, key, *more, saying)  # type: ignore[operator] # each test says what it takes

    def handles(self, key: str) -> list[tuple[str, datetime]]:
        return [(each.handle, each.since) for each in self.house.known[key].held]


class Ran:
    """What a run came to."""

    def __init__(self, report: Report, heard: list[Event]) -> None:
        (self.turnout,) = report.turnouts
        self.outcomes = [event for event in heard if isinstance(event, Outcome)]
        self.status = report.exit_status

    @property
    def said(self) -> dict[str, str]:
        """By key: that it was counted, or why not."""
        return {
            each.account.key: each.said.reason if isinstance(each.said, Miss) else "counted" for each in self.outcomes
        }

    @property
    def requests(self) -> int:
        return self.turnout.tally.requests


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path, open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path))


async def test_ids_are_pinned_at_the_first_answer_and_asked_for_from_then_on(city: City) -> None:
    first, second = await city.run(), await city.run()
    assert (
        first.said
        == second.said
        == dict.fromkeys(["twitter/energy", "twitter/nnsa", "youtube/nnsa", "youtube/user-argonne"], "counted")
    )
    assert all(known.ids for known in city.house.known.values())
    assert all(account.ids for _, account in city.house.people), "by id, whatever form the roster writes"
    assert (first.requests, second.requests) == (3, 2), "YouTube takes one name a request, and fifty ids"


async def test_a_roster_that_writes_a_known_account_in_another_form_is_understood_from_the_next_run_on(
    city: City,
) -> None:
    await city.run()
    city.roster({"youtube": ("user/nnsa",)})
    for _ in range(2):
        assert (await city.run()).said == {"youtube/nnsa": "counted"}
    ((_, account),) = city.house.people
    assert (account.key, list(account.ids)) == ("youtube/nnsa", ["uc"])


async def test_a_handle_that_has_changed_is_followed_and_told_and_both_names_are_kept_with_their_dates(
    city: City,
) -> None:
    await city.run()
    before = city.clock.now()
    ran = await city.run({"twitter": {"energy": "renamed"}})
    assert ran.said["twitter/energy"] == "counted"
    assert [name for name, _ in city.handles("twitter/energy")] == ["energy", "energyNew"]
    dates = [since for _, since in city.handles("twitter/energy")]
    assert dates[0] <= before < dates[1]
    (notice,) = ran.turnout.notices
    assert notice.startswith("twitter/energy goes by energyNew now, no longer by energy, and is counted on")
    assert (await city.run({"twitter": {"energy": "renamed"}})).turnout.notices == (), "told once"


@pytest.mark.parametrize("handle", ["energy", "energyNew"])
async def test_the_roster_may_name_the_old_handle_or_the_new_one(city: City, handle: str) -> None:
    await city.run()
    city.roster({"twitter": (handle,)})
    assert (await city.run({"twitter": {"energy": "renamed"}})).said == {"twitter/energy": "counted"}
    assert (await city.run({"twitter": {"energy": "renamed"}})).said == {"twitter/energy": "counted"}
    assert [key for key in city.house.known if "energy" in key] == ["twitter/energy"]


async def test_a_handle_that_answers_with_another_id_is_not_counted_and_told_with_what_to_do(city: City) -> None:
    await city.run(credentials="")
    counted = {each.key: each.taken_at for each in city.store.latest(city.clock.now())}
    ran = await city.run({"twitter": {"energy": "reused"}}, credentials="")
    assert ran.said["twitter/energy"] == "renamed_or_reused"
    assert ran.status == 1
    (notice,) = ran.turnout.notices
    assert "x id is" in notice
    assert notice.endswith(what_to_do("twitter/energy"))
    shown = {each.key: each.taken_at for each in city.store.latest(city.clock.now())}
    assert shown["twitter/energy"] == counted["twitter/energy"]


async def test_after_a_hand_over_the_handle_has_a_key_of_its_own_and_the_old_one_is_closed(city: City) -> None:
    await city.run()
    city.say("handover", "twitter/energy")
    reused: dict[str, dict[str, Fate]] = {"twitter": {"energy": "reused"}}
    for _ in range(2):
        ran = await city.run(reused)
        assert ran.said["twitter/energy-2"] == "counted"
        assert "twitter/energy" not in ran.said
    old, new = city.house.known["twitter/energy"], city.house.known["twitter/energy-2"]
    assert old.ids["x"] != new.ids["x"]
    assert old.closed
    assert new.closed is None
    assert {row.key for row in city.store.month("2026-11") if "energy" in row.key and row.slot.hour > 13} == {
        "twitter/energy-2"
    }


async def test_a_hand_over_that_has_not_happened_counts_nobody_and_says_so(city: City) -> None:
    await city.run()
    city.say("handover", "twitter/energy")
    ran = await city.run()
    assert ran.said["twitter/energy-2"] == "renamed_or_reused"
    assert "is also that of twitter/energy, which was handed over on 2026-11-20" in ran.turnout.notices[0]
    city.say("reopen", "twitter/energy")
    assert (await city.run()).said["twitter/energy"] == "counted"


async def test_an_account_whose_handle_has_passed_on_is_counted_on_under_its_next_one_if_a_person_says_so(
    city: City,
) -> None:
    await city.run()
    city.say("handover", "twitter/energy")
    city.clock.move(60)
    city.say("rename", "twitter/energy", "energyNew")
    city.roster({"twitter": ("energy", "energyNew")})
    ran = await city.run({"twitter": {"energy": "reused"}})
    assert ran.said == {"twitter/energy": "counted", "twitter/energy-2": "counted"}


async def test_where_a_platform_cannot_be_asked_by_id_it_is_asked_by_the_handle_that_a_person_gave(city: City) -> None:
    city.roster({"twitter": ("energy",)})
    await city.run(credentials="")
    renamed: dict[str, dict[str, Fate]] = {"twitter": {"energy": "renamed"}}
    assert (await city.run(renamed, credentials="")).said["twitter/energy"] != "counted"
    city.say("rename", "twitter/energy", "energyNew")
    assert (await city.run(renamed, credentials="")).said == {"twitter/energy": "counted"}


async def test_an_archived_account_is_not_asked_about(city: City) -> None:
    await city.run()
    city.say("archive", "twitter/energy")
    ran = await city.run()
    assert "twitter/energy" not in ran.said
    assert ran.status == 0
    assert ran.turnout.notices == ("1 archived and not asked about: `headcount account list` names them",)


async def test_an_archived_account_that_the_roster_names_anew_is_told(city: City) -> None:
    await city.run()
    city.say("archive", "twitter/energy")
    city.roster({"twitter": ("energyNew",)})
    ran = await city.run({"twitter": {"energy": "renamed"}})
    assert ran.said == {"twitter/energynew": "renamed_or_reused"}
    assert "which was archived on 2026-11-20" in ran.turnout.notices[0]
