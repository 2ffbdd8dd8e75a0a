"""Tumblr: how requests are signed, what refusals mean to others, and what is left of the hour and the day."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from oauthlib.oauth1 import Client

from headcount.model import Miss
from headcount.net.message import Get, Request
from headcount.platforms.tumblr import API, sign
from tests.platforms.replaying import AT, account, rehearse, replay, reply, way
from tests.platforms.tables.tumblr import DAY_OVER, HOUR_OVER, IDS, UUID, followers, refused

SECRETS = {"consumer_key": "ck", "consumer_secret": "cs", "token": "tk", "token_secret": "ts"}
ASKED = Get("{api}/v2/blog/energy/followers", {"limit": "1"})


def authorization(request: Request, **other: str) -> dict[str, str]:
    """The parts of the header that signs the request."""
    header = sign(request, {**SECRETS, **other}).headers["authorization"]
    assert header.startswith("OAuth ")
    return dict(re.findall(r'oauth_(\w+)="([^"]*)"', header))


def test_a_blog_is_asked_for_by_its_name_in_lower_case_and_by_its_id_once_that_is_known() -> None:
    named = rehearse(way("tumblr", "api"), [account("tumblr", "Energy")], followers()).requests
    pinned = rehearse(way("tumblr", "api"), [account("tumblr", "energy", **IDS)], followers()).requests
    assert named == [ASKED]
    assert pinned == [Get(f"{{api}}/v2/blog/{UUID}/followers", {"limit": "1"})]


def test_tumblr_s_own_address_is_signed_wherever_the_request_is_sent() -> None:
    given = authorization(ASKED)
    by_hand = Client("ck", "cs", "tk", "ts", nonce=given["nonce"], timestamp=given["timestamp"])
    _, headers, _ = by_hand.sign("https://api.tumblr.com/v2/blog/energy/followers?limit=1")
    assert given == dict(re.findall(r'oauth_(\w+)="([^"]*)"', headers["Authorization"]))


@pytest.mark.parametrize("changed", ["url", "query", "token_secret", "consumer_secret"])
def test_a_signature_is_good_for_one_request_and_one_owner(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oauthlib.oauth1.rfc5849.generate_nonce", lambda: "1")
    monkeypatch.setattr("oauthlib.oauth1.rfc5849.generate_timestamp", lambda: "2")
    others = {"url": Get(f"{ASKED.url}s", ASKED.query), "query": Get(ASKED.url, {"limit": "2"})}
    secrets = {changed: "other"} if changed in SECRETS else {}
    assert authorization(ASKED)["signature"] == authorization(ASKED)["signature"]
    assert authorization(others.get(changed, ASKED), **secrets)["signature"] != authorization(ASKED)["signature"]


def test_every_request_is_signed_anew() -> None:
    assert authorization(ASKED)["nonce"] != authorization(ASKED)["nonce"]


def test_no_secret_is_told() -> None:
    signed = sign(ASKED, {name: f"hunter-{name}" for name in SECRETS})
    told = f"{signed.url} {signed.query} {signed.headers}"
    assert "hunter-consumer_secret" not in told
    assert "hunter-token_secret" not in told
    assert "hunter-token" in told, "the token itself says who signs"


@pytest.mark.parametrize(("status", "scope"), [(401, "batch"), (403, "batch"), (429, "credential")])
def test_somebody_else_s_blog_costs_the_next_blog_nothing(status: int, scope: str) -> None:
    told = API.refusal(refused(status, "No"))
    assert told is not None
    assert told.scope == scope


def test_only_tumblr_s_own_word_that_there_is_no_blog_is_final() -> None:
    told = ((refused(404, "Not Found"), True), (refused(403, "Forbidden"), False), (reply("<html>", 404), False))
    for body, final in (*told, (reply({}, 404), False)):
        (said,) = replay("tumblr", "api", "energy", body)
        assert isinstance(said, Miss)
        assert said.final == final


def test_the_end_of_the_hour_and_of_the_day_are_told() -> None:
    hour, day = (API.refusal(refused(429, "Limit Exceeded", **over)) for over in (HOUR_OVER, DAY_OVER))
    assert hour is not None
    assert day is not None
    assert (hour.reason, hour.again) == ("rate_limited", AT + timedelta(seconds=400))
    assert (day.reason, day.again) == ("quota_exhausted", AT + timedelta(seconds=40_000))


def test_what_is_left_is_what_is_less() -> None:
    left = API.allowance(
        reply(
            followers(),
            x_ratelimit_perhour_remaining="900",
            x_ratelimit_perhour_reset="400",
            x_ratelimit_perday_remaining="12",
            x_ratelimit_perday_reset="40000",
        )
    )
    assert left is not None
    assert (left.remaining, left.resets) == (12, AT + timedelta(seconds=40_000))
    assert API.allowance(reply(followers())) is None
