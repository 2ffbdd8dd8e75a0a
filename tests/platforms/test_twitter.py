"""X, asked with small replies of our own and with what was recorded of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from headcount.model import Miss, Reading
from headcount.net.message import Get, Post
from headcount.platforms.kit.contract import Refusal
from headcount.platforms.replies.x_errors import refusal
from headcount.platforms.twitter import API, PLATFORM, WINDOW, grant, sign_grant
from tests.platforms.replaying import Body, account, rehearse, replay, reply, way
from tests.platforms.tables.twitter import IDS, author, problem, timeline, tweet, user, whole


def batch(*replies: Body) -> dict[str, object]:
    accounts = [account("x", handle) for handle in ("aa", "bb", "cc")]
    said = rehearse(way("x", "api"), accounts, *replies).said
    return {each.account.handle: each.count.value if isinstance(each, Reading) else each.reason for each in said}


def test_a_batch_may_come_in_any_order_and_in_part() -> None:
    answer = {"data": [user("CC", 3, "3"), user("aa", 1, "1")], "errors": [problem(about="BB")]}
    assert batch(answer) == {"aa": 1, "bb": "not_found", "cc": 3}


def test_a_spoilt_item_costs_its_account_only_and_is_no_proof_of_absence() -> None:
    answer = {"data": [user("aa", 1, "1"), user("bb", "?", "2"), user("cc", 3, "3")]}
    assert batch(answer) == {"aa": 1, "bb": "shape_changed", "cc": 3}


def test_a_problem_about_nobody_who_was_asked_for_is_no_proof_of_absence() -> None:
    answer = {"data": [user("aa", 1, "1")], "errors": [{"message": "something is wrong"}]}
    assert batch(answer) == {"aa": 1, "bb": "shape_changed", "cc": "shape_changed"}


def test_ids_are_asked_for_by_id_and_may_have_a_new_name() -> None:
    accounts = [account("x", "old", x="1"), account("x", "other", x="2")]
    replayed = rehearse(way("x", "api", {"x": "1"}), accounts, {"data": [user("new", 6, "2"), user("newer", 5, "1")]})
    assert {said.account.handle: getattr(said, "handle", "") for said in replayed.said} == {
        "old": "newer",
        "other": "new",
    }
    assert replayed.requests == [Get("{api}/2/users", {"ids": "1,2", "user.fields": "public_metrics"})]


def test_a_page_that_has_another_id_than_the_pinned_one_is_not_counted() -> None:
    (said,) = replay("x", "page", "nasa", timeline(tweet(author(uid="5"))), ids=IDS)
    assert isinstance(said, Miss)
    assert said.reason == "renamed_or_reused"


def test_a_name_that_would_fail_the_whole_request_is_not_sent() -> None:
    names = ["nasa", "a-b", "sixteen_letters_", "a,b", ""]
    replayed = rehearse(way("x", "api"), [account("x", name) for name in names], {"data": [user()]})
    assert [request.query["usernames"] for request in replayed.requests] == ["nasa"]
    assert sorted(said.account.handle for said in replayed.said if isinstance(said, Miss) and not said.final) == sorted(
        names[1:]
    )


def test_nothing_is_sent_where_no_name_may_be() -> None:
    assert rehearse(way("x", "api"), [account("x", "a-b")]).requests == []


@pytest.mark.parametrize(
    ("status", "scope"), [(401, "credential"), (402, "credential"), (403, "credential"), (400, "batch")]
)
def test_a_refusal_says_whom_it_concerns(status: int, scope: str) -> None:
    refused = refusal(reply(whole(status, "No"), status))
    assert refused is not None
    assert (refused.scope, refused.detail) == (scope, "No: No")


def test_a_good_answer_is_no_refusal() -> None:
    assert refusal(reply({"data": [user()]})) is None


def test_the_window_is_read_from_the_headers() -> None:
    allowance = WINDOW(reply("", 429, x_rate_limit_remaining="0", x_rate_limit_reset="1800000000"))
    assert allowance is not None
    assert (allowance.remaining, allowance.resets) == (0, datetime(2027, 1, 15, 8, 0, tzinfo=UTC))


def granted(body: Body, status: int = 200) -> str | Refusal:
    asking = grant()
    assert isinstance(next(asking), Post)
    with pytest.raises(StopIteration) as done:
        asking.send(reply(body, status))
    given: str | Refusal = done.value.value
    return given


def test_the_key_and_secret_buy_a_token() -> None:
    assert granted({"token_type": "bearer", "access_token": "t"}) == "t"
    refused = granted(whole(403, "No"), 403)
    assert isinstance(refused, Refusal)
    assert refused.scope == "credential"
    assert granted("", 418) == Refusal("bad_credentials", "HTTP 418 for this key and secret", scope="credential")


def test_secrets_go_into_headers_alone() -> None:
    asked = sign_grant(Post("{api}/oauth2/token"), {"api_key": "a:b", "api_secret": "c d"})
    assert asked.headers == {"authorization": "Basic YSUzQWI6YyUyMGQ="}
    assert API.sign(Get("{api}/2/users"), {"bearer_token": "s3cret"}).headers == {"authorization": "Bearer s3cret"}


def test_no_recorded_file_gives_another_account_a_count(recordings: Path) -> None:
    """Whatever is fed to whichever source, nobody is given somebody else's count."""
    for path in (recordings / "x").iterdir():
        for source in ("api", "page"):
            for ids in ({}, {"x": "1"}):
                said = replay("x", source, "energy", path, ids=ids)
                assert [each for each in said if isinstance(each, Reading)] == [], path.name


def test_the_recorded_timeline_is_only_its_own_authors(recordings: Path) -> None:
    """Six of its tweets are retweets: their authors' counts stand in it too, and are theirs alone."""
    body = (recordings / "x/syndication_timeline_profile_nasa.html").read_bytes()
    others = set(re.findall(rb'"screen_name":"(\w+)"', body)) - {b"NASA"}
    assert others
    (nasa,) = replay("x", "page", "NASA", body)
    for other in others:
        for said in replay("x", "page", other.decode(), body):
            assert not isinstance(said, Reading) or (said.handle, said.ids) != (
                getattr(nasa, "handle", ""),
                getattr(nasa, "ids", {}),
            )


def test_a_way_is_chosen_by_what_is_pinned() -> None:
    assert way("x", "api", IDS) is PLATFORM.sources[0]
    assert way("x", "api") is PLATFORM.sources[1]
    assert structs.replace(way("x", "api"), ask=API.ask, pinned="x") == API
