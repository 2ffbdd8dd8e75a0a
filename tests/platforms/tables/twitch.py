"""Twitch: who the channels are, and then how many follow each."""

from __future__ import annotations

from collections.abc import Mapping

from headcount.model import Count, Reason
from headcount.net.message import Reply
from tests.platforms.replaying import Body, reply
from tests.platforms.table import COUNTED, Recorded, Row, Table, changed, empty, error, good, stranger

IDS = {"twitch": "151920918"}
EXACT = Count(5_000)


def user(login: str = "nasa", uid: object = "151920918") -> dict[str, object]:
    return {"id": uid, "login": login, "display_name": login.upper(), "view_count": 70_519}


def users(*found: object) -> dict[str, object]:
    return {"data": found}


def total(heads: object = 5_000) -> dict[str, object]:
    return {"total": heads, "data": [], "pagination": {}}


def problem(status: int, name: str, message: str) -> Reply:
    return reply({"error": name, "status": status, "message": message}, status)


BAD_TOKEN = problem(401, "Unauthorized", "Invalid OAuth token")
ERRORS: Mapping[str, tuple[Body, Reason]] = {
    "a bad token": (BAD_TOKEN, "bad_credentials"),
    "a bad token, replayed without its status": (BAD_TOKEN.body, "bad_credentials"),
    "an app that may not": (problem(403, "Forbidden", "No"), "missing_permission"),
    "a bad request": (problem(400, "Bad Request", "Invalid login names"), "shape_changed"),
    "an address that is gone": (problem(410, "Gone", "This API is not available"), "shape_changed"),
    "too many requests": (problem(429, "Too Many Requests", "Slow"), "rate_limited"),
    "too many requests, without words": (reply("", 429), "rate_limited"),
    "a server in trouble": (problem(503, "Service Unavailable", ""), "unreachable"),
    "a server in trouble that says that all is well": (reply({"status": 200, "data": []}, 500), "unreachable"),
    "a wall": (reply("<html>No</html>", 403), "missing_permission"),
}
WHO: Mapping[str, Body] = {
    "the login is gone": users({"id": "151920918"}),
    "the id is a number": users(user(uid=151_920_918)),
    "the id is a word": users(user(uid="me")),
    "the users are an object": {"data": user()},
    "the users have another name": {"users": [user()]},
    "a list by itself": [user()],
    "a page in place of JSON": "<html>5,000 followers</html>",
    "cut short": '{"data":[{"id":"151920918","login":"nasa"',
    "nothing": "",
    "nobody, from somewhere else": reply(users(), 302, location="/login"),
    "nobody, in a part of it": reply(users(), 206),
}
HOW_MANY: Mapping[str, Body] = {
    "the count is gone": {"data": [], "pagination": {}},
    "the count has another name": {"followers": 5_000, "data": []},
    "the count is a text": total("5000"),
    "the count is a truth": total(heads=True),
    "the count is negative": total(-1),
    "the count is a fraction": total(5_000.5),
    "the count is null": total(None),
    "the count stands there twice": '{"total": 5000, "total": 9, "data": []}',
    "the count is cut short": '{"total":50',
    "a page in place of the count": "<html>5,000 followers</html>",
}

ROWS: tuple[Row, ...] = (
    good("a channel", "api", [users(user()), total()], EXACT, gives=IDS),
    good("a channel in other letters", "api", [users(user("NASA")), total()], EXACT),
    good("the same twice", "api", [users(user(), user()), total()], EXACT),
    good("its newest follower is shown too", "api", [users(user()), {**total(), "data": [user("x", "5")]}], EXACT),
    good("nobody follows it", "api", [users(user()), total(0)], Count(0)),
    good("pinned, and renamed", "api", [users(user("nasa_tv")), total()], EXACT, ids=IDS, gives=IDS),
    empty("nobody of that name", "api", [users()], "not_found"),
    empty("nobody of that id", "api", [users()], "not_found", ids=IDS),
    empty("an empty answer", "api", ["{}"], "shape_changed"),
    error("a name that none may have", "api", [], "not_found", handle="a-b"),
    *(error(what, "api", [body], reason) for what, (body, reason) in ERRORS.items()),
    *(error(f"{what}, later", "api", [users(user()), body], reason) for what, (body, reason) in ERRORS.items()),
    *(changed(what, "api", [body], "shape_changed") for what, body in WHO.items()),
    *(changed(what, "api", [users(user()), body], "shape_changed") for what, body in HOW_MANY.items()),
    stranger("somebody else", "api", [users(user("mallory", "5")), total(99)], "shape_changed"),
    stranger("somebody else, by id", "api", [users(user("nasa", "5")), total(99)], "shape_changed", ids=IDS),
    stranger("two who are both it", "api", [users(user(), user(uid="5")), total(99)], "shape_changed"),
)

TABLE = Table(
    handle="nasa",
    means={
        "nasa": "nasa",
        "@nasa": "nasa",
        "NASA": "NASA",
        "nasa_tv2": "nasa_tv2",
        "https://www.twitch.tv/nasa": "nasa",
        "http://twitch.tv/nasa/": "nasa",
        "HTTPS://WWW.TWITCH.TV/NASA": "NASA",
        "twitch.tv/nasa": "nasa",
        "//m.twitch.tv/nasa": "nasa",
        "https://m.twitch.tv/nasa/profile": "nasa",
        "https://go.twitch.tv/nasa": "nasa",
        "https://www.twitch.tv/nasa/about": "nasa",
        "https://www.twitch.tv/nasa/videos?filter=archives&sort=time": "nasa",
        "https://www.twitch.tv/nasa?utm_source=x&lang=en": "nasa",
        "https://www.twitch.tv/nasa#top": "nasa",
        "https://www.twitch.tv/popout/nasa/chat?popout=": "nasa",
        "https://www.twitch.tv/embed/nasa/chat?parent=energy.gov": "nasa",
        "https://www.twitch.tv/moderator/nasa": "nasa",
        "https://player.twitch.tv/?channel=nasa&parent=energy.gov": "nasa",
        "https://player.twitch.tv/?parent=energy.gov&channel=nasa": "nasa",
        "https://www.twitch.tv/%6Easa": "nasa",
        "https://www.twitch.tv/nasa/videos/all": "nasa",
        "https://www.twitch.tv/nasa/schedule": "nasa",
    },
    refused=(
        "https://www.twitch.tv/",
        "https://www.twitch.tv/videos/1234567890",
        "https://www.twitch.tv/nasa/clip/CleverSlug-abc",
        "https://www.twitch.tv/nasa/v/1234567890",
        "https://clips.twitch.tv/CleverSlug",
        "https://www.twitch.tv/directory/category/science",
        "https://www.twitch.tv/settings/profile",
        "https://www.twitch.tv/p/legal/terms-of-service/",
        "https://player.twitch.tv/?video=v1234567890",
        "https://dev.twitch.tv/docs",
        "https://twitch.tv.evil.example/nasa",
        "https://twitch.tv@evil.example/nasa",
        "https://evil.example/twitch.tv/nasa",
        "_nasa",
        "na sa",
        "na-sa",
        "n" * 26,
        "directory",
        "https://www.twitch.tv/u/nasa",
        "https://www.twitch.tv/users/nasa",
        "https://www.twitch.tv/communities/science",
        "https://www.twitch.tv/following",
    ),
    rows=ROWS,
    simulated=("nasa", "NOAA_Ocean", "energygov"),
    fates={
        "suspended": {"api by name": "not_found", "api by id": "not_found"},
        "left_out": {"api by name": "not_found", "api by id": "not_found"},
        "spoilt": {"api by name": "shape_changed", "api by id": "shape_changed"},
        "renamed": {"api by name": "not_found"},
        "reused": {"api by name": COUNTED},
    },
    refusals={
        "unauthorized": {"api by name": "bad_credentials", "api by id": "bad_credentials"},
        "forbidden": {"api by name": "missing_permission"},
        "too_many": {"api by name": "rate_limited"},
        "bad_request": {"api by name": "shape_changed"},
    },
    folder="twitch",
    recorded={
        "doc_channel_followers_200.json": [
            Recorded("api", "nasa", Count(8), before=[users(user())]),
            Recorded("api", "anyone", Count(8), ids=IDS, before=[users(user())]),
            Recorded("api", "nasa", Count(8)),
        ],
        "doc_channel_followers_total_only_200.json": [
            Recorded("api", "nasa", Count(8), before=[users(user())]),
            Recorded("api", "nasa", Count(8)),
        ],
    },
)
