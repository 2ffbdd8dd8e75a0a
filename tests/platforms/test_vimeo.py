"""Vimeo: what is asked of whom, what its refusals mean to others, and what its headers say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headcount.model import Account
from headcount.net.message import Allowance, Get
from headcount.platforms import platform
from headcount.platforms.kit.contract import Refusal
from tests.platforms.replaying import account, rehearse, reply, way
from tests.platforms.tables.vimeo import IDS, problem, profile, user
from tests.platforms.tables.vimeo import page as shown

API, PAGE = platform("vimeo").sources


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        (account("vimeo", "riverlab"), "/users/riverlab"),
        (account("vimeo", "riverlab", user="40310921"), "/users/40310921"),
        (account("vimeo", "user40310921", user="40310921"), "/users/40310921"),
        (account("vimeo", "a/../b"), "/users/a%2F..%2Fb"),
    ],
)
def test_it_is_asked_by_its_id_once_that_is_known(asked: Account, path: str) -> None:
    (request,) = rehearse(API, [asked], user(), user()).requests[:1]
    assert isinstance(request, Get)
    assert request.url == "{api}" + path
    assert "metadata.connections.followers.total" in str(request.query["fields"])


def test_no_request_holds_the_token_before_it_is_signed() -> None:
    (request,) = rehearse(API, [account("vimeo", "riverlab")], user()).requests
    signed = API.sign(request, {"token": "s3cret"})
    assert signed.headers["authorization"] == "Bearer s3cret"
    assert "s3cret" not in repr(request)


def test_a_new_name_is_told_and_another_id_is_somebody_else() -> None:
    pinned = account("vimeo", "riverlab", **IDS)
    (reading,) = rehearse(API, [pinned], user("hilltop")).said
    assert getattr(reading, "handle", "") == "hilltop"
    (miss,) = rehearse(API, [pinned], user("riverlab", uid="5")).said
    assert getattr(miss, "reason", "") == "renamed_or_reused"
    (miss,) = rehearse(PAGE, [pinned], shown(profile(uid="5"))).said
    assert getattr(miss, "reason", "") == "renamed_or_reused"


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        (401, Refusal("bad_credentials", "HTTP 401", "credential")),
        (403, Refusal("missing_permission", "HTTP 403", "credential")),
        (429, Refusal("rate_limited", "HTTP 429", "credential", timedelta(minutes=1))),
        (404, None),
    ],
)
def test_a_refusal_holds_for_whoever_uses_the_token(status: int, refused: Refusal | None) -> None:
    assert API.refusal(problem(status, 1, "Oh.")) == refused


def test_a_wall_holds_for_every_page() -> None:
    assert PAGE.refusal(reply("<html>", 403)) == Refusal("blocked", "HTTP 403", "source")


def test_the_headers_say_what_is_left_and_are_not_believed_when_they_say_until_when() -> None:
    told = reply({}, x_ratelimit_limit="50", x_ratelimit_remaining="7", x_ratelimit_reset="1795176000")
    assert API.allowance(told) == Allowance(7.0)
    assert API.allowance(reply({})) is None


def test_both_ways_have_one_entry_each() -> None:
    assert way("vimeo", "api", IDS) is API
