"""What the simulated Graph API and Facebook's public page answer."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import AsyncIterator

import pytest

from headcount.demo import graph, graph_errors
from headcount.demo.people import Fate
from headcount.demo.words import rounded
from tests.demo.asking import Demo, Got, demo

FATES: dict[str, Fate] = {
    "Gone": "suspended", "Locked": "private", "Secret": "withheld", "Jane": "personal", "Shy": "hidden",
    "Slow": "left_out", "Broken": "spoilt", "Former": "renamed", "Handed": "reused",
}  # fmt: skip
TOKEN = f"access_token={graph.TOKENS['token']}"
EVERYTHING = "fields=id,name,username,link,followers_count,fan_count"


@pytest.fixture
async def facebook() -> AsyncIterator[Demo]:
    async with demo({"facebook": ("EnergyGov", "Jefferson.Lab", "54971236771", *FATES)}, {"facebook": FATES}) as here:
        yield here


def proof(secret: str) -> str:
    return hmac.new(secret.encode(), graph.TOKENS["token"].encode(), "sha256").hexdigest()


async def test_a_page_has_exact_followers_and_other_exact_likes(facebook: Demo) -> None:
    got = (await facebook.get(f"facebook/api/v25.0/energygov?{EVERYTHING}&{TOKEN}")).json
    assert got["followers_count"] == facebook.count("facebook", "EnergyGov")
    assert got["fan_count"] == facebook.count("facebook", "EnergyGov", "likes") != got["followers_count"]
    assert got["id"] == facebook.ids("facebook", "EnergyGov")[0]


@pytest.mark.parametrize("path", ["jeffersonlab", "Jefferson.Lab", "JEFFERSON.LAB", "{id}"])
async def test_case_and_dots_of_a_name_do_not_matter(facebook: Demo, path: str) -> None:
    place = path.format(id=facebook.ids("facebook", "Jefferson.Lab")[0])
    got = (await facebook.get(f"facebook/api/v25.0/{place}?fields=username&{TOKEN}")).json
    assert got["username"] == "Jefferson.Lab"


async def test_a_numeric_handle_is_its_own_id(facebook: Demo) -> None:
    assert (await facebook.get(f"facebook/api/v25.0/54971236771?{TOKEN}")).json["id"] == "54971236771"


@pytest.mark.parametrize(
    ("path", "status", "code", "subcode"),
    [
        ("nobody", 404, 803, None),
        ("9999999999", 400, 100, 33),
        ("Jane", 400, 803, None),
        ("Gone", 400, 100, 33),
        ("Locked", 400, 100, 33),
        ("Secret", 403, 10, None),
        ("Slow", 500, 2, None),
        ("Former", 404, 803, None),
        ("EnergyGov?fields=nonsense", 400, 100, None),
    ],
)
async def test_whatever_cannot_be_shown_is_an_error_with_its_code(
    facebook: Demo, path: str, status: int, code: int, subcode: int | None
) -> None:
    got = await facebook.get(f"facebook/api/v25.0/{path}{'&' if '?' in path else '?'}{TOKEN}")
    error = got.json["error"]
    assert (got.status, error["code"], error.get("error_subcode")) == (status, code, subcode)


@pytest.mark.parametrize(
    ("query", "headers", "code"),
    [
        ("", {}, 104),
        ("access_token=wrong", {}, 190),
        ("", {"authorization": "Bearer wrong"}, 190),
        ("", {"authorization": f"Bearer {graph.TOKENS['token']}"}, None),
        ("", {"authorization": f"OAuth {graph.TOKENS['token']}"}, None),
        (TOKEN, {}, None),
        (f"{TOKEN}&appsecret_proof={proof(graph.TOKENS['app_secret'])}", {}, None),
        (f"{TOKEN}&appsecret_proof={proof('another')}", {}, 100),
    ],
)
async def test_a_token_is_needed_wherever_it_stands_and_its_proof_is_checked(
    facebook: Demo, query: str, headers: dict[str, str], code: int | None
) -> None:
    got = (await facebook.get(f"facebook/api/v25.0/energygov?{query}", headers)).json
    assert got.get("error", {}).get("code") == code


@pytest.mark.parametrize(("asked", "served"), [("v25.0", "v25.0"), ("v26.0", "v26.0"), ("v3.0", "v22.0")])
async def test_a_dead_version_is_served_by_the_oldest_that_lives(facebook: Demo, asked: str, served: str) -> None:
    assert (await facebook.get(f"facebook/api/{asked}/energygov?{TOKEN}")).headers["facebook-api-version"] == served


async def batch(facebook: Demo, *urls: str, place: str = "facebook/api/v25.0/", **form: str) -> Got:
    items = json.dumps([{"method": "GET", "relative_url": url} for url in urls])
    return await facebook.post(place, {"batch": items, "access_token": graph.TOKENS["token"], **form})


async def test_a_batch_keeps_its_order_and_each_answer_its_status_and_the_slow_one_is_null(facebook: Demo) -> None:
    items = (await batch(facebook, "nobody", f"EnergyGov?{EVERYTHING}", "Slow", "v25.0/Gone")).array
    assert [item and item["code"] for item in items] == [404, 200, None, 400]
    assert json.loads(items[1]["body"])["followers_count"] == facebook.count("facebook", "EnergyGov")
    assert items[1]["headers"] == [{"name": "content-type", "value": "application/json; charset=utf-8"}]


async def test_headers_can_be_left_out_of_a_batch(facebook: Demo) -> None:
    (item,) = (await batch(facebook, "EnergyGov", include_headers="false")).array
    assert set(item) == {"code", "body"}


@pytest.mark.parametrize("place", ["facebook/api/", "facebook/api/v25.0", "facebook/api/v25.0/"])
async def test_a_batch_is_sent_to_the_root_with_a_version_or_without(facebook: Demo, place: str) -> None:
    (item,) = (await batch(facebook, "EnergyGov", place=place)).array
    assert item["code"] == 200


async def test_a_batch_of_more_than_fifty_fails_as_a_whole(facebook: Demo) -> None:
    got = await batch(facebook, *["EnergyGov"] * 51)
    assert got.json["error"]["type"] == "GraphBatchException"


async def test_a_batch_that_is_no_list_fails(facebook: Demo) -> None:
    got = await facebook.post("facebook/api/v25.0/", {"batch": "nonsense", "access_token": graph.TOKENS["token"]})
    assert got.json["error"]["code"] == 100


def test_every_refusal_has_its_code() -> None:
    codes = {
        name: (error["code"], error.get("error_subcode"))
        for name, response in graph_errors.REFUSALS.items()
        if name != "nginx"
        for error in [json.loads(response.body)["error"]]
    }
    assert codes == {
        "expired": (190, 463), "password_changed": (190, 460), "logged_out": (190, 467), "invalidated": (190, 466),
        "app_removed": (190, 458), "checkpoint": (190, 459), "unconfirmed": (190, 464), "no_role": (190, 492),
        "not_engaged": (190, 493), "wrong_token": (190, None), "no_token": (104, None), "session": (102, None),
        "permission": (10, None), "ppca": (100, None), "no_proof": (100, None), "transient": (2, None),
        "unknown_error": (1, None), "app_limit": (4, None), "user_limit": (17, None), "page_limit": (32, None),
        "custom_limit": (613, None), "pages_usage": (80001, None), "instagram_usage": (80002, None),
        "abuse": (368, None), "bad_path": (2500, None),
    }  # fmt: skip
    assert graph_errors.REFUSALS["nginx"].body.startswith(b"<html>")


async def test_the_page_has_exact_likes_in_its_card_and_rough_followers_in_its_data(facebook: Demo) -> None:
    text = (await facebook.get("facebook/page/EnergyGov/")).text
    card = re.search(r'og:description" content="EnergyGov Channel 7\. ([\d,]+) likes', text)
    assert card
    assert card[1] == f"{facebook.count('facebook', 'EnergyGov', 'likes'):,}"
    own, other = rounded(facebook.count("facebook", "EnergyGov"), 2), "SomebodyElse/followers"
    assert f'"text":"{own} followers"' in text
    assert text.index(other) < text.index(f"{own} followers")
    assert (
        f'"delegate_page":{{"is_business_page_active":false,"id":"{facebook.ids("facebook", "EnergyGov")[0]}"}}' in text
    )


@pytest.mark.parametrize("place", ["EnergyGov", "energygov/", "{id}/", "{profile}/", "profile.php?id={profile}"])
async def test_every_address_of_a_page_leads_to_it(facebook: Demo, place: str) -> None:
    number, profile = facebook.ids("facebook", "EnergyGov")
    text = (await facebook.get("facebook/page/" + place.format(id=number, profile=profile))).text
    assert f"fb://profile/{profile}" in text


@pytest.mark.parametrize("name", ["nobody", "Gone", "Locked", "Secret", "Former"])
async def test_a_page_that_is_not_there_has_no_card(facebook: Demo, name: str) -> None:
    got = await facebook.get(f"facebook/page/{name}/")
    assert got.status == 200
    assert "og:description" not in got.text
