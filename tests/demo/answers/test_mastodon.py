"""The demo's servers of Mastodon: each knows its own accounts, and the configuration says where each is."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from headcount.collect.plan import batches
from headcount.demo.answers import answers
from headcount.model import Account
from headcount.platforms import platform
from tests.demo.asking import Demo, demo, said

HERE, THERE = "nasa@mastodon.social", "@Energy@Social.Energy.gov"
EVERYBODY = {"mastodon": (HERE, THERE, "nnsa@social.energy.gov")}
LOOKUP = "api/v1/accounts/lookup?acct="


@pytest.fixture
async def here() -> AsyncIterator[Demo]:
    async with demo(EVERYBODY) as opened:
        yield opened


async def test_each_server_that_a_handle_names_has_its_place(here: Demo) -> None:
    servers = ("mastodon.social", "social.energy.gov")
    assert here.server.hosts("mastodon") == {name: f"{here.server.url}/mastodon/{name}" for name in servers}


async def test_a_server_knows_its_own_accounts_and_nobody_else_s(here: Demo) -> None:
    energy = (await here.get(f"mastodon/social.energy.gov/{LOOKUP}energy")).json
    assert (energy["acct"], energy["url"]) == ("energy", "https://social.energy.gov/@energy")
    assert (await here.get(f"mastodon/mastodon.social/{LOOKUP}energy")).status == 404
    assert (await here.get(f"mastodon/mastodon.social/api/v1/accounts/{energy['id']}")).status == 404


async def test_webfinger_names_the_actor(here: Demo) -> None:
    found = (await here.get("mastodon/mastodon.social/.well-known/webfinger?resource=acct:nasa@mastodon.social")).json
    assert {"rel": "self", "type": "application/activity+json", "href": "https://mastodon.social/users/nasa"} in found[
        "links"
    ]


async def test_accounts_of_several_servers_are_asked_by_their_ids_each_at_home(here: Demo) -> None:
    plain = answers("mastodon").plain
    asked = [
        Account(f"mastodon/{plain(handle)}", handle, {"local": here.ids("mastodon", plain(handle))[0]})
        for handle in EVERYBODY["mastodon"]
    ]
    planned = batches(platform("mastodon").sources, asked)
    assert [len(batch.accounts) for batch in planned] == [1, 2]
    outcomes = [each for batch in planned for each in await here.collect(batch.source, "mastodon", batch.accounts)]
    assert said(outcomes) == {handle: here.count("mastodon", handle) for handle in EVERYBODY["mastodon"]}


async def test_the_window_ends_at_a_date_and_each_server_counts_for_itself(here: Demo) -> None:
    first = await here.get(f"mastodon/mastodon.social/{LOOKUP}nasa")
    other = await here.get(f"mastodon/social.energy.gov/{LOOKUP}energy")
    assert first.headers["x-ratelimit-remaining"] == other.headers["x-ratelimit-remaining"] == "299"
    assert first.headers["x-ratelimit-reset"] == "2026-11-20T12:05:00.000000Z"
