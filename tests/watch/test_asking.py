"""Whoever asks is told what is wrong right now: by `headcount watch show` what was told and what not yet, by `headcount status`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from headcount.cli.saying.amiss import amiss
from headcount.cli.saying.matters import Matters, in_words, matters
from headcount.pipeline.expecting import vitals
from headcount.pipeline.house import open_house
from headcount.pipeline.watching.looking import glance_inside
from tests.system.shell import headcount
from tests.watch.receiving import listening, port_of
from tests.watch.station import Station

WELL = ["nothing is the matter, as far as the last run saw"]
OUT = {"youtube": "unreachable", "bluesky": "too_slow"}
CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
timezone = "America/New_York"
[http]
timeout = 2
allow_private_addresses = true
[jobs.hourly]
every = "1h"
[platforms.youtube]
sources = ["api"]
key = {{ env = "KEY" }}
[platforms.youtube.hosts]
api = "http://127.0.0.1:{port}"
[platforms.twitter]
sources = ["api"]
bearer_token = {{ env = "KEY" }}
[platforms.twitter.hosts]
api = "http://127.0.0.1:{port}"
"""
ROSTER = "unit,unit_id,platform,account\nUnit,1,youtube,@energy\nUnit,1,twitter,energy\n"
KEY = {"KEY": "HUSHhush"}


def shown(station: Station) -> Matters:
    return matters(station.premises)


def said(station: Station) -> list[str]:
    return list(in_words(shown(station), station.premises.settings))


def status(station: Station) -> list[str]:
    house = open_house(station.premises)
    return amiss(glance_inside(house, vitals(house)), house.settings.organization.zone)


def hour(station: Station, said: dict[str, Any] | None = None) -> None:
    station.count(said)
    station.watch()


def test_where_all_is_well_both_say_so(station: Station) -> None:
    hour(station)
    assert (said(station), status(station)) == (WELL, [])


def test_what_may_pass_by_itself_is_shown_at_the_first_slot_and_is_an_incident_from_the_second_on(
    station: Station,
) -> None:
    hour(station)
    hour(station, OUT)
    (first,) = shown(station).untold
    assert (first.title, first.severity, first.certain) == ("No platform can be reached", "urgent", False)
    assert shown(station).open == ()
    assert said(station)[:2] == [
        (
            "not told yet: urgent: No platform can be reached, since 20 November 2026, 14:05 UTC; "
            "it will be, if it is so at the next slot too"
        ),
        "    affects 12 accounts",
    ]
    (line,) = status(station)
    hour(station, OUT)
    assert ([each.kind for each in shown(station).open], shown(station).untold) == (["network"], ())
    assert said(station)[0] == "urgent: No platform can be reached, since 20 November 2026, 14:05 UTC"
    assert status(station) == [line], "the same is wrong, told or not"
    hour(station)
    assert (said(station), status(station)) == (WELL, [])


def test_a_build_that_waits_until_all_is_certain_is_caught(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headcount.watch.hasty.hasty", lambda look: look)
    hour(station)
    hour(station, OUT)
    assert (said(station), status(station)) == (WELL, []), "this is what nobody may read after such a run"


def test_what_is_certain_and_came_after_the_last_look_is_told_if_it_lasts(station: Station) -> None:
    hour(station)
    station.count({"youtube": "bad_credentials"})
    (found,) = shown(station).untold
    assert (found.title, found.certain) == ("YouTube does not accept our credentials", True)
    assert said(station)[0].endswith("; it will be, if it lasts")
    station.watch()
    assert shown(station).untold == ()


def test_a_roster_that_nobody_can_read_is_shown_before_any_run_has_met_it(station: Station) -> None:
    hour(station)
    (station.folder / "roster.csv").write_text("unit,unit_id,platform,account\nUnit,1,nowhere,a\n")
    assert [(each.kind, each.subject) for each in shown(station).untold] == [("configuration", "roster.csv")]
    station.clock.move(60)
    station.watch()
    assert ([each.kind for each in shown(station).open], shown(station).untold) == (["configuration"], ())


def test_whoever_asks_changes_nothing_of_what_was_told(station: Station) -> None:
    hour(station)
    hour(station, OUT)
    before = station.store.events(station.clock.now().replace(year=2000))
    said(station)
    status(station)
    assert station.store.events(station.clock.now().replace(year=2000)) == before
    assert station.letters == []


@pytest.fixture
def dead(tmp_path: Path) -> Path:
    """An installation whose platforms are all at an address where nobody listens."""
    with listening() as closed:
        port = port_of(closed)
    (tmp_path / "headcount.toml").write_text(CONFIG.format(port=port))
    (tmp_path / "roster.csv").write_text(ROSTER)
    return tmp_path


def test_after_a_run_in_which_nobody_answered_both_commands_say_so_once(dead: Path) -> None:
    assert headcount(dead, "watch", "show", environment=KEY).out.splitlines() == WELL
    assert headcount(dead, "run", environment=KEY).status == 3
    told = headcount(dead, "watch", "show", environment=KEY).out.splitlines()
    assert told[0].startswith("not told yet: urgent: No platform can be reached, since ")
    assert not any("nothing is the matter" in line for line in told)
    found = json.loads(headcount(dead, "watch", "show", "--json", environment=KEY).out)
    assert (found["open"], [(each["kind"], each["certain"]) for each in found["untold"]]) == ([], [("network", False)])
    lines = headcount(dead, "status", environment=KEY).out.splitlines()
    assert [line.split(",")[0] for line in lines if " can be reached" in line or "cannot be reached" in line] == [
        "No platform can be reached"
    ]
