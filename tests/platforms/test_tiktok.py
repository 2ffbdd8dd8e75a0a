"""TikTok: what is asked, how finely a shown number is known, and what its refusals mean to others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headcount.model import Count, Miss, Reading
from headcount.net.message import Get
from headcount.platforms import platform
from headcount.platforms.kit.contract import Refusal
from tests.platforms.replaying import account, rehearse, reply
from tests.platforms.tables.tiktok import IDS, embed, embedded, owner, page, problem, user

API, PAGE, EMBED = platform("tiktok").sources
ASKED = account("tiktok", "riverlab")


def test_the_page_comes_before_what_is_embedded_and_both_draw_on_one_allowance() -> None:
    assert [source.name for source in platform("tiktok").sources] == ["api", "page", "embed"]
    assert PAGE.pace == EMBED.pace
    assert PAGE.pace.pool
    assert (API.official, PAGE.official, EMBED.official) == (True, False, False)


def test_what_is_asked() -> None:
    requests = [
        *rehearse(API, [ASKED], owner()).requests,
        *rehearse(PAGE, [ASKED], page(user())).requests,
        *rehearse(EMBED, [ASKED], embed(embedded())).requests,
    ]
    assert [request.url for request in requests] == [
        "{api}/v2/user/info/",
        "{page}/@riverlab",
        "{page}/embed/@riverlab",
    ]
    assert requests[0].query == {"fields": "open_id,username,follower_count"}


def test_no_request_holds_the_token_before_it_is_signed() -> None:
    signed = API.sign(Get("{api}/v2/user/info/"), {"token": "s3cret"})
    assert (signed.url, signed.headers) == ("{api}/v2/user/info/", {"authorization": "Bearer s3cret"})


@pytest.mark.parametrize(
    ("shown", "granularity"),
    [
        (0, 1),
        (7, 1),
        (900, 1),
        (999, 1),
        (1_000, 100),
        (9_900, 100),
        (9_990, 10),
        (9_999, 1),
        (12_300, 100),
        (783_400, 100),
        (783_427, 1),
        (1_000_000, 100_000),
        (4_000_000, 100_000),
        (4_010_000, 10_000),
        (50_100_000, 100_000),
        (1_000_000_000, 100_000_000),
        (2_300_000_000, 100_000_000),
    ],
)
def test_a_shown_number_is_never_taken_for_finer_than_it_is(shown: int, granularity: int) -> None:
    (said,) = rehearse(PAGE, [ASKED], page(user(shown=shown, exact=None))).said
    assert isinstance(said, Reading)
    assert said.count == Count(shown, granularity, "unknown" if granularity > 1 else "exact")


@pytest.mark.parametrize(
    ("shown", "exact"), [(783_400, 783_427), (783_400, 783_351), (4_000_000, 4_001_943), (987, 987)]
)
def test_an_exact_number_is_believed_where_the_shown_one_is_near(shown: int, exact: int) -> None:
    (said,) = rehearse(PAGE, [ASKED], page(user(shown=shown, exact=str(exact)))).said
    assert isinstance(said, Reading)
    assert said.count == Count(exact)


@pytest.mark.parametrize(
    ("shown", "exact"), [(783_400, 783_501), (783_400, 78_342), (0, 783_427), (4_000_000, 5_001_943)]
)
def test_and_not_where_it_is_far(shown: int, exact: int) -> None:
    (said,) = rehearse(PAGE, [ASKED], page(user(shown=shown, exact=str(exact)))).said
    assert isinstance(said, Miss)
    assert said.reason == "shape_changed"


@pytest.mark.parametrize("source", [PAGE, EMBED], ids=lambda source: str(source.name))
def test_another_id_is_somebody_else(source: object) -> None:
    answers = page(user(uid="5")) if source is PAGE else embed(embedded(uid="5"))
    pinned = account("tiktok", "riverlab", **IDS)
    (said,) = rehearse(PAGE if source is PAGE else EMBED, [pinned], answers).said
    assert isinstance(said, Miss)
    assert said.reason == "renamed_or_reused"


@pytest.mark.parametrize(
    ("status", "code", "refused"),
    [
        (401, "access_token_invalid", Refusal("bad_credentials", "access_token_invalid", "credential")),
        (401, "scope_not_authorized", Refusal("missing_permission", "scope_not_authorized", "credential")),
        (400, "invalid_params", Refusal("shape_changed", "invalid_params")),
        (500, "internal_error", Refusal("unreachable", "HTTP 500", again=timedelta(seconds=1))),
        (200, "ok", None),
    ],
)
def test_a_refusal_says_whom_it_holds_for(status: int, code: str, refused: Refusal | None) -> None:
    assert API.refusal(problem(status, code)) == refused


def test_too_many_requests_are_waited_for_as_long_as_is_said() -> None:
    told = reply({"error": {"code": "rate_limit_exceeded"}}, 429, retry_after="9")
    assert API.refusal(told) == Refusal("rate_limited", "rate_limit_exceeded", "credential", timedelta(seconds=9))


def test_the_account_of_another_token_is_left_to_the_pages() -> None:
    (said,) = rehearse(API, [ASKED], owner("mallory")).said
    assert isinstance(said, Miss)
    assert not said.final
