"""GitHub, asked with small replies of our own: what is sent, and what refusals mean to everybody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headcount.model import Miss
from headcount.net.message import Allowance, Get, Reply
from headcount.platforms.github import BY_NAME, PLATFORM, nearly_used_up
from headcount.platforms.kit.contract import unsigned
from headcount.platforms.replies.github_errors import HOUR, refusal
from tests.platforms.replaying import AT, account, rehearse, replay, reply, way
from tests.platforms.tables.github import IDS, LIMITED, MISSING, said, user

HEADERS = {"accept": "application/vnd.github+json", "x-github-api-version": "2022-11-28"}
SOON = str(int((AT + timedelta(minutes=20)).timestamp()))


def test_an_account_is_asked_for_by_name_and_once_pinned_by_id() -> None:
    by_name = rehearse(way("github", "api"), [account("github", "nasa")], user())
    assert by_name.requests == [Get("{api}/users/nasa", headers=HEADERS)]
    by_id = rehearse(way("github", "api", IDS), [account("github", "old-name", **IDS)], user())
    assert by_id.requests == [Get("{api}/user/848102", headers=HEADERS)]


def test_whoever_has_the_name_is_looked_at_where_nobody_has_the_id() -> None:
    replayed = rehearse(way("github", "api", IDS), [account("github", "nasa", **IDS)], MISSING, MISSING)
    assert [request.url for request in replayed.requests] == ["{api}/user/848102", "{api}/users/nasa"]


@pytest.mark.parametrize(
    ("came", "final"),
    [(MISSING, True), (reply("<html>", 404), False), (reply("", 404), False), (reply("{}", 404), False)],
)
def test_only_github_s_own_word_that_there_is_nobody_is_final(came: Reply, final: bool) -> None:
    (miss,) = replay("github", "api", "nasa", came)
    assert isinstance(miss, Miss)
    assert (miss.final, bool(miss.detail)) == (final, True)


def test_a_name_that_is_somebody_else_s_now_is_not_counted() -> None:
    (miss,) = replay("github", "api", "nasa", MISSING, user(uid=5), ids=IDS)
    assert isinstance(miss, Miss)
    assert miss.reason == "renamed_or_reused"


def test_a_handle_cannot_lead_to_another_address() -> None:
    replayed = rehearse(way("github", "api"), [account("github", "../orgs/nasa?x#y")], MISSING)
    assert replayed.requests[0].url == "{api}/users/..%2Forgs%2Fnasa%3Fx%23y"


@pytest.mark.parametrize(
    ("came", "again", "scope"),
    [
        (said(403, LIMITED, x_ratelimit_remaining="0", x_ratelimit_reset=SOON), timedelta(minutes=20), "credential"),
        (said(403, LIMITED, x_ratelimit_remaining="0", x_ratelimit_reset="1"), timedelta(minutes=1), "credential"),
        (said(403, "Slow down", retry_after="90"), timedelta(seconds=90), "credential"),
        (said(429, "You have exceeded a secondary rate limit"), timedelta(minutes=1), "credential"),
        (said(401, "Bad credentials"), None, "credential"),
        (said(403, "Missing or invalid User Agent string"), None, "source"),
        (said(403, "`x` has enabled OAuth App access restrictions"), None, "batch"),
    ],
)
def test_a_refusal_says_whom_else_it_holds_for_and_until_when(came: Reply, again: timedelta | None, scope: str) -> None:
    refused = refusal(came)
    assert refused is not None
    assert (refused.again, refused.scope) == (again, scope)


def test_an_answer_is_no_refusal() -> None:
    assert refusal(reply(user())) is None
    assert refusal(MISSING) is None


def test_what_is_left_is_read_from_the_headers() -> None:
    came = reply(user(), x_ratelimit_remaining="41", x_ratelimit_reset=SOON)
    assert HOUR(came) == nearly_used_up(came) == Allowance(41.0, AT + timedelta(minutes=20))


def test_what_the_hour_has_left_does_not_hasten_the_minute() -> None:
    assert nearly_used_up(reply(user(), x_ratelimit_remaining="4999", x_ratelimit_reset=SOON)) is None
    assert nearly_used_up(reply(user())) is None


def test_with_a_token_what_has_not_changed_is_free_and_without_one_sixty_an_hour_are_not() -> None:
    ways = [(source.needs, source.pinned, source.conditional, source.sign is unsigned) for source in PLATFORM.sources]
    assert ways == [
        (("token",), "github", True, False),
        (("token",), None, True, False),
        ((), "github", False, True),
        ((), None, False, True),
    ]
    assert (PLATFORM.sources[2].pace.amount, PLATFORM.sources[2].pace.per) == (60, 3600)


def test_the_token_is_in_a_header_and_nowhere_else() -> None:
    request = Get("{api}/users/nasa", headers=HEADERS)
    signed = BY_NAME.sign(request, {"token": "t0ken"})
    assert signed == Get("{api}/users/nasa", headers={**HEADERS, "authorization": "Bearer t0ken"})
