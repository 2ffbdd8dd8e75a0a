"""The demo's Bluesky: what it leaves out, and what one wrong identifier does to many."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import pytest

from headcount.demo.people import Fate
from tests.demo.asking import Demo, demo

MANY = "bluesky/api/xrpc/app.bsky.actor.getProfiles?actors="
ONE = "bluesky/api/xrpc/app.bsky.actor.getProfile?actor="

FATES: Mapping[str, Fate] = {"gone.gov": "suspended", "shut.gov": "withheld", "shy.gov": "left_out"}


@pytest.fixture
async def here() -> AsyncIterator[Demo]:
    async with demo({"bluesky": ("energy.gov", "@nasa", *FATES)}, {"bluesky": FATES}) as opened:
        yield opened


async def test_many_come_in_the_order_of_the_question_without_those_who_are_not_shown(here: Demo) -> None:
    asked = "&actors=".join(("nasa.bsky.social", *FATES, "nobody.gov", "energy.gov"))
    profiles = (await here.get(MANY + asked)).json["profiles"]
    assert [profile["handle"] for profile in profiles] == ["nasa.bsky.social", "energy.gov"]


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        ("nobody.gov", "InvalidRequest"),
        ("gone.gov", "AccountTakedown"),
        ("shut.gov", "AccountDeactivated"),
        ("no-name", "InvalidRequest"),
    ],
)
async def test_alone_it_is_said_why_not(here: Demo, actor: str, error: str) -> None:
    got = await here.get(ONE + actor)
    assert (got.status, got.json["error"]) == (400, error)


async def test_one_wrong_identifier_fails_everybody(here: Demo) -> None:
    assert (await here.get(f"{MANY}energy.gov&actors=no_name")).status == 400


async def test_an_account_has_one_did_under_which_it_is_found(here: Demo) -> None:
    (did,) = here.ids("bluesky", "energy.gov")
    assert (await here.get(ONE + did)).json["handle"] == "energy.gov"
    assert (await here.get(ONE + "shy.gov")).status == 200


async def test_a_page_holds_what_people_wrote_with_its_line_breaks(here: Demo) -> None:
    assert "We count \n what" in (await here.get("bluesky/page/profile/energy.gov")).text
