"""What the simulated X answers: users with their problems beside them, refusals, the token and the timeline."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from typing import Any

import pytest

from headcount.demo.answers.twitter.refusals import REFUSALS
from headcount.demo.people import Fate
from tests.demo.asking import Demo, demo

FATES: dict[str, Fate] = {
    "Gone": "suspended", "Secret": "withheld", "Locked": "private", "Mute": "quiet", "Passed": "left_out",
    "Broken": "spoilt", "Former": "renamed", "Handed": "reused",
}  # fmt: skip
BEARER = {"authorization": "Bearer simulated-bearer-token"}
METRICS = "user.fields=public_metrics,protected"


@pytest.fixture
async def x() -> AsyncIterator[Demo]:
    async with demo({"twitter": ("ENERGY", *FATES)}, {"twitter": FATES}) as here:
        yield here


async def by_names(x: Demo, *names: str, fields: str = METRICS) -> dict[str, Any]:
    got = await x.get(f"twitter/api/2/users/by?usernames={','.join(names)}&{fields}", BEARER)
    assert got.status == 200
    return got.json


async def test_a_user_has_the_exact_count_and_an_id_beyond_what_a_double_holds(x: Demo) -> None:
    (user,) = (await by_names(x, "energy"))["data"]
    assert user["username"] == "ENERGY"
    assert user["public_metrics"]["followers_count"] == x.count("twitter", "ENERGY")
    assert int(user["id"]) > 2**53


async def test_metrics_that_are_not_asked_for_are_not_given(x: Demo) -> None:
    (user,) = (await by_names(x, "energy", fields=""))["data"]
    assert set(user) == {"id", "name", "username"}


@pytest.mark.parametrize(
    ("name", "title", "kind"),
    [
        ("nobody", "Not Found Error", "resource-not-found"),
        ("Gone", "Forbidden", "resource-not-found"),
        ("Secret", "Authorization Error", "not-authorized-for-resource"),
        ("Former", "Not Found Error", "resource-not-found"),
    ],
)
async def test_who_cannot_be_shown_is_a_problem_beside_the_data(x: Demo, name: str, title: str, kind: str) -> None:
    answer = await by_names(x, name, "energy")
    (error,) = answer["errors"]
    assert (error["value"], error["title"]) == (name, title)
    assert error["type"].endswith(f"/{kind}")
    assert len(answer["data"]) == 1


async def test_without_anyone_to_show_there_is_no_data_and_without_a_problem_there_are_no_errors(x: Demo) -> None:
    assert set(await by_names(x, "nobody")) == {"errors"}
    assert set(await by_names(x, "energy")) == {"data"}
    assert await by_names(x, "Passed") == {}


async def test_users_come_in_another_order_than_they_were_asked_for(x: Demo) -> None:
    data = (await by_names(x, "energy", "Locked", "Mute"))["data"]
    assert [user["username"] for user in data] == ["Mute", "Locked", "ENERGY"]


async def test_a_spoilt_user_is_among_good_ones(x: Demo) -> None:
    data = (await by_names(x, "energy", "Broken"))["data"]
    counts = {user["username"]: user["public_metrics"]["followers_count"] for user in data}
    assert counts == {"ENERGY": x.count("twitter", "ENERGY"), "Broken": "many"}


async def test_a_renamed_user_keeps_the_id_and_a_reused_name_has_another(x: Demo) -> None:
    (old,) = x.ids("twitter", "HandedNew")
    (new,) = x.ids("twitter", "Handed")
    (renamed,) = x.ids("twitter", "FormerNew")
    got = await x.get(f"twitter/api/2/users?ids={old},{new},{renamed},1", BEARER)
    assert {user["id"]: user["username"] for user in got.json["data"]} == {
        old: "HandedNew", new: "Handed", renamed: "FormerNew",
    }  # fmt: skip
    assert got.json["errors"][0]["detail"] == "Could not find user with ids: [1]."


async def test_one_user_is_an_object_and_not_a_list(x: Demo) -> None:
    (number,) = x.ids("twitter", "ENERGY")
    for path in (f"2/users/{number}", "2/users/by/username/energy"):
        assert (await x.get(f"twitter/api/{path}", BEARER)).json["data"]["id"] == number
    alone = await x.get("twitter/api/2/users/by/username/nobody", BEARER)
    assert alone.json["errors"][0]["detail"] == "Could not find user with username: [nobody]."


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("usernames=energy,not-a-name", "[not-a-name] does not match"),
        ("usernames=" + ",".join(f"a{number}" for number in range(101)), "[101] is not between 1 and 100"),
        ("usernames=", "[0] is not between 1 and 100"),
        ("", "[0] is not between 1 and 100"),
    ],
)
async def test_one_value_out_of_place_fails_the_whole_request(x: Demo, query: str, message: str) -> None:
    got = await x.get(f"twitter/api/2/users/by?{query}", BEARER)
    assert (got.status, got.json["title"]) == (400, "Invalid Request")
    assert message in got.json["errors"][0]["message"]


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": "Bearer wrong"}, {"authorization": "simulated-bearer-token"}]
)
async def test_without_the_token_nobody_is_let_in_and_nothing_is_counted(x: Demo, headers: dict[str, str]) -> None:
    got = await x.get("twitter/api/2/users/by?usernames=energy", headers)
    assert (got.status, got.json["title"]) == (401, "Unauthorized")
    assert "x-rate-limit-remaining" not in got.headers


def test_every_refusal_has_its_own_title_or_status() -> None:
    titles = {name: (response.status, json.loads(response.body)["title"]) for name, response in REFUSALS.items()}
    assert titles == {
        "unauthorized": (401, "Unauthorized"),
        "too_many": (429, "Too Many Requests"),
        "not_enrolled": (403, "Client Forbidden"),
        "no_credits": (402, "CreditsDepleted"),
        "monthly_cap": (429, "UsageCapExceeded"),
    }


@pytest.mark.parametrize(
    ("pair", "form", "status", "code"),
    [
        ("simulated-api-key:simulated-api-secret", {"grant_type": "client_credentials"}, 200, None),
        ("simulated-api-key:wrong", {"grant_type": "client_credentials"}, 403, 99),
        ("simulated-api-key:simulated-api-secret", {}, 403, 170),
    ],
)
async def test_the_token_is_given_for_the_apps_key_and_secret(
    x: Demo, pair: str, form: dict[str, str], status: int, code: int | None
) -> None:
    basic = {"authorization": f"Basic {b64encode(pair.encode()).decode()}"}
    got = await x.post("twitter/api/oauth2/token", form, basic)
    assert got.status == status
    if code is None:
        assert got.json == {"token_type": "bearer", "access_token": "simulated-bearer-token"}
    else:
        assert got.json["errors"][0]["code"] == code


async def timeline(x: Demo, name: str) -> dict[str, Any]:
    page = (await x.get(f"twitter/page/srv/timeline-profile/screen-name/{name}")).text
    data = re.search(r'<script id="__NEXT_DATA__"[^>]*>(.*?)</script>', page)
    assert data
    properties: dict[str, Any] = json.loads(data[1])["props"]["pageProps"]
    return properties


async def test_a_timeline_holds_its_owner_and_whom_they_repeat(x: Demo) -> None:
    entries = (await timeline(x, "energy"))["timeline"]["entries"]
    retweet, own, *others = (entry["content"]["tweet"] for entry in entries)
    assert len(others) == 18
    assert own["user"]["followers_count"] == retweet["user"]["followers_count"] == x.count("twitter", "ENERGY")
    stranger = retweet["retweeted_status"]["user"]
    assert stranger["screen_name"] != "ENERGY"
    assert stranger["followers_count"] != own["user"]["followers_count"]


@pytest.mark.parametrize("name", ["nobody", "Gone", "Secret", "Locked", "Mute", "Former"])
async def test_whoever_has_nothing_to_show_has_an_empty_timeline_like_the_unknown(x: Demo, name: str) -> None:
    properties = await timeline(x, name)
    assert properties["timeline"] == {"entries": []}
    assert properties["contextProvider"]["hasResults"] is False
