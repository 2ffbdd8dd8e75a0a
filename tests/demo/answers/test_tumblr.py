"""What the simulated Tumblr answers: one's own blogs, to requests that are signed by OAuth 1.0a and no others."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import pytest

from headcount.demo.answers.tumblr import TOKENS
from headcount.net.client import Client
from headcount.net.message import Get, Http, Reply
from headcount.platforms.tumblr import sign
from tests.demo.asking import Demo, demo


@pytest.fixture
async def tumblr() -> AsyncIterator[Demo]:
    async with demo({"tumblr": ("energy", "theirs")}, {"tumblr": {"theirs": "withheld"}}) as here:
        yield here


async def ask(here: Demo, blog: str, secrets: Mapping[str, str] = TOKENS) -> Reply:
    """Signed and sent by the one client, which encodes what it sends."""
    request = sign(Get(f"{{api}}/v2/blog/{blog}/followers", {"limit": "1"}), secrets)
    async with Client(Http(allow_private_addresses=True), here.clock) as client:
        return await client.send(request, here.server.hosts("tumblr"))


async def test_a_signature_is_good_as_the_client_sends_it(tumblr: Demo) -> None:
    for blog in ("energy", "energy.tumblr.com", tumblr.ids("tumblr", "energy")[0]):
        reply = await ask(tumblr, blog)
        assert (reply.status, b'"total_users":%d' % tumblr.count("tumblr", "energy") in reply.body) == (200, True)


@pytest.mark.parametrize("name", TOKENS)
async def test_each_of_the_four_credentials_is_needed(tumblr: Demo, name: str) -> None:
    assert (await ask(tumblr, "energy", {**TOKENS, name: "wrong"})).status == 401


async def test_a_signature_of_another_request_is_not_let_in(tumblr: Demo) -> None:
    signed = sign(Get("{api}/v2/blog/theirs/followers", {"limit": "1"}), TOKENS)
    got = await tumblr.get("tumblr/api/v2/blog/energy/followers?limit=1", signed.headers)
    assert got.status == 401
    assert (await tumblr.get("tumblr/api/v2/blog/energy/followers?limit=1")).status == 401


async def test_other_people_s_blogs_and_those_that_are_not_there_are_refused(tumblr: Demo) -> None:
    assert ((await ask(tumblr, "theirs")).status, (await ask(tumblr, "nobody")).status) == (403, 404)
