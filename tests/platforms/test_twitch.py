"""Twitch: two requests where the second does not say whom it is about, and an app's token."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headcount.model import Count, Miss, Reading
from headcount.net.message import Get, Post, Request
from headcount.platforms.kit.contract import Refusal
from headcount.platforms.replies.twitch_errors import grant_refusal
from headcount.platforms.twitch import API, PLATFORM, sign_grant
from tests.platforms.replaying import Body, account, rehearse, replay, reply, way
from tests.platforms.tables.twitch import IDS, problem, total, user, users

SECRETS = {"client_id": "an-id", "client_secret": "s3cret", "token": "t0ken"}
TRIO = [account("twitch", handle) for handle in ("aa", "BB", "cc")]


def batch(*replies: Body) -> dict[str, object]:
    said = rehearse(way("twitch", "api"), TRIO, *replies).said
    return {each.account.handle: each.count.value if isinstance(each, Reading) else each.reason for each in said}


def test_everybody_is_looked_up_at_once_and_then_counted_one_by_one() -> None:
    found = users(user("cc", "3"), user("aa", "1"))
    replayed = rehearse(way("twitch", "api"), TRIO, found, total(30), total(10))
    assert replayed.requests == [
        Get("{api}/helix/users", {"login": ("aa", "bb", "cc")}),
        Get("{api}/helix/channels/followers", {"broadcaster_id": "3", "first": "1"}),
        Get("{api}/helix/channels/followers", {"broadcaster_id": "1", "first": "1"}),
    ]
    assert {each.account.handle: each.count.value for each in replayed.said if isinstance(each, Reading)} == {
        "cc": 30,
        "aa": 10,
    }


def test_who_is_not_found_is_not_counted_for_that_would_be_nought() -> None:
    assert batch(users(user("aa", "1")), total(10)) == {"aa": 10, "BB": "not_found", "cc": "not_found"}


def test_one_spoilt_count_costs_nobody_else() -> None:
    found = users(user("aa", "1"), user("bb", "2"), user("cc", "3"))
    assert batch(found, total(10), total("many"), total(30)) == {"aa": 10, "BB": "shape_changed", "cc": 30}


def test_what_is_counted_before_a_refusal_is_kept() -> None:
    found = users(user("aa", "1"), user("bb", "2"), user("cc", "3"))
    told = batch(found, total(10), problem(429, "Too Many Requests", ""))
    assert told == {"aa": 10, "BB": "rate_limited", "cc": "rate_limited"}


def test_who_is_pinned_is_looked_up_by_id() -> None:
    whom = account("twitch", "old", **IDS)
    replayed = rehearse(way("twitch", "api", IDS), [whom], users(user("new")), total())
    assert replayed.requests[0] == Get("{api}/helix/users", {"id": (IDS["twitch"],)})
    (said,) = replayed.said
    assert isinstance(said, Reading)
    assert (said.handle, said.ids) == ("new", IDS)


def test_a_name_that_would_fail_the_whole_request_is_not_sent() -> None:
    odd = [account("twitch", handle) for handle in ("nasa", "a-b", "_nasa", "n" * 26, "")]
    replayed = rehearse(way("twitch", "api"), odd, users(user()), total())
    assert replayed.requests[0].query == {"login": ("nasa",)}
    assert [said.final for said in replayed.said if isinstance(said, Miss)] == [False] * 4
    assert rehearse(way("twitch", "api"), odd[1:]).requests == []


def test_a_request_bears_the_token_and_the_app_s_id() -> None:
    signed = API.sign(Get("{api}/helix/users"), SECRETS)
    assert signed.headers == {"authorization": "Bearer t0ken", "client-id": "an-id"}


def granted(body: Body, status: int = 200) -> str | Refusal:
    assert API.grant
    asking = API.grant.ask()
    assert next(asking) == Post("{login}/oauth2/token", form={"grant_type": "client_credentials"})
    with pytest.raises(StopIteration) as done:
        asking.send(reply(body, status))
    given: str | Refusal = done.value.value
    return given


def test_a_token_is_had_for_the_app_s_id_and_secret_which_go_into_the_form_alone() -> None:
    asked: Request = Post("{login}/oauth2/token", form={"grant_type": "client_credentials"})
    signed = sign_grant(asked, SECRETS)
    assert isinstance(signed, Post)
    assert (signed.url, signed.query, signed.headers) == (asked.url, asked.query, asked.headers)
    assert signed.form == {"grant_type": "client_credentials", "client_id": "an-id", "client_secret": "s3cret"}
    assert granted({"access_token": "t0ken", "expires_in": 5_011_271, "token_type": "bearer"}) == "t0ken"


@pytest.mark.parametrize(("status", "message"), [(400, "invalid client"), (403, "invalid client secret")])
def test_a_wrong_id_or_secret_buys_no_token(status: int, message: str) -> None:
    refused = Refusal("bad_credentials", message, scope="credential")
    assert granted({"status": status, "message": message}, status) == refused
    assert grant_refusal(reply("", 500)) is not None


def test_the_minute_s_points_are_read_from_the_headers() -> None:
    left = API.allowance(reply("", ratelimit_limit="800", ratelimit_remaining="799", ratelimit_reset="1800000000"))
    assert left is not None
    assert (left.remaining, left.resets) == (799, datetime(2027, 1, 15, 8, 0, tzinfo=UTC))


def test_a_refusal_of_the_token_holds_for_everybody() -> None:
    for status in (401, 403):
        refused = API.refusal(problem(status, "No", "Not you"))
        assert refused is not None
        assert (refused.scope, refused.detail) == ("credential", "No: Not you")


def test_ids_come_before_names() -> None:
    assert way("twitch", "api", IDS) is PLATFORM.sources[0]
    assert way("twitch", "api") is PLATFORM.sources[1]


def test_a_count_that_names_nobody_is_taken_from_what_was_saved_only() -> None:
    bare = {"total": 8, "data": [], "pagination": {}}
    live = rehearse(way("twitch", "api"), [account("twitch", "nasa")], bare).said
    assert [each for each in live if isinstance(each, Reading)] == []
    (saved,) = replay("twitch", "api", "nasa", bare)
    assert isinstance(saved, Reading)
    assert (saved.count, saved.ids) == (Count(8), {})
