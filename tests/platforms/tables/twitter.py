"""X: replies of our own, and what was recorded of it."""

from __future__ import annotations

import json

from headcount.model import Count
from tests.platforms.replaying import reply
from tests.platforms.table import COUNTED, Recorded, Table, changed, empty, error, good, stranger

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

_GRAPHQL = "the web app's private interface, whose query ids rotate: no source pretends to be the web app"
_ARCHIVED = "a page of x.com that only browsers are shown, or were: no source asks for it"
_UNUSED = {
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

TABLE = Table(
    handle="nasa",
    gives=IDS,
    means={
        "NASA": "NASA",
        "@NASA": "NASA",
        "nasa_jpl_7": "nasa_jpl_7",
        "https://x.com/NASA": "NASA",
        "https://twitter.com/NASA": "NASA",
        "http://www.twitter.com/NASA/": "NASA",
        "https://mobile.twitter.com/NASA": "NASA",
        "https://mobile.x.com/NASA": "NASA",
        "x.com/@NASA": "NASA",
        "HTTPS://X.COM/NASA": "NASA",
        "https://twitter.com/#!/NASA": "NASA",
        "https://x.com/NASA?lang=en": "NASA",
        "https://x.com/NASA?s=21&t=abc": "NASA",
        "https://x.com/NASA/status/1234567890": "NASA",
        "https://x.com/NASA/with_replies": "NASA",
        "https://x.com/%4EASA": "NASA",
        "//x.com/NASA#top": "NASA",
        "https://x.com:443/NASA": "NASA",
        "https://x.com/intent/user?screen_name=NASA": "NASA",
        "https://twitter.com/intent/follow?original_referer=x&screen_name=NASA&ref_src=y": "NASA",
        "https://x.com/i/user/11348282": IDS,
        "https://twitter.com/intent/user?user_id=11348282": IDS,
        "https://x.com/intent/follow?region=x&user_id=11348282": IDS,
        "https://x.com/NASA/media": "NASA",
        "https://x.com/NASA/verified_followers": "NASA",
    },
    refused=(
        "not a name",
        "a" * 21,
        "nasa-jpl",
        "https://x.com/",
        "https://x.com/home",
        "https://x.com/i/lists/1",
        "https://x.com/search?q=nasa",
        "https://x.com/hashtag/nasa",
        "https://x.com/intent/tweet?text=nasa",
        "https://x.com/settings",
        "https://x.com.evil.example/NASA",
        "https://x.com@evil.example/NASA",
        "https://evil.example/x.com/NASA",
        "https://help.x.com/NASA",
        "https://x.com/account/suspended",
        "https://x.com/oauth/authorize",
        "https://x.com/statuses/123",
        "https://x.com/jobs",
        "https://x.com/download",
        "https://x.com/logout",
        "https://x.com/who_to_follow",
        "https://x.com/personalization",
        "https://x.com/users/nasa",
        "https://api.twitter.com/users/nasa",
        "https://twitter.com/@waytoolonghandlename123456",
    ),
    rows=(
        good("a list of users", "api", [{"data": [user()]}], FOUND),
        good("one user", "api", [{"data": user()}], FOUND),
        good("by its id, whatever it is called", "api", [{"data": [user()]}], FOUND, handle="old_name", ids=IDS),
        good("nought is a count", "api", [{"data": [user(heads=0)]}], Count(0)),
        empty("it is unknown", "api", [{"errors": [problem()]}], "not_found"),
        empty(
            "it is unknown, and the problem names an id", "api", [{"errors": [problem(about="11348282")]}], "not_found"
        ),
        stranger(
            "somebody else is suspended", "api", [{"errors": [problem("Forbidden", about="zed")]}], "shape_changed"
        ),
        empty("it is unknown, with 404", "api", [reply({"errors": [problem()]}, 404)], "not_found"),
        error("it is suspended", "api", [{"errors": [problem("Forbidden")]}], "suspended"),
        error(
            "it is not to be seen",
            "api",
            [{"errors": [problem("Authorization Error", kind="not-authorized-for-resource")]}],
            "private",
        ),
        changed("a new kind of problem", "api", [{"errors": [problem("Odd", kind="odd")]}], "shape_changed"),
        empty("nobody is in the answer", "api", [{"data": []}, {"data": []}], "not_found"),
        stranger("the answer is about somebody else", "api", [{"data": [user("someone", uid="5")]}], "shape_changed"),
        changed("the count is left out", "api", [{"data": [{"id": "1", "username": "NASA"}]}], "shape_changed"),
        changed("the count is a text", "api", [{"data": [user(heads="5000")]}], "shape_changed"),
        changed("the count is a boolean", "api", [{"data": [user(heads=True)]}], "shape_changed"),
        changed("the count is negative", "api", [{"data": [user(heads=-5)]}], "shape_changed"),
        changed("the count is a fraction", "api", [{"data": [user(heads=5.0)]}], "shape_changed"),
        changed(
            "the count stands there twice",
            "api",
            [json.dumps({"data": [user()]}).replace('"followers_count"', '"followers_count": 1, "followers_count"')],
            "shape_changed",
        ),
        changed("the id is a number", "api", [{"data": [user(uid=5)]}], "shape_changed"),
        changed("two answers that differ", "api", [{"data": [user(), user(heads=6)]}], "shape_changed"),
        good("two answers that agree", "api", [{"data": [user(), user()]}], FOUND),
        changed("neither data nor errors", "api", [{"meta": {}}], "shape_changed"),
        changed("no JSON", "api", ["<html>"], "shape_changed"),
        empty("nothing", "api", [""], "shape_changed"),
        changed("cut short", "api", [json.dumps({"data": [user()]})[:-5]], "shape_changed"),
        error("a bad token", "api", [reply(whole(401, "Unauthorized"), 401)], "bad_credentials"),
        error("a bad token, in the old words", "api", [reply({"errors": [{"code": 89}]}, 401)], "bad_credentials"),
        error("a bad token, replayed without its status", "api", [whole(401, "Unauthorized")], "bad_credentials"),
        error(
            "an app that is not enrolled",
            "api",
            [reply(whole(403, "Client Forbidden", PROBLEMS + "client-forbidden"), 403)],
            "missing_permission",
        ),
        error(
            "no credits",
            "api",
            [reply({"title": "CreditsDepleted", "type": PROBLEMS + "credits"}, 402)],
            "payment_required",
        ),
        error("no credits, replayed without its status", "api", [{"title": "CreditsDepleted"}], "payment_required"),
        error("the month is used up", "api", [reply({"title": "UsageCapExceeded"}, 429)], "quota_exhausted"),
        error("the window is used up", "api", [reply(whole(429, "Too Many Requests"), 429)], "rate_limited"),
        error(
            "the window is used up, replayed without its status",
            "api",
            [whole(429, "Too Many Requests")],
            "rate_limited",
        ),
        error(
            "the request is invalid",
            "api",
            [reply({"errors": [{"message": "bad"}], "title": "Invalid Request"}, 400)],
            "shape_changed",
        ),
        error(
            "the request is invalid, replayed without its status",
            "api",
            [{"errors": [{"message": "bad"}], "title": "Invalid Request"}],
            "shape_changed",
        ),
        error("a server in trouble", "api", [reply("<html>", 503)], "unreachable"),
        good("a timeline", "page", [timeline(tweet(author()))], FOUND),
        good(
            "a timeline with a retweet first",
            "page",
            [timeline(tweet(author(), retweeted_status={"user": STRANGER}), tweet(author()))],
            FOUND,
        ),
        good("a tweet that writes JSON", "page", [timeline(tweet(author(), full_text=FAKED))], FOUND),
        stranger("others only", "page", [timeline(tweet(STRANGER, full_text=FAKED))], "shape_changed"),
        empty("an empty timeline proves nothing", "page", [timeline()], "blocked"),
        empty("nor does one of whoever is pinned", "page", [timeline()], "blocked", ids=IDS),
        good(
            "the pinned account under a new name",
            "page",
            [timeline(tweet(STRANGER), tweet(author("nasa_new")))],
            FOUND,
            ids=IDS,
        ),
        good(
            "the pinned account under a new name, repeated by whoever has the old one",
            "page",
            [timeline(tweet(author(heads=9, uid="5"), retweeted_status={"user": author("nasa_new")}))],
            FOUND,
            ids=IDS,
        ),
        stranger(
            "a new name that is not known to be the account's",
            "page",
            [timeline(tweet(author("nasa_new")))],
            "shape_changed",
        ),
        changed(
            "the pinned id under two names that differ",
            "page",
            [timeline(tweet(author("nasa_new", 6)), tweet(author("nasa_old")))],
            "shape_changed",
            ids=IDS,
        ),
        changed(
            "the author twice with two counts",
            "page",
            [timeline(tweet(author()), tweet(author(heads=5_001)))],
            "shape_changed",
        ),
        changed(
            "an author without a count",
            "page",
            [timeline(tweet({"id_str": "1", "screen_name": "NASA"}))],
            "shape_changed",
        ),
        changed("a page without its data", "page", ["<html>Log in</html>"], "shape_changed"),
        changed("a page cut short", "page", [timeline(tweet(author()))[:-40]], "shape_changed"),
        error("too many requests", "page", [reply("", 429)], "rate_limited"),
        error("a server in trouble", "page", [reply("<html>", 503)], "unreachable"),
    ),
    simulated=("ENERGY", "NNSA", "argonne"),
    fates={
        "suspended": {"api by name": "suspended", "api by id": "suspended", "page": "blocked"},
        "withheld": {"api by name": "private", "api by id": "private"},
        "private": {"api by name": COUNTED, "page": "blocked"},
        "quiet": {"api by name": COUNTED, "page": "blocked"},
        "left_out": {"api by name": "shape_changed"},
        "spoilt": {"api by name": "shape_changed", "page": "shape_changed"},
        "renamed": {"api by name": "not_found", "page": "blocked"},
    },
    refusals={
        "unauthorized": {"api by name": "bad_credentials"},
        "not_enrolled": {"api by name": "missing_permission"},
        "no_credits": {"api by name": "payment_required"},
        "monthly_cap": {"api by name": "quota_exhausted"},
        "too_many": {"api by name": "rate_limited"},
    },
    folder="x",
    recorded={
        "api_v2_users_by_batch2.json": (
            Recorded("api", "Twitter", Count(58_677_711)),
            Recorded("api", "TwitterDev", Count(514_020)),
        ),
        "api_v2_user_single.json": (Recorded("api", "TwitterDev", Count(514_020)),),
        "api_v2_error_not_found.json": (Recorded("api", "justin_littman", "not_found"),),
        "api_v2_error_suspended.json": (Recorded("api", "gone", "suspended", ids={"x": "481186914"}),),
        "api_v2_partial_error_documented_example.json": (
            Recorded("api", "gone", "not_found", ids={"x": "1234567890"}),
        ),
        "api_v2_error_401.json": (Recorded("api", "nasa", "bad_credentials", 401),),
        "api_v2_error_402_credits_depleted.json": (Recorded("api", "nasa", "payment_required", 402),),
        "api_v2_error_429_usage_capped.json": (Recorded("api", "nasa", "quota_exhausted", 429),),
        "api_v2_users_by_cassette_headers.yaml": (Recorded("api", "Twitter", "shape_changed"),),
        "syndication_timeline_profile_nasa.html": (Recorded("page", "NASA", Count(92_219_501)),),
        "html_profile_thin_no_count_2024.html": (Recorded("page", "NASA", "shape_changed"),),
    },
    unused=_UNUSED,
)
