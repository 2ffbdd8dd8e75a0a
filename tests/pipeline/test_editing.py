"""Under which handle an account is published: the roster's, or today's where it has given that one up."""

from __future__ import annotations

import pytest

from headcount.model import HEADLINE, Account, Count, Fill, Outcome, Reading
from headcount.pipeline.by_hand import changes
from headcount.pipeline.by_hand.changes import Saying
from headcount.pipeline.house import open_house
from tests.pipeline.town import LINES, Town

LAB = LINES["lab"]


def shown(town: Town) -> set[str]:
    """The handles under which the lab and its count are published, and what its link leads to."""
    units, counts = town.document("accounts.json")["units"], town.document("latest.json")["counts"]
    named = [each for unit in units for each in unit["accounts"] if each["key"] == "twitter/lab"]
    counted = [each["handle"] for each in counts if each["key"] == "twitter/lab"]
    return {*counted, *(each["handle"] for each in named), *(each["url"] for each in named)}


def rename(town: Town, handle: str) -> None:
    town.clock.move(60)
    changes.rename(open_house(town.premises()), "twitter/lab", handle, Saying("jane", town.clock.now()))


def answer(town: Town, handle: str) -> None:
    """The platform shows the lab under this handle from the next hour on."""
    town.clock.move(3600)
    at = town.clock.now()
    outcome = Outcome(Reading(Account("twitter/lab", "lab"), HEADLINE, Count(5), handle), "simulated-page", at)
    town.store.append(town.store.begin("hourly", at, at).id, [Fill("hourly", at, outcome)])


@pytest.mark.parametrize(
    ("names", "roster", "expected"),
    [
        ((), "lab", "lab"),
        ((), "LAB", "LAB"),
        (("labNow",), "lab", "labNow"),
        (("labThen", "labNow"), "lab", "labNow"),
        (("labThen", "labNow"), "labthen", "labNow"),
        (("labNow",), "labnow", "labnow"),
        (("labNow", "lab"), "lab", "lab"),
    ],
)
async def test_a_handle_that_was_given_up_is_published_nowhere(
    town: Town, names: tuple[str, ...], roster: str, expected: str
) -> None:
    for name in names:
        rename(town, name)
    town.publish(lab=LAB.replace(",lab,", f",{roster},"))
    assert shown(town) == {expected, f"https://x.com/{expected}"}


@pytest.mark.parametrize(
    ("names", "roster", "expected"),
    [
        (("labNow",), "lab", "labNow"),
        (("labNow",), "labnow", "labnow"),
        (("labThen", "labNow"), "labthen", "labNow"),
        (("labNow", "lab"), "lab", "lab"),
    ],
)
async def test_nor_where_only_the_platform_says_that_it_was_given_up(
    town: Town, names: tuple[str, ...], roster: str, expected: str
) -> None:
    for name in names:
        answer(town, name)
    town.publish(lab=LAB.replace(",lab,", f",{roster},"))
    assert shown(town) == {expected, f"https://x.com/{expected}"}


async def test_nor_after_its_account_has_left_the_roster(town: Town) -> None:
    rename(town, "labNow")
    town.publish()
    town.publish("lab")
    left = town.departed()["lab"]
    assert (left["handle"], left["url"]) == ("labNow", "https://x.com/labNow")
