"""What the simulated Twitch answers: users, counts that do not say whose they are, and the app's token."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from headcount.collect.grant import granted
from headcount.demo.people import Fate
from headcount.model import Account
from headcount.net.client import Client
from headcount.net.message import Http, Reply, Request
from headcount.platforms.kit.contract import Refusal, Secrets
from headcount.platforms.twitch import API
from tests.demo.asking import Demo, demo, said

FATES: dict[str, Fate] = {"gone": "suspended", "passed": "left_out", "broken": "spoilt"}
LASTING = {"client_id": "simulatedtwitchclientid", "client_secret": "simulatedtwitchsecret"}
SIGNED = {"authorization": "Bearer simulatedtwitchtoken", "client-id": "simulatedtwitchclientid"}


@pytest.fixture
async def twitch() -> AsyncIterator[Demo]:
    async with demo({"twitch": ("nasa", "NOAA", *FATES)}, {"twitch": FATES}) as here:
        yield here


async def grant(here: Demo, secrets: Secrets) -> Secrets | Refusal:
    """As a run has its token granted."""
    assert API.grant
    sign = API.grant.sign
    async with Client(Http(allow_private_addresses=True), here.clock) as client:

        async def ask(request: Request) -> Reply:
            return await client.send(sign(request, secrets), here.server.hosts("twitch"))

        return await granted(API.grant, ask, secrets)


async def test_the_app_s_id_and_secret_buy_the_token_that_is_let_in(twitch: Demo) -> None:
    assert await grant(twitch, LASTING) == {**LASTING, "token": "simulatedtwitchtoken"}


@pytest.mark.parametrize(
    ("name", "message"), [("client_id", "invalid client"), ("client_secret", "invalid client secret")]
)
async def test_a_wrong_id_or_secret_buys_nothing(twitch: Demo, name: str, message: str) -> None:
    refused = await grant(twitch, {**LASTING, name: "wrong"})
    assert refused == Refusal("bad_credentials", message, scope="credential")


async def test_the_unknown_are_left_out_and_the_order_is_twitch_s_own(twitch: Demo) -> None:
    got = await twitch.get("twitch/api/helix/users?login=nasa&login=nobody&login=gone&login=noaa", SIGNED)
    assert [user["login"] for user in got.json["data"]] == ["noaa", "nasa"]
    assert got.headers["ratelimit-remaining"] == "799"


async def test_a_channel_that_is_gone_has_nought(twitch: Demo) -> None:
    got = await twitch.get("twitch/api/helix/channels/followers?broadcaster_id=12", SIGNED)
    assert got.json == {"total": 0, "data": [], "pagination": {}}


@pytest.mark.parametrize("query", ["login=a-b", "login=", "", "&".join(f"login=n{number}" for number in range(101))])
async def test_one_name_that_none_may_have_fails_them_all(twitch: Demo, query: str) -> None:
    assert (await twitch.get(f"twitch/api/helix/users?{query}", SIGNED)).status == 400


@pytest.mark.parametrize("name", ["authorization", "client-id"])
async def test_token_and_id_are_both_asked_for(twitch: Demo, name: str) -> None:
    assert (await twitch.get("twitch/api/helix/users?login=nasa", {**SIGNED, name: "Bearer x"})).status == 401


async def test_a_batch_costs_a_call_for_all_and_one_for_each_who_is_there(twitch: Demo) -> None:
    handles = ("nasa", "gone", "broken", "noaa")
    pinned = [Account(f"twitch/{name}", name, {"twitch": twitch.ids("twitch", name)[0]}) for name in handles]
    found = said(await twitch.collect(API, "twitch", pinned))
    assert found == {
        "nasa": twitch.count("twitch", "nasa"),
        "gone": "not_found",
        "broken": "shape_changed",
        "noaa": twitch.count("twitch", "NOAA"),
    }
