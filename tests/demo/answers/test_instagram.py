"""What business_discovery, the own account and the public page of the simulated Instagram answer."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator

import pytest

from headcount.demo import graph
from headcount.demo.answers.instagram import OWN, _written
from headcount.demo.people import Fate
from tests.demo.asking import Demo, Got, demo

FATES: dict[str, Fate] = {
    "gone": "suspended", "locked": "private", "secret": "withheld", "jane": "personal", "adult": "age_gated",
    "shy": "hidden", "slow": "left_out", "broken": "spoilt", "former": "renamed",
}  # fmt: skip
TOKEN = f"access_token={graph.TOKENS['token']}"
FIELDS = "id,ig_id,username,followers_count"


@pytest.fixture
async def instagram() -> AsyncIterator[Demo]:
    async with demo({"instagram": ("Energy", "brookhavenlab", *FATES)}, {"instagram": FATES}) as here:
        yield here


async def discover(instagram: Demo, name: str, own: str = OWN) -> Got:
    return await instagram.get(
        f"instagram/api/v25.0/{own}?fields=business_discovery.username({name})%7B{FIELDS}%7D&{TOKEN}"
    )


async def test_business_discovery_has_the_exact_count_and_both_ids(instagram: Demo) -> None:
    got = (await discover(instagram, "BrookhavenLab")).json
    assert got["id"] == OWN
    graph_id, number = instagram.ids("instagram", "brookhavenlab")
    assert got["business_discovery"] == {
        "id": graph_id,
        "ig_id": int(number),
        "username": "brookhavenlab",
        "followers_count": instagram.count("instagram", "brookhavenlab"),
    }


@pytest.mark.parametrize(
    ("name", "status", "code", "subcode"),
    [
        ("nobody", 400, 110, 2207013),
        ("jane", 400, 110, 2207013),
        ("gone", 400, 110, 2207013),
        ("adult", 400, 110, 2207013),
        ("locked", 400, 110, 2207013),
        ("former", 400, 110, 2207013),
        ("secret", 403, 10, None),
        ("slow", 500, 2, None),
    ],
)
async def test_whoever_cannot_be_discovered_is_an_error_with_its_code(
    instagram: Demo, name: str, status: int, code: int, subcode: int | None
) -> None:
    got = await discover(instagram, name)
    error = got.json["error"]
    assert (got.status, error["code"], error.get("error_subcode")) == (status, code, subcode)


async def test_another_accounts_id_cannot_be_asked_through(instagram: Demo) -> None:
    got = await discover(instagram, "brookhavenlab", own=instagram.ids("instagram", "brookhavenlab")[0])
    assert (got.json["error"]["code"], got.json["error"]["error_subcode"]) == (100, 33)


@pytest.mark.parametrize("place", [f"api/v25.0/{OWN}", "login/v25.0/me"])
async def test_the_own_account_is_the_first_of_the_directory(instagram: Demo, place: str) -> None:
    got = (await instagram.get(f"instagram/{place}?fields=username,followers_count&{TOKEN}")).json
    assert got == {"id": OWN, "username": "energy", "followers_count": instagram.count("instagram", "Energy")}


@pytest.mark.parametrize("name", ["energy", "jane", "locked", "adult"])
async def test_a_known_name_has_a_card(instagram: Demo, name: str) -> None:
    text = (await instagram.get(f"instagram/page/{name}/")).text
    card = re.search(
        r'og:description" content="([\d.,KM]+) Followers, \d+ Following, [\d,]+ Posts - See Instagram', text
    )
    assert card
    assert card[1] == _written(instagram.count("instagram", "Energy" if name == "energy" else name))


@pytest.mark.parametrize("name", ["nobody", "gone", "former"])
async def test_an_unknown_name_has_the_bare_shell(instagram: Demo, name: str) -> None:
    got = await instagram.get(f"instagram/page/{name}/")
    assert got.status == 200
    assert "og:" not in got.text
    assert "<title>Instagram</title>" in got.text


async def test_exact_numbers_are_embedded_for_what_looks_like_a_browser_only(instagram: Demo) -> None:
    assert "xig_user_by_username" not in (await instagram.get("instagram/page/energy/")).text
    text = (await instagram.get("instagram/page/energy/", {"sec-fetch-mode": "navigate"})).text
    found = re.search(r'"xig_user_by_username":(\{.*?\})', text)
    assert found
    assert json.loads(found[1])["follower_count"] == instagram.count("instagram", "Energy")


@pytest.mark.parametrize(
    ("value", "written"),
    [(118, "118"), (2_362, "2,362"), (9_999, "9,999"), (10_939, "11K"), (448_123, "448K"), (46_383_825, "46.4M")],
)
def test_counts_are_exact_below_ten_thousand_and_abbreviated_above(value: int, written: str) -> None:
    assert _written(value) == written
