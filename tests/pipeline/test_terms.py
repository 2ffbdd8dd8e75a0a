"""Lines of the roster that hold from a day to a day: an account counts for a unit only while its line does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner

from headcount.cli.parser import cli
from headcount.cli.saying.standing import standings
from headcount.pipeline.expecting import vitals
from headcount.pipeline.house import House, open_house
from headcount.pipeline.members import Member, members
from tests.pipeline.town import DAY, MONTH, Town

# It is noon of 20 November 2026.
OVER = "Lab,2,twitter,lab,own,public,,2026-11-19"
LAST_DAY = "Lab,2,twitter,lab,own,public,,2026-11-20"
FIRST_DAY = "Department,1,twitter,lab,own,public,2026-11-20,"
TO_COME = "Department,1,twitter,lab,own,public,2026-11-21,"
LAB = "twitter/lab"


def house(town: Town) -> House:
    return open_house(town.premises())


def cells(town: Town) -> dict[str, str]:
    """The cell of each unit on X."""
    return {row["zid"]: row["twitter"] for row in town.rows("all_social_data.csv")}


def in_tree(town: Town) -> dict[str, list[str]]:
    """The accounts of each unit in the published tree."""
    return {
        unit["id"]: [each["handle"] for each in unit["accounts"]] for unit in town.document("accounts.json")["units"]
    }


def member(town: Town, key: str = LAB) -> Member:
    return {each.key: each for each in members(house(town))}[key]


def asked(town: Town) -> set[str]:
    here = house(town)
    return {account.handle for _, account in here.due(here.job("hourly"))}


def units_of(town: Town) -> list[str]:
    """Where status shows the lab."""
    return [each.unit for each in standings(house(town), vitals(house(town))) if each.account == LAB]


def published(town: Town) -> set[str]:
    return {account["key"] for unit in town.document("accounts.json")["units"] for account in unit["accounts"]}


def shown(town: Town) -> set[str]:
    return {each.account for each in standings(house(town), vitals(house(town)))}


async def test_an_account_that_has_passed_on_counts_for_its_unit_of_today_only(town: Town) -> None:
    town.publish("energy", "secret", lab=OVER, again=FIRST_DAY)
    count = str({each.key: each.count for each in town.store.latest(town.clock.now())}[LAB])
    assert cells(town) == {"1": count, "2": "", "3": ""}
    assert in_tree(town) == {"1": ["lab"], "2": [], "3": ["rival"]}
    assert units_of(town) == ["1"]
    assert (member(town).units, member(town).state) == (("1",), "counted")


async def test_lines_without_days_count_for_both_units(town: Town) -> None:
    """The control: with all lines in force, both units have the count."""
    town.publish("energy", "secret", lab="Lab,2,twitter,lab", again="Department,1,twitter,lab")
    assert cells(town)["1"] == cells(town)["2"] != ""
    assert in_tree(town) == {"1": ["lab"], "2": ["lab"], "3": ["rival"]}
    assert units_of(town) == ["2", "1"]


@pytest.mark.parametrize(
    ("line", "is_counted"),
    [(OVER, False), (LAST_DAY, True), (FIRST_DAY, True), (TO_COME, False)],
    ids=lambda each: each,
)
async def test_the_first_and_the_last_day_are_both_included(town: Town, line: str, is_counted: bool) -> None:
    town.publish(lab=line)
    assert [LAB in each for each in (published(town), shown(town))] == [is_counted, is_counted]
    assert ("lab" in asked(town)) is is_counted


@pytest.mark.parametrize(
    ("zone", "hours", "is_counted"),
    [
        ("UTC", 12, False),
        ("America/New_York", 12, True),
        ("America/New_York", 17, False),
        ("Asia/Tokyo", 2, True),
        ("Asia/Tokyo", 4, False),
    ],
)
async def test_a_day_ends_at_midnight_of_the_organisation_s_zone(
    town: Town, zone: str, hours: int, is_counted: bool
) -> None:
    town.timezone = zone
    town.publish(lab=LAST_DAY, after=timedelta(hours=hours).total_seconds())
    assert ("lab" in asked(town)) is is_counted
    assert (LAB in published(town)) is is_counted


async def test_who_has_ended_keeps_every_row_and_stands_among_those_who_have_left(town: Town) -> None:
    before = town.text(MONTH)
    town.timezone = "America/New_York"
    town.publish(lab=OVER)
    assert town.text(MONTH) == before
    left = town.departed()
    assert (list(left), left["lab"]["unit_name"], left["lab"]["listed_until"]) == (
        ["lab"],
        "Lab",
        "2026-11-20T05:00:00Z",
    )
    assert units_of(town) == []
    assert (member(town).state, str(member(town).day), member(town).units) == ("ended", "2026-11-19", ())
    town.publish("lab", after=DAY)
    assert town.departed()["lab"]["listed_until"] == "2026-11-20T05:00:00Z", "it had ended before it left the roster"
    assert member(town).state == "not in the roster"


async def test_a_row_that_nobody_may_see_is_missed(town: Town) -> None:
    """The control: an internal line takes the rows out, and so they are seen to have stood there."""
    before = town.text(MONTH)
    town.publish(lab=OVER.replace("public", "internal"))
    assert town.text(MONTH) != before
    assert town.departed() == {}


async def test_who_is_still_to_come_is_told_with_the_day_and_keeps_what_was_counted_before(town: Town) -> None:
    before = town.text(MONTH)
    town.publish(lab=TO_COME)
    assert town.text(MONTH) == before
    assert list(town.departed()) == ["lab"]
    assert (member(town).state, str(member(town).day)) == ("to come", "2026-11-21")
    town.publish(after=DAY)
    assert (town.departed(), member(town).state) == ({}, "counted")


async def test_between_two_lines_an_account_has_left_and_comes_back(town: Town) -> None:
    town.publish(lab=OVER, again=TO_COME)
    assert (list(town.departed()), member(town).state, str(member(town).day)) == (["lab"], "to come", "2026-11-21")
    town.publish(after=DAY)
    assert (town.departed(), in_tree(town)["1"]) == ({}, ["energy", "lab"])


@pytest.mark.parametrize("day", [",,2026-01-01", ",2027-01-01,"])
async def test_a_line_that_is_not_in_force_hides_if_it_says_internal(town: Town, day: str) -> None:
    town.publish(again=f"Department,1,twitter,lab,own,internal{day}")
    assert "lab" not in town.who(MONTH)
    assert "lab" not in town.latest()
    town.publish("lab", "again")
    assert "lab" not in town.who(MONTH), "also after it has left"


async def test_a_line_that_is_over_counts_towards_no_total_whatever_its_place(town: Town) -> None:
    for first, second in ((OVER, FIRST_DAY), (FIRST_DAY, OVER)):
        town.publish("energy", "secret", lab=first, again=second)
        assert (cells(town)["1"] != "", cells(town)["2"]) == (True, "")
        assert {row["unit_id"] for row in town.rows(MONTH) if row["account"] == LAB} == {"1"}


@pytest.mark.parametrize(
    ("days", "state"), [(",2020-01-01", "ended 2020-01-01"), ("9000-01-01,", "to come 9000-01-01")]
)
async def test_the_list_of_accounts_says_since_when_a_line_is_over_or_from_when_on_it_holds(
    town: Town, days: str, state: str
) -> None:
    town.publish(lab=f"Lab,2,twitter,lab,own,public,{days}")
    shown = CliRunner().invoke(cli, ["--config", str(town.folder / "headcount.toml"), "account", "list"])
    assert {line.split()[0]: state in line for line in shown.output.splitlines() if "twitter/" in line} == {
        "twitter/energy": False, LAB: True, "twitter/rival": False, "twitter/secret": False,
    }  # fmt: skip
