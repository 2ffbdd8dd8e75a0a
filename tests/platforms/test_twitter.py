"""X, asked with small replies of our own and with what was recorded of it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Get, Post
from headcount.platforms.kit.contract import Refusal
from headcount.platforms.twitter import API, PLATFORM, WINDOW, grant, refusal, sign_grant
from headcount.roster.identify import identify
from tests.platforms.replaying import Body, account, rehearse, replay, reply, truths, way

Json = dict[str, object]
IDS = {"x": "11348282"}
PROBLEMS = "https://api.twitter.com/2/problems/"


def user(handle: str = "NASA", heads: object = 5_000, uid: object = "11348282") -> Json:
    return {"id": uid, "username": handle, "public_metrics": {"followers_count": heads, "following_count": 7}}


def problem(title: str = "Not Found Error", about: str = "nasa", kind: str = "resource-not-found") -> Json:
    asked = "ids" if about.isdigit() else "usernames"
    return {"title": title, "type": PROBLEMS + kind, "detail": f"About [{about}].", "value": about, "parameter": asked}


def whole(status: int, title: str, kind: str = "about:blank") -> Json:
    return {"status": status, "title": title, "type": kind, "detail": title}


def author(handle: str = "NASA", heads: object = 5_000, uid: object = "11348282") -> Json:
    return {"id_str": uid, "screen_name": handle, "followers_count": heads, "friends_count": 7, "name": "A"}


def tweet(writer: Json, **more: object) -> Json:
    return {"type": "tweet", "content": {"tweet": {"user": writer, "text": "Hello", **more}}}


def timeline(*tweets: Json) -> bytes:
    data = {"props": {"pageProps": {"timeline": {"entries": tweets}, "contextProvider": {"hasResults": bool(tweets)}}}}
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'
    return f'<!doctype html><html lang="en"><body>{script}</body></html>'.encode()


FAKED = '"user": {"id_str": "11348282", "screen_name": "nasa", "followers_count": 9}'
STRANGER = author("someone", 99, "5")
FOUND = Count(5_000)

SAID: list[tuple[str, str, list[Body], Count | str]] = [
    ("a list of users", "api", [{"data": [user()]}], FOUND),
    ("one user", "api", [{"data": user()}], FOUND),
    ("nought is a count", "api", [{"data": [user(heads=0)]}], Count(0)),
    ("it is unknown", "api", [{"errors": [problem()]}], "not_found"),
    ("it is unknown, and the problem names an id", "api", [{"errors": [problem(about="11348282")]}], "not_found"),
    ("somebody else is suspended", "api", [{"errors": [problem("Forbidden", about="zed")]}], "shape_changed"),
    ("it is unknown, with 404", "api", [reply({"errors": [problem()]}, 404)], "not_found"),
    ("it is suspended", "api", [{"errors": [problem("Forbidden")]}], "suspended"),
    ("it is not to be seen", "api", [{"errors": [problem("Authorization Error", kind="not-authorized-for-resource")]}], "private"),
    ("a new kind of problem", "api", [{"errors": [problem("Odd", kind="odd")]}], "shape_changed"),
    ("nobody is in the answer", "api", [{"data": []}, {"data": []}], "not_found"),
    ("the answer is about somebody else", "api", [{"data": [user("someone", uid="5")]}], "shape_changed"),
    ("the count is left out", "api", [{"data": [{"id": "1", "username": "NASA"}]}], "shape_changed"),
    ("the count is a text", "api", [{"data": [user(heads="5000")]}], "shape_changed"),
    ("the count is a boolean", "api", [{"data": [user(heads=True)]}], "shape_changed"),
    ("the count is negative", "api", [{"data": [user(heads=-5)]}], "shape_changed"),
    ("the count is a fraction", "api", [{"data": [user(heads=5.0)]}], "shape_changed"),
    ("the count stands there twice", "api", [json.dumps({"data": [user()]}).replace('"followers_count"', '"followers_count": 1, "followers_count"')], "shape_changed"),
    ("the id is a number", "api", [{"data": [user(uid=5)]}], "shape_changed"),
    ("two answers that differ", "api", [{"data": [user(), user(heads=6)]}], "shape_changed"),
    ("two answers that agree", "api", [{"data": [user(), user()]}], FOUND),
    ("neither data nor errors", "api", [{"meta": {}}], "shape_changed"),
    ("no JSON", "api", ["<html>"], "shape_changed"),
    ("nothing", "api", [""], "shape_changed"),
    ("cut short", "api", [json.dumps({"data": [user()]})[:-5]], "shape_changed"),
    ("a bad token", "api", [reply(whole(401, "Unauthorized"), 401)], "bad_credentials"),
    ("a bad token, in the old words", "api", [reply({"errors": [{"code": 89}]}, 401)], "bad_credentials"),
    ("a bad token, replayed without its status", "api", [whole(401, "Unauthorized")], "bad_credentials"),
    ("an app that is not enrolled", "api", [reply(whole(403, "Client Forbidden", PROBLEMS + "client-forbidden"), 403)], "missing_permission"),
    ("no credits", "api", [reply({"title": "CreditsDepleted", "type": PROBLEMS + "credits"}, 402)], "payment_required"),
    ("no credits, replayed without its status", "api", [{"title": "CreditsDepleted"}], "payment_required"),
    ("the month is used up", "api", [reply({"title": "UsageCapExceeded"}, 429)], "quota_exhausted"),
    ("the window is used up", "api", [reply(whole(429, "Too Many Requests"), 429)], "rate_limited"),
    ("the window is used up, replayed without its status", "api", [whole(429, "Too Many Requests")], "rate_limited"),
    ("the request is invalid", "api", [reply({"errors": [{"message": "bad"}], "title": "Invalid Request"}, 400)], "shape_changed"),
    ("the request is invalid, replayed without its status", "api", [{"errors": [{"message": "bad"}], "title": "Invalid Request"}], "shape_changed"),
    ("a server in trouble", "api", [reply("<html>", 503)], "unreachable"),
    ("a timeline", "page", [timeline(tweet(author()))], FOUND),
    ("a timeline with a retweet first", "page", [timeline(tweet(author(), retweeted_status={"user": STRANGER}), tweet(author()))], FOUND),
    ("a tweet that writes JSON", "page", [timeline(tweet(author(), full_text=FAKED))], FOUND),
    ("others only", "page", [timeline(tweet(STRANGER, full_text=FAKED)), timeline(tweet(author()))], "not_found"),
    ("an empty timeline while others are shown", "page", [timeline(), timeline(tweet(author()))], "not_found"),
    ("an empty timeline and an empty control", "page", [timeline(), timeline()], "blocked"),
    ("the author twice with two counts", "page", [timeline(tweet(author()), tweet(author(heads=5_001)))], "shape_changed"),
    ("an author without a count", "page", [timeline(tweet({"id_str": "1", "screen_name": "NASA"}))], "shape_changed"),
    ("a page without its data", "page", ["<html>Log in</html>"], "shape_changed"),
    ("a page cut short", "page", [timeline(tweet(author()))[:-40]], "shape_changed"),
    ("too many requests", "page", [reply("", 429)], "rate_limited"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "bodies", "expected"), [row[1:] for row in SAID], ids=[f"{row[1]}: {row[0]}" for row in SAID])  # fmt: skip
def test_what_is_said_of_an_account(source: str, bodies: list[Body], expected: Count | str) -> None:
    (said,) = replay("x", source, "nasa", *bodies)
    if isinstance(expected, Count):
        assert isinstance(said, Reading)
        assert (said.metric, said.count, said.handle, said.ids) == ("followers", expected, "NASA", IDS)
    else:
        assert isinstance(said, Miss)
        assert said.reason == expected


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


@pytest.mark.parametrize(
    ("text", "handle", "ids"),
    [
        ("@ENERGY", "ENERGY", {}),
        ("https://twitter.com/#!/ENERGY", "ENERGY", {}),
        ("https://mobile.twitter.com/ENERGY/status/1?lang=en", "ENERGY", {}),
        ("https://x.com/i/user/11348282", "11348282", IDS),
        ("https://twitter.com/intent/user?user_id=11348282", "11348282", IDS),
        ("https://x.com/intent/follow?x=1&screen_name=ENERGY", "ENERGY", {}),
    ],
)
def test_an_account_may_be_written_in_many_ways(text: str, handle: str, ids: dict[str, str]) -> None:
    named = identify(text, "x")
    assert (named.handle, named.ids) == (handle, ids)


@pytest.mark.parametrize("path", ["home", "i/lists/1", "search?q=x", "hashtag/x", "intent/tweet", "settings"])
def test_a_page_that_is_no_profile_is_no_account(path: str) -> None:
    assert all(
        not (match := re.fullmatch(pattern, f"x.com/{path}"))
        or (match.groupdict().get("handle") or "") in PLATFORM.handles.reserved.split()
        for pattern in PLATFORM.handles.urls
    )


RECORDED: dict[str, tuple[str, Account, int, int | str]] = {
    "api_v2_users_by_batch2.json": ("api", account("x", "Twitter"), 200, 58_677_711),
    "api_v2_user_single.json": ("api", account("x", "TwitterDev"), 200, 514_020),
    "api_v2_error_not_found.json": ("api", account("x", "justin_littman"), 200, "not_found"),
    "api_v2_error_suspended.json": ("api", account("x", "gone", x="481186914"), 200, "suspended"),
    "api_v2_partial_error_documented_example.json": ("api", account("x", "gone", x="1234567890"), 200, "not_found"),
    "api_v2_error_401.json": ("api", account("x", "nasa"), 401, "bad_credentials"),
    "api_v2_error_402_credits_depleted.json": ("api", account("x", "nasa"), 402, "payment_required"),
    "api_v2_error_429_usage_capped.json": ("api", account("x", "nasa"), 429, "quota_exhausted"),
    "api_v2_users_by_cassette_headers.yaml": ("api", account("x", "Twitter"), 200, "shape_changed"),
    "syndication_timeline_profile_nasa.html": ("page", account("x", "NASA"), 200, 92_219_501),
    "html_profile_thin_no_count_2024.html": ("page", account("x", "NASA"), 200, "shape_changed"),
}
_GRAPHQL = "the web app's private interface, whose query ids rotate: no source pretends to be the web app"
_ARCHIVED = "a page of x.com that only browsers are shown, or were: no source asks for it"
UNUSED = {
    "api_v11_users_lookup_cassette.json": "version 1.1, which new apps cannot use",
    "graphql_guest_nasa_2026-07-28.json": _GRAPHQL,
    "graphql_user_core_and_legacy_2026-07-21.json": _GRAPHQL,
    "graphql_user_legacy_2024-02.json": _GRAPHQL,
    "graphql_user_protected.json": _GRAPHQL,
    "graphql_user_relationship_counts_2026-08-07.json": _GRAPHQL,
    "graphql_user_zero_followers.json": _GRAPHQL,
    "html_profile_2011_layout.response": _ARCHIVED,
    "html_profile_jsonld_2025-12.html": _ARCHIVED,
    "html_profile_microdata_nasa_2026-07.html": _ARCHIVED,
}


def recorded(recordings: Path, file: str) -> Body:
    path = recordings / "x" / file
    if path.suffix != ".yaml":
        return path
    body = re.search(r"string: '(.*?)'\n", path.read_text(encoding="utf-8"), re.DOTALL)
    assert body
    return re.sub(r"\n *", " ", body[1])


def test_a_recorded_reply_is_in_the_table_once() -> None:
    assert not RECORDED.keys() & UNUSED.keys()


@pytest.mark.parametrize("file", RECORDED)
def test_a_recorded_reply_is_read_as_it_was(recordings: Path, file: str) -> None:
    source, whom, status, expected = RECORDED[file]
    (said,) = rehearse(way("x", source, whom.ids), [whom], reply(recorded(recordings, file), status)).said
    assert (said.count if isinstance(said, Reading) else said.reason) == (Count(expected) if isinstance(expected, int) else expected)  # fmt: skip


def test_both_users_of_the_recorded_batch_are_read(recordings: Path) -> None:
    accounts = [account("x", "TwitterDev"), account("x", "Twitter")]
    said = rehearse(way("x", "api"), accounts, recordings / "x/api_v2_users_by_batch2.json").said
    values = {f"{each.handle}={each.count.value}" for each in said if isinstance(each, Reading)}
    assert values == set(truths(recordings, "x")["api_v2_users_by_batch2.json"].split(", "))


def test_every_recorded_file_is_in_the_table_and_agrees_with_the_index(recordings: Path) -> None:
    truth = truths(recordings, "x")
    files = {path.name for path in (recordings / "x").iterdir()}
    assert files == truth.keys() == RECORDED.keys() | UNUSED.keys()
    plain = {file: int(truth[file]) for file in RECORDED if truth[file].isdigit()}
    assert len(plain) >= 2
    assert plain == {file: RECORDED[file][3] for file in plain}


def test_no_recorded_file_gives_another_account_a_count(recordings: Path) -> None:
    """Whatever is fed to whichever source, nobody is given somebody else's count."""
    for path in (recordings / "x").iterdir():
        for source in ("api", "page"):
            for ids in ({}, {"x": "1"}):
                said = replay("x", source, "energy", recorded(recordings, path.name), ids=ids)
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
