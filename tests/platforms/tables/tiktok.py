"""TikTok: replies of our own, and what was recorded of it."""

from __future__ import annotations

import json

from headcount.model import Count
from headcount.net.message import Reply
from tests.platforms.replaying import reply
from tests.platforms.table import COUNTED, Recorded, Table, changed, empty, error, good, stranger

Json = dict[str, object]
UID = "6781206617314018309"
IDS = {"user": UID}
FOUND = Count(783_427)
ROUGHLY = Count(783_400, 100, "unknown")


def owner(name: str = "riverlab", heads: object = 783_427, code: str = "ok") -> Json:
    user = {"open_id": "723f", "username": name, "follower_count": heads}
    return {"data": {"user": user}, "error": {"code": code, "message": "", "log_id": "2026"}}


def problem(status: int, code: str) -> Reply:
    return reply({"data": {}, "error": {"code": code, "message": "Oh", "log_id": "2026"}}, status)


def page(detail: object, head: str = "") -> str:
    state = json.dumps({"__DEFAULT_SCOPE__": {"webapp.app-context": {"user": None}, "webapp.user-detail": detail}})
    script = f'<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{state}</script>'
    return f'<!DOCTYPE html><html lang="en"><head>{head}{script}</head><body>99M Followers</body></html>'


def user(name: str = "riverlab", uid: object = UID, shown: object = 783_400, exact: object = "783427") -> Json:
    info: Json = {"user": {"id": uid, "uniqueId": name, "secUid": "MS4w"}}
    stats = {} if shown is None else {"stats": {"followerCount": shown, "heart": 3_900_000}}
    exactly = {} if exact is None else {"statsV2": {"followerCount": exact, "heart": "3922256"}}
    return {"userInfo": {**info, **stats, **exactly}, "statusCode": 0}


def card(heads: str = "783.4K", name: str = "riverlab", titled: str = "", quoting: str = "Hello") -> str:
    about = f"River (@{name}) on TikTok | 3.9M Likes. {heads} Followers. {quoting}. Watch River's videos."
    title = f'<meta property="og:title" content="River (@{titled or name}) | TikTok">'
    return f'<html><head>{title}<meta property="og:description" content="{about}"></head><body></body></html>'


def embed(info: object, place: str = "/embed/@riverlab", **more: object) -> str:
    data = json.dumps({"source": {"data": {"/other": {}, place: {"userInfo": info, "videoList": [], **more}}}})
    script = f'<script id="__FRONTITY_CONNECT_STATE__" type="application/json">{data}</script>'
    return f"<!doctype html><html><body>{script}</body></html>"


def embedded(name: str = "riverlab", heads: object = 783_400, uid: object = UID) -> Json:
    return {"id": uid, "uniqueId": name, "followerCount": heads, "heartCount": -5, "privateAccount": False}


SHELL = (
    '<!DOCTYPE html><html><head><title>TikTok - Make Your Day</title></head><body><div id="app"></div></body></html>'
)
RIDDLE = '<html><title>Please wait...</title><p id="wci" class="_wafchallengeid"></p></html>'
MISSING = reply(embed({"uniqueId": "riverlab"}, isError=True), 400)

TABLE = Table(
    handle="riverlab",
    means={
        "nasa": "nasa",
        "@nasa": "nasa",
        "River_Lab.7": "River_Lab.7",
        "https://www.tiktok.com/@nasa": "nasa",
        "https://tiktok.com/@NASA": "NASA",
        "http://www.tiktok.com/@nasa/": "nasa",
        "https://m.tiktok.com/@nasa": "nasa",
        "HTTPS://WWW.TIKTOK.COM/@nasa": "nasa",
        "tiktok.com/@nasa": "nasa",
        "//www.tiktok.com/@nasa#top": "nasa",
        "https://www.tiktok.com/@nasa?lang=en": "nasa",
        "https://www.tiktok.com/@nasa?is_from_webapp=1&sender_device=pc&_t=8abc": "nasa",
        "https://www.tiktok.com/%40nasa": "nasa",
        "https://www.tiktok.com:443/@nasa": "nasa",
        "https://www.tiktok.com/@nasa/video/7300000000000000000": "nasa",
        "https://www.tiktok.com/@nasa/live": "nasa",
        "https://www.tiktok.com/embed/@nasa": "nasa",
        "https://www.tiktok.com/@river.lab_7": "river.lab_7",
    },
    refused=(
        "",
        "not a name",
        "n",
        "river-lab",
        "a" * 25,
        "https://www.tiktok.com/",
        "https://www.tiktok.com/nasa",
        "https://www.tiktok.com/tag/nasa",
        "https://www.tiktok.com/discover",
        "https://www.tiktok.com/music/nasa-7000",
        "https://vm.tiktok.com/ZMabcdefg/",
        "https://vt.tiktok.com/ZSabcdefg/",
        "https://www.tiktok.com.evil.example/@nasa",
        "https://www.tiktok.com@evil.example/@nasa",
        "https://evil.example/tiktok.com/@nasa",
        "https://www.tiktok.com/embed/v2/7300000000000000000",
        "nasa.",
        "https://www.tiktok.com/@nasa.",
        "https://www.tiktok.com/@nasa-gov",
        "https://www.tiktok.com/@a",
        "https://us.tiktok.com/@nasa",
    ),
    rows=(
        good("one's own account", "api", [owner()], FOUND, gives={}),
        good("one's own account, in capitals", "api", [owner("RiverLab")], FOUND),
        empty("an answer about nobody", "api", [{"data": {}, "error": {"code": "ok"}}], "shape_changed"),
        error("a bad token", "api", [problem(401, "access_token_invalid")], "bad_credentials"),
        error("a token without the scope", "api", [problem(401, "scope_not_authorized")], "missing_permission"),
        error("an app without the scope", "api", [problem(401, "scope_permission_missed")], "missing_permission"),
        error("too many requests", "api", [problem(429, "rate_limit_exceeded")], "rate_limited"),
        error("trouble", "api", [problem(500, "internal_error")], "unreachable"),
        error("trouble, not in JSON", "api", [reply("<html>", 502)], "unreachable"),
        error("a question that it does not understand", "api", [problem(400, "invalid_params")], "shape_changed"),
        stranger("the token is somebody else's", "api", [owner("mallory")], "not_found"),
        changed("no count", "api", [{"data": {"user": {"username": "riverlab"}}}], "shape_changed"),
        changed("the count is a text", "api", [owner(heads="783427")], "shape_changed"),
        changed("the count is a boolean", "api", [owner(heads=True)], "shape_changed"),
        changed("the count is negative", "api", [owner(heads=-5)], "shape_changed"),
        changed("the count is a fraction", "api", [owner(heads=783_427.0)], "shape_changed"),
        changed("cut short", "api", [json.dumps(owner())[:-40]], "shape_changed"),
        changed("a page instead", "api", ["<html>783427</html>"], "shape_changed"),
        good("shown and exactly", "page", [page(user())], FOUND, gives=IDS),
        good("exactly only", "page", [page(user(shown=None))], FOUND),
        good("shown only", "page", [page(user(exact=None))], ROUGHLY),
        good(
            "shown in millions", "page", [page(user(shown=4_000_000, exact=None))], Count(4_000_000, 100_000, "unknown")
        ),
        good("shown in full", "page", [page(user(shown=987, exact=None))], Count(987)),
        good(
            "shown finer than is known of",
            "page",
            [page(user(shown=783_430, exact=None))],
            Count(783_430, 10, "unknown"),
        ),
        good("nobody follows", "page", [page(user(shown=0, exact="0"))], Count(0)),
        good("a private account that is shown", "page", [page({**user(), "statusCode": 10222})], FOUND),
        good("a card only", "page", [card()], ROUGHLY, gives={}),
        good("a card with a whole number", "page", [card("987")], Count(987)),
        good("under its new name", "page", [page(user("rivers"))], FOUND, ids=IDS, gives=IDS),
        empty("a shell", "page", [SHELL], "blocked"),
        empty("nothing", "page", [""], "shape_changed"),
        empty("no user, and no reason why", "page", [page({"statusCode": 0})], "shape_changed"),
        empty("no such page", "page", [reply("", 404)], "not_found"),
        error("a riddle", "page", [RIDDLE], "blocked"),
        error("sent to log in", "page", [reply("", 302, location="https://www.tiktok.com/login?x=y")], "blocked"),
        error("a redirect that leads nowhere", "page", [reply("", 302)], "shape_changed"),
        error("denied", "page", [reply("Access Denied", 403)], "blocked"),
        error("it does not exist", "page", [page({"statusCode": 10202})], "not_found"),
        error("it does not exist, or is banned", "page", [page({"statusCode": 10221, "userInfo": None})], "not_found"),
        error("it is private", "page", [page({"statusCode": 10222})], "private"),
        error("an unknown code", "page", [page({"statusCode": 10999})], "shape_changed"),
        error("too many requests", "page", [reply("", 429)], "rate_limited"),
        error("a server in trouble", "page", [reply("", 503)], "unreachable"),
        stranger("somebody else", "page", [page(user("mallory", "5"))], "shape_changed"),
        stranger("a card of somebody else", "page", [card(name="mallory")], "shape_changed"),
        stranger("a card of two", "page", [card(titled="mallory")], "shape_changed"),
        stranger(
            "a card that quotes a card",
            "page",
            [card(quoting="Me (@riverlab) on TikTok | 1M Likes. 9M Followers.")],
            "shape_changed",
        ),
        changed("exactly and shown differ", "page", [page(user(shown=12_300))], "shape_changed"),
        changed("no count", "page", [page(user(shown=None, exact=None))], "shape_changed"),
        changed("the exact count is a number", "page", [page(user(exact=783_427))], "shape_changed"),
        changed("the exact count has a sign", "page", [page(user(exact="-5"))], "shape_changed"),
        changed("the shown count is a text", "page", [page(user(shown="783400", exact=None))], "shape_changed"),
        changed("the shown count is negative", "page", [page(user(shown=-5, exact=None))], "shape_changed"),
        changed("the id is a number", "page", [page(user(uid=5))], "shape_changed"),
        changed("data that is no JSON", "page", [page(user()).replace("}}</", "}</")], "shape_changed"),
        changed("a shell cut short", "page", [SHELL[:-7]], "shape_changed"),
        changed("data marked otherwise", "page", [page(user()).replace('id="__U', "id=__U")], "shape_changed"),
        changed("words on the card", "page", [card("M")], "shape_changed"),
        good("embedded", "embed", [embed(embedded())], ROUGHLY, gives=IDS),
        good("embedded, with a question", "embed", [embed(embedded(), "/embed/@RiverLab?lang=en")], ROUGHLY),
        good("a few", "embed", [embed(embedded(heads=12))], Count(12)),
        good(
            "so many that they come out negative",
            "embed",
            [embed(embedded(heads=2_300_000_000 - 2**32))],
            Count(2_300_000_000, 100_000_000, "unknown"),
        ),
        good("embedded under its new name", "embed", [embed(embedded("rivers"))], ROUGHLY, ids=IDS),
        empty("private, missing, or not to be embedded", "embed", [MISSING], "blocked"),
        empty("the same, with 200", "embed", [embed({"uniqueId": "riverlab"}, isError=True)], "blocked"),
        empty("a page about nobody", "embed", [SHELL], "blocked"),
        empty("400 without a word", "embed", [reply("", 400)], "blocked"),
        empty("no such page", "embed", [reply("", 404)], "shape_changed"),
        error("a riddle", "embed", [RIDDLE], "blocked"),
        error("denied", "embed", [reply("Access Denied", 403)], "blocked"),
        error("too many requests", "embed", [reply("", 429)], "rate_limited"),
        error("a server in trouble", "embed", [reply("", 504)], "unreachable"),
        stranger("somebody else", "embed", [embed(embedded("mallory"))], "shape_changed"),
        stranger("a page of somebody else", "embed", [embed(embedded("mallory"), "/embed/@mallory")], "shape_changed"),
        changed("negative by a little", "embed", [embed(embedded(heads=-1))], "shape_changed"),
        changed("no count", "embed", [embed({"id": UID, "uniqueId": "riverlab"})], "shape_changed"),
        changed("no user", "embed", [embed(None)], "shape_changed"),
        changed("the count is a text", "embed", [embed(embedded(heads="783400"))], "shape_changed"),
        changed("the count is a boolean", "embed", [embed(embedded(heads=True))], "shape_changed"),
        changed("the count is a fraction", "embed", [embed(embedded(heads=1.5))], "shape_changed"),
        changed("data that is no JSON", "embed", [embed(embedded()).replace("}}</", "}</")], "shape_changed"),
    ),
    simulated=("energy", "@NREL.lab", "oak_ridge7"),
    fates={
        "private": {"api by name": "not_found", "page": "private", "embed": "blocked"},
        "suspended": {"page": "not_found", "embed": "blocked"},
        "withheld": {"page": "blocked", "embed": "blocked"},
        "quiet": {"page": COUNTED, "embed": COUNTED},
        "spoilt": {"page": "shape_changed", "embed": "shape_changed"},
        "renamed": {"page": "not_found", "embed": "blocked"},
    },
    refusals={
        "token": {"api by name": "bad_credentials"},
        "scope": {"api by name": "missing_permission"},
        "too_many": {"api by name": "rate_limited", "page": "rate_limited"},
        "denied": {"page": "blocked", "embed": "blocked"},
    },
    folder="tiktok",
    recorded={"profile_page_2025-12_trimmed.html": (Recorded("page", "illojuan", FOUND),)},
    unused={"legacy_next_data_2021.json": "a shape that TikTok has not sent since 2021"},
)
