"""What the simulated Reddit answers: subreddits, profiles, searches in place of what is unknown, and the app's token."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator

import pytest

from headcount.demo.people import Fate
from headcount.model import Account
from headcount.platforms.reddit import PLATFORM
from tests.demo.asking import Demo, demo, said

FATES: dict[str, Fate] = {
    "r/banned": "suspended", "r/secret": "private", "r/passed": "left_out", "u/early": "hidden", "u/fallen": "suspended",
}  # fmt: skip
SIGNED = {"authorization": "Bearer simulated-reddit-token", "user-agent": "server:x:v1 (by /u/simulated_user)"}
BY_ID, BY_NAME = PLATFORM.sources


@pytest.fixture
async def reddit() -> AsyncIterator[Demo]:
    async with demo({"reddit": ("r/Energy", "u/NASA", *FATES)}, {"reddit": FATES}) as here:
        yield here


async def test_a_subreddit_says_how_many_are_members(reddit: Demo) -> None:
    got = await reddit.get("reddit/api/r/energy/about?raw_json=1", SIGNED)
    assert (got.json["kind"], got.json["data"]["display_name"]) == ("t5", "Energy")
    assert got.json["data"]["subscribers"] == reddit.count("reddit", "r/Energy")
    assert got.headers["x-ratelimit-remaining"] == "999.0"


async def test_a_profile_says_how_many_follow_it(reddit: Demo) -> None:
    got = await reddit.get("reddit/api/user/nasa/about", SIGNED)
    assert got.json["data"]["subreddit"]["subscribers"] == reddit.count("reddit", "u/NASA")


async def test_an_unknown_name_leads_to_a_search(reddit: Demo) -> None:
    got = await reddit.get("reddit/api/r/nobody/about", SIGNED)
    assert (got.status, got.headers["location"]) == (302, "/reddit/api/subreddits/search?q=nobody")


@pytest.mark.parametrize(
    ("handle", "reason"),
    [
        ("r/nobody", "not_found"),
        ("r/banned", "suspended"),
        ("r/secret", "private"),
        ("u/nobody", "not_found"),
        ("u/early", "hidden"),
        ("u/fallen", "suspended"),
    ],
)
async def test_headcount_learns_why_somebody_is_not_shown(reddit: Demo, handle: str, reason: str) -> None:
    found = await reddit.collect(BY_NAME, "reddit", [Account("reddit/x", handle)])
    assert said(found) == {handle: reason}


async def test_who_is_not_listed_is_asked_for_alone(reddit: Demo) -> None:
    handles = ("r/Energy", "r/passed", "r/secret")
    pinned = [Account(f"reddit/{each}", each, {"t5": reddit.ids("reddit", each)[0]}) for each in handles]
    counts = {each: reddit.count("reddit", each) for each in handles[:2]}
    assert said(await reddit.collect(BY_ID, "reddit", pinned)) == {**counts, "r/secret": "private"}


async def test_who_does_not_name_a_user_is_slowed_down(reddit: Demo) -> None:
    got = await reddit.get("reddit/api/r/energy/about", {**SIGNED, "user-agent": "headcount/1"})
    assert (got.status, got.headers["retry-after"]) == (429, "4")
    assert (await reddit.get("reddit/api/r/energy/about")).status == 401


async def test_the_app_s_id_and_secret_buy_the_token(reddit: Demo) -> None:
    pair = b64encode(b"simulated-reddit-id:simulated-reddit-secret").decode()
    form, place = {"grant_type": "client_credentials"}, "reddit/login/api/v1/access_token"
    assert (await reddit.post(place, form, {"authorization": f"Basic {pair}"})).json["access_token"]
    assert (await reddit.post(place, {}, {"authorization": f"Basic {pair}"})).json == {
        "error": "unsupported_grant_type"
    }
    assert (await reddit.post(place, form)).status == 401
