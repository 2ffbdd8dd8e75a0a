"""What an installation expects of itself, what it finds, and that an edition which cannot be printed is remembered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headcount.errors import DeliveryError
from headcount.pipeline.expecting import expectation, vitals
from headcount.pipeline.house import open_house
from headcount.pipeline.publishing.publish import publish
from headcount.vitals.signs import Expectation, Vitals
from tests.pipeline.town import DAY, Town

HOUR = timedelta(hours=1)


def expected(town: Town) -> Expectation:
    return expectation(open_house(town.premises()))


def accounts(found: Vitals) -> set[str]:
    return {each.health for each in found.accounts}


def parts(found: Vitals) -> set[str]:
    """How platforms, jobs and targets are."""
    platforms, jobs, targets = found.platforms, found.jobs, found.targets
    return {*(each.health for each in platforms), *(each.health for each in jobs), *(each.health for each in targets)}


async def test_everyone_of_the_roster_is_expected_as_often_as_a_job_counts_them(town: Town) -> None:
    found = {each.key: each for each in expected(town).accounts}
    assert {key: each.public for key, each in found.items()} == {
        "twitter/energy": True, "twitter/lab": True, "twitter/rival": True, "twitter/secret": False,
    }  # fmt: skip
    assert {(each.period, each.job, each.platform) for each in found.values()} == {(HOUR, "hourly", "twitter")}


async def test_the_jobs_targets_and_sources_are_those_of_the_configuration(town: Town) -> None:
    found = expected(town)
    assert (set(found.jobs), found.targets, found.sources) == ({"hourly"}, ("web",), {"twitter": ("page",)})


async def test_who_is_hidden_by_a_line_that_is_over_is_not_public(town: Town) -> None:
    town.lines["lab"] = "Lab,2,twitter,lab,own,public,2021-01-01,"
    town.lines["old"] = "Lab,2,twitter,lab,own,internal,2020-01-01,2020-12-31"
    assert {each.key for each in expected(town).accounts if each.public} == {"twitter/energy", "twitter/rival"}


async def test_a_job_that_counts_nobody_is_not_waited_for(town: Town) -> None:
    town.lines = {"later": "Lab,2,twitter,later,own,public,2030-01-01,"}
    found = expected(town)
    assert (found.accounts, dict(found.jobs)) == ((), {})


async def test_an_installation_that_has_just_run_finds_itself_well(town: Town) -> None:
    found = vitals(open_house(town.premises()))
    assert (accounts(found), parts(found)) == ({"ok"}, {"ok"})
    assert [each.source for each in found.sources if each.health == "ok"] == ["page"]


async def test_an_installation_that_has_not_run_for_a_day_finds_everything_stale(town: Town) -> None:
    town.clock.move(DAY)
    found = vitals(open_house(town.premises()))
    assert (accounts(found), parts(found)) == ({"stale"}, {"stale"})


async def test_an_edition_that_cannot_be_printed_is_a_failed_delivery_to_every_target(town: Town) -> None:
    town.publish()
    press = town.folder / "press"
    press.rename(town.folder / "away")
    press.write_text("a file, where a folder should be")
    with pytest.raises(DeliveryError):
        publish(open_house(town.premises()))
    (target,) = vitals(open_house(town.premises())).targets
    assert (target.health, target.since) == ("failing", town.clock.now())
    assert "press" in target.fault


async def test_the_status_page_and_the_file_say_the_same(town: Town) -> None:
    town.publish()
    counts = town.document("health.json")["counts"]
    assert counts["ok"] == 3
    assert "All 3 accounts are counted as they should be." in town.text("status.html")
    assert town.document("health.json")["stale_after"] == "2026-11-20T14:00:00Z"
    assert town.naming("secret") == []
