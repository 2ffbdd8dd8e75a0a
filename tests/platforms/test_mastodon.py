"""Mastodon: batches of one server, whom to ask where, and what a stranger's answer can make us ask."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from headcount.collect.plan import batches
from headcount.errors import Unreachable
from headcount.model import Account, Miss, Reading
from headcount.net.message import Get
from headcount.net.route import Servers, locate
from headcount.platforms.kit.webfinger import host_of
from headcount.platforms.mastodon import PLATFORM, refusal
from tests.platforms.replaying import Body, Replayed, account, rehearse, replay, reply, way
from tests.platforms.tables.mastodon import (
    ABROAD,
    AWAY,
    HOME,
    IDS,
    NO_FINGER,
    SITE,
    SPLIT,
    UNKNOWN,
    UNSURE,
    finger,
    problem,
    profile,
    without,
)

NUMBERS = {"aa": "11", "bb": "22", "cc": "33"}


def pinned(name: str, server: str = HOME) -> Account:
    ids = {"local": f"{server}/{NUMBERS[name]}", "uri": f"https://{server}/users/{name}"}
    return account("mastodon", f"{name}@{server}", **ids)


def someone(name: str, followers: object) -> dict[str, object]:
    return profile(followers, name, number=NUMBERS[name])


def by_id(*replies: Body) -> Replayed:
    return rehearse(way("mastodon", "api", IDS), [pinned(name) for name in NUMBERS], *replies)


def by_name(handle: str, *replies: Body) -> Replayed:
    return rehearse(way("mastodon", "api"), [account("mastodon", handle)], *replies)


def told(replayed: Replayed) -> dict[str, object]:
    return {
        each.account.handle[:2]: each.count.value if isinstance(each, Reading) else each.reason
        for each in replayed.said
    }


def urls(replayed: Replayed) -> list[str]:
    return [request.url for request in replayed.requests]


def test_a_batch_may_come_in_any_order() -> None:
    replayed = by_id([someone("cc", 3), someone("aa", 1), someone("bb", 2)])
    assert told(replayed) == {"aa": 1, "bb": 2, "cc": 3}
    assert replayed.requests == [Get("{mastodon.social}/api/v1/accounts", {"id[]": ("11", "22", "33")})]


def test_whoever_is_left_out_is_asked_for_alone_and_told_why() -> None:
    replayed = by_id([someone("bb", 2)], UNKNOWN, someone("cc", 3))
    assert told(replayed) == {"aa": "not_found", "bb": 2, "cc": 3}
    assert urls(replayed)[1:] == ["{mastodon.social}/api/v1/accounts/11", "{mastodon.social}/api/v1/accounts/33"]


@pytest.mark.parametrize("status", [401, 404, 405, 422])
def test_a_server_that_does_not_know_batches_is_asked_one_by_one(status: int) -> None:
    replayed = by_id(reply(SITE, status), someone("aa", 1), someone("bb", 2), someone("cc", 3))
    assert told(replayed) == {"aa": 1, "bb": 2, "cc": 3}


def test_an_older_server_s_word_about_batches_is_nobody_s_absence() -> None:
    replayed = by_id(UNKNOWN, someone("aa", 1), someone("bb", 2), someone("cc", 3))
    assert told(replayed) == {"aa": 1, "bb": 2, "cc": 3}


def test_a_spoilt_profile_and_a_copy_cost_their_accounts_only() -> None:
    copy = {**someone("cc", 9), "acct": "cc@agency.example"}
    replayed = by_id([someone("aa", 1), someone("bb", "?"), copy], someone("bb", None), copy)
    assert told(replayed) == {"aa": 1, "bb": "shape_changed", "cc": "shape_changed"}


def test_hidden_moved_and_suspended_ones_cost_nobody_else() -> None:
    moved = {**someone("bb", 4), "moved": profile(7, "bb", "agency.example")}
    replayed = by_id([someone("aa", -1), moved, {**someone("cc", 0), "suspended": True}])
    assert told(replayed) == {"aa": "hidden", "bb": "moved", "cc": "suspended"}
    assert all(said.final for said in replayed.said if isinstance(said, Miss))


def test_an_id_that_is_another_actor_s_now_is_not_counted() -> None:
    (said,) = replay("mastodon", "api", "nasa@mastodon.social", profile(9, "mallory"), ids=IDS)
    assert isinstance(said, Miss)
    assert said.reason == "renamed_or_reused"


def test_each_server_is_asked_about_its_own_accounts() -> None:
    there = [pinned("aa"), pinned("bb", "social.example.gov"), pinned("cc")]
    planned = batches(PLATFORM.sources, there)
    assert [[each.handle for each in batch.accounts] for batch in planned] == [
        ["aa@mastodon.social", "cc@mastodon.social"],
        ["bb@social.example.gov"],
    ]


def test_an_account_is_asked_for_where_it_is_pinned_whatever_its_handle_says() -> None:
    """One that moves gets another id from another server, and is another account: the old one says where it went."""
    moved = account("mastodon", "nasa@agency.example", **IDS)
    replayed = rehearse(way("mastodon", "api", IDS), [moved], profile(4, moved=profile(7, server="agency.example")))
    assert urls(replayed) == ["{mastodon.social}/api/v1/accounts/109300000000000001"]
    assert told(replayed) == {"na": "moved"}


def test_by_name_the_handle_s_own_server_is_asked_first_and_alone_where_it_knows() -> None:
    replayed = by_name("@NASA@Mastodon.Social", profile())
    assert replayed.requests == [Get("{mastodon.social}/api/v1/accounts/lookup", {"acct": "nasa"})]


def test_where_the_domain_is_not_the_server_its_webfinger_says_where_to_ask() -> None:
    replayed = by_name(SPLIT, reply(SITE, 404), finger(AWAY), ABROAD)
    assert replayed.requests == [
        Get("{example.gov}/api/v1/accounts/lookup", {"acct": "nasa"}),
        Get("{example.gov}/.well-known/webfinger", {"resource": "acct:nasa@example.gov"}),
        Get("{social.example.gov}/api/v1/accounts/lookup", {"acct": "nasa"}),
    ]
    (said,) = replayed.said
    assert isinstance(said, Reading)
    assert said.handle == SPLIT


def test_a_redirect_of_webfinger_is_followed_once_and_the_question_stays_ours() -> None:
    onward = reply("", 302, location="https://Social.Example.gov/.well-known/webfinger?x=1")
    replayed = by_name(SPLIT, SITE, onward, onward, ABROAD)
    assert urls(replayed)[1:] == ["{example.gov}/.well-known/webfinger", "{social.example.gov}/.well-known/webfinger"]
    assert told(replayed) == {"na": "shape_changed"}


@pytest.mark.parametrize(
    ("domain_says", "reason", "final"),
    [
        (NO_FINGER, "not_found", True),
        (finger(), "not_found", True),
        *((body, "shape_changed", False) for body in UNSURE.values()),
    ],
)
def test_nobody_is_gone_for_good_unless_the_domain_says_so_too(domain_says: Body, reason: str, final: bool) -> None:
    (said,) = by_name("nasa@mastodon.social", UNKNOWN, domain_says).said
    assert isinstance(said, Miss)
    assert (said.reason, said.final) == (reason, final)
    assert said.detail


@pytest.mark.parametrize(
    "elsewhere",
    [
        "/login",
        "https://login.example.gov/",
        "https://social.example.gov/.well-known/webfingers",
        "https://social.example.gov/sso?to=/.well-known/webfinger",
    ],
)
def test_a_redirect_to_anything_but_webfinger_is_not_followed(elsewhere: str) -> None:
    onward = reply("", 302, location=elsewhere)
    assert len(by_name(SPLIT, UNKNOWN, onward, finger(AWAY), ABROAD).requests) == 2


def test_what_a_server_lacks_is_told_where_its_domain_names_it_too() -> None:
    (said,) = by_name("nasa@mastodon.social", without("followers_count"), finger(f"https://{HOME}/users/nasa")).said
    assert isinstance(said, Miss)
    assert "followers_count" in said.detail


HOSTILE = (
    "http://social.example.gov/x",
    "https://127.0.0.1/x",
    "https://[::1]/x",
    "https://2130706433/x",
    "https://0x7f.1/x",
    "https://localhost/x",
    "https://social.example.gov:22/x",
    "https://user@social.example.gov/x",
    "https://social.example.gov@evil.example/x",
    "https://social.example.gov\\@evil.example/x",
    "https://evil.example}/x{",
    "https://evil.example#/x",
    "https://evil..example/x",
    "https://evil.example\n/x",
    "https:///x",
    "//social.example.gov/x",
    "file:///etc/passwd",
    "",
)


@pytest.mark.parametrize("url", HOSTILE)
def test_a_stranger_s_address_that_is_no_plain_https_host_is_not_asked(url: str) -> None:
    assert host_of(url) == ""
    assert len(by_name(SPLIT, SITE, finger(url), ABROAD).requests) == 2
    assert len(by_name(SPLIT, SITE, reply("", 301, location=url), finger(AWAY), ABROAD).requests) == 2


def test_whatever_a_stranger_names_is_asked_by_https_under_that_name() -> None:
    for url in ("https://social.example.gov/../../x", "https://social.example.gov?x=/", "https://a.b.xn--p1ai/users/1"):
        request = Get(f"{{{host_of(url)}}}/api/v1/accounts/lookup", {"acct": "nasa"})
        assert str(locate(request, Servers())) == f"https://{host_of(url)}/api/v1/accounts/lookup?acct=nasa"
    with pytest.raises(Unreachable):
        locate(Get("{localhost:3000}/x"), Servers())


def test_a_name_cannot_climb_out_of_its_place() -> None:
    replayed = by_name("a&resource=b/../c@mastodon.social", UNKNOWN, NO_FINGER)
    for request in replayed.requests:
        assert locate(request, Servers()).path in {"/api/v1/accounts/lookup", "/.well-known/webfinger"}
        assert len(locate(request, Servers()).query) == 1


@pytest.mark.parametrize(
    ("status", "text", "reason"),
    [
        (401, "This method requires an authenticated user", "missing_permission"),
        (401, "The access token is invalid", "bad_credentials"),
        (403, "This action is not allowed", "missing_permission"),
        (429, "Too many requests", "rate_limited"),
        (503, "Service unavailable", "unreachable"),
    ],
)
def test_one_server_s_refusal_holds_for_nobody_else(status: int, text: str, reason: str) -> None:
    refused = refusal(problem(status, text))
    assert refused is not None
    assert (refused.reason, refused.scope) == (reason, "batch")


@pytest.mark.parametrize(
    ("reset", "resets"),
    [
        ("2026-08-01T13:50:00.293776Z", datetime(2026, 8, 1, 13, 50, 0, 293_776, UTC)),
        ("2026-08-01T15:50:00+02:00", datetime(2026, 8, 1, 13, 50, tzinfo=UTC)),
        ("1800000000", datetime(2027, 1, 15, 8, 0, tzinfo=UTC)),
        ("2026-08-01T13:50:00", None),
        ("9999-12-31T23:59:59-23:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_the_end_of_the_window_is_a_date_with_its_zone(reset: str, resets: datetime | None) -> None:
    allowance = way("mastodon", "api").allowance(reply("", x_ratelimit_remaining="7", x_ratelimit_reset=reset))
    assert allowance is not None
    assert (allowance.remaining, allowance.resets) == (7, resets)


@pytest.mark.parametrize(
    ("file", "handle"),
    [
        ("account_remote_copy_200.json", "halcy@mastodon.social"),
        ("account_remote_copy_200.json", "halcy@icosahedron.website"),
        ("doc_account_remote.json", "noiob@mastodon.social"),
    ],
)
def test_a_recorded_copy_of_an_account_that_lives_elsewhere_is_never_believed(
    recordings: Path, file: str, handle: str
) -> None:
    body = recordings / "mastodon" / file
    (said,) = by_name(handle, body, NO_FINGER).said
    assert isinstance(said, Miss)
    assert said.reason == "shape_changed"
