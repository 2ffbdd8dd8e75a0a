"""Vimeo: replies of our own, and what was recorded of it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from headcount.model import Count
from headcount.net.message import Reply
from tests.platforms.replaying import Body, reply
from tests.platforms.table import COUNTED, Recorded, Table, changed, empty, error, good, stranger

Json = dict[str, object]
IDS = {"user": "40310921"}
FOUND = Count(5_210)


def user(name: str = "riverlab", heads: object = 5_210, uid: str = "40310921", **more: object) -> Json:
    link = {"uri": f"/users/{uid}", "name": "River Lab", "link": f"https://vimeo.com/{name}"}
    followers = {"uri": f"/users/{uid}/followers", "options": ["GET"], "total": heads}
    connections = {"following": {"total": 211}, "followers": followers}
    return {**link, "metadata": {"connections": connections}, **more}


def problem(status: int, code: int, message: str) -> Reply:
    told = {"error": "Oh.", "link": None, "developer_message": message, "error_code": code}
    return reply(told, status)


def followed(heads: object = 5_210, kind: object = "https://schema.org/FollowAction") -> Json:
    return {"@type": "InteractionCounter", "interactionType": kind, "userInteractionCount": heads}


def profile(name: str = "riverlab", uid: object = "40310921", statistic: object = None) -> Json:
    entity = {"@type": "Person", "identifier": uid, "url": f"https://vimeo.com/{name}"}
    return {"@type": "ProfilePage", "mainEntity": {**entity, "interactionStatistic": statistic or followed()}}


def page(*items: object, url: str = "") -> str:
    data = json.dumps([{"@type": "BreadcrumbList", "itemListElement": []}, *items])
    head = f'<meta property="og:url" content="{url}">' if url else "<title>12 followers</title>"
    script = f'<script type="application/ld+json">{data}</script>'
    return f'<!doctype html><html lang="en"><head>{head}{script}</head><body>99 Followers</body></html>'


NOBODY = "<!doctype html><html><head><title>VimeUhOh</title></head><body>Sorry</body></html>"
BROKEN = '<script type="application/ld+json">{"a": "line\nbreak"}</script>'
WALLS: Mapping[str, Body] = {
    "nothing": "",
    "a riddle with 200": "<html><title>Verify to continue</title></html>",
    "a bad request": reply(NOBODY, 400),
    "not shown here for legal reasons": reply("", 451),
    "cut short": page(profile())[:200],
    "a redirect that leads nowhere": reply("", 302),
}
CONTROL = page(profile("staff", "152184"))

TABLE = Table(
    handle="riverlab",
    gives=IDS,
    means={
        "staff": "staff",
        "@Staff": "Staff",
        "river-lab_7": "river-lab_7",
        "7rivers": "7rivers",
        "user12345": {"user": "12345"},
        "https://vimeo.com/staff": "staff",
        "https://vimeo.com/NASA": "NASA",
        "http://www.vimeo.com/staff/": "staff",
        "HTTPS://VIMEO.COM/staff": "staff",
        "vimeo.com/staff": "staff",
        "//vimeo.com/staff#top": "staff",
        "https://m.vimeo.com/staff": "staff",
        "https://vimeo.com:443/staff": "staff",
        "https://vimeo.com/staff/videos": "staff",
        "https://vimeo.com/staff/about": "staff",
        "https://vimeo.com/staff?utm_source=share&fl=pl": "staff",
        "https://vimeo.com/st%61ff": "staff",
        "https://vimeo.com/user12345": {"user": "12345"},
        "https://vimeo.com/user12345/videos": {"user": "12345"},
        "https://www.vimeo.com/user12345/": {"user": "12345"},
        "https://vimeo.com/staff/likes": "staff",
    },
    refused=(
        "",
        "not a name",
        "123456789",
        "a" * 61,
        "river.lab",
        "https://vimeo.com/",
        "https://vimeo.com/123456789",
        "https://vimeo.com/channels/staffpicks",
        "https://vimeo.com/groups/animation",
        "https://vimeo.com/showcase/1234567",
        "https://vimeo.com/watch",
        "https://vimeo.com/log_in",
        "https://player.vimeo.com/video/123456789",
        "https://vimeo.com.evil.example/staff",
        "https://staff@evil.example/vimeo.com",
        "https://vimeo.com@evil.example/staff",
        "https://api.vimeo.com/users/12345",
        "https://vimeo.com/users/12345",
        "https://vimeo.com/user/12345/folder/1",
        "https://vimeo.com/review/1",
        "https://vimeo.com/reviews/abc",
        "https://vimeo.com/video/12345",
        "https://vimeo.com/for/creators",
        "https://vimeo.com/everywhere",
        "https://vimeo.com/jobs",
    ),
    rows=(
        good("a user", "api", [user()], FOUND),
        good("a user without followers", "api", [user(heads=0)], Count(0)),
        good("more than was asked for", "api", [user(bio="9 followers", total_contacts=7)], FOUND),
        good("a new name under the same id", "api", [user("hilltop")], FOUND, ids=IDS),
        empty("it is unknown", "api", [problem(404, 5000, "The specified resource does not exist.")], "not_found"),
        error("a bad token", "api", [problem(401, 8003, "The token is not valid.")], "bad_credentials"),
        error("a token without the right", "api", [problem(403, 3200, "Not allowed.")], "missing_permission"),
        error("too many requests", "api", [problem(429, 9000, "Too many requests.")], "rate_limited"),
        error("a server in trouble", "api", [reply("<html>", 503)], "unreachable"),
        stranger("the answer is about somebody else", "api", [user("mallory", uid="5")], "shape_changed"),
        changed("the count is left out", "api", [user(metadata={"connections": {"followers": {}}})], "shape_changed"),
        good("the count alone", "api", [user(metadata={"connections": {"followers": {"total": 5_210}}})], FOUND),
        stranger(
            "a count of whom they follow",
            "api",
            [user(metadata={"connections": {"followers": {"uri": "/users/40310921/following", "total": 211}}})],
            "shape_changed",
        ),
        changed("only whom they follow is told", "api", [user(metadata={}, total_contacts=7)], "shape_changed"),
        changed("the count is a text", "api", [user(heads="5210")], "shape_changed"),
        changed("the count is a boolean", "api", [user(heads=True)], "shape_changed"),
        changed("the count is negative", "api", [user(heads=-5)], "shape_changed"),
        changed("the count is a fraction", "api", [user(heads=5.5)], "shape_changed"),
        changed("the count is null", "api", [user(heads=None)], "shape_changed"),
        changed("a group, which is no user", "api", [user(uri="/groups/40310921")], "shape_changed"),
        changed("cut short", "api", [json.dumps(user())[:-30]], "shape_changed"),
        changed("a page instead", "api", ["<html>5,210 followers</html>"], "shape_changed"),
        changed("not found, says a page of somebody else", "api", [reply("<html>404</html>", 404)], "shape_changed"),
        good("a page", "page", [page(profile())], FOUND),
        good("a page whose id is a number", "page", [page(profile(uid=40_310_921))], FOUND),
        good("a page that names its address twice", "page", [page(profile(), url="https://vimeo.com/RiverLab")], FOUND),
        good("a page under a new name", "page", [page(profile("hilltop"))], FOUND, ids=IDS),
        empty("nobody, while others are shown", "page", [reply(NOBODY, 404), CONTROL], "not_found"),
        empty("gone, while others are shown", "page", [reply("", 410), CONTROL], "not_found"),
        error("nobody, and others are missing too", "page", [reply(NOBODY, 404)] * 2, "blocked"),
        error(
            "nobody, and others are a shape that nobody knows", "page", [reply(NOBODY, 404), NOBODY], "shape_changed"
        ),
        error("sent to log in", "page", [reply("", 302, location="https://vimeo.com/log_in"), CONTROL], "blocked"),
        *(changed(what, "page", [body, CONTROL], "shape_changed") for what, body in WALLS.items()),
        good("a page with broken data before", "page", [page(profile()).replace("<title>", BROKEN + "<title>")], FOUND),
        error("a riddle", "page", [reply("<html>Verify</html>", 403)], "blocked"),
        error("too many requests", "page", [reply("", 429)], "rate_limited"),
        error("a server in trouble", "page", [reply("", 502)], "unreachable"),
        stranger("a page of somebody else", "page", [page(profile("mallory", "5"))], "shape_changed"),
        stranger("a page of two", "page", [page(profile(), profile("mallory", "5"))], "shape_changed"),
        stranger("a page of nobody in particular", "page", [page(profile(name=""))], "shape_changed"),
        stranger("another address", "page", [page(profile(), url="https://vimeo.com/mallory")], "shape_changed"),
        changed("no count", "page", [page(profile(statistic={"@type": "X"}))], "shape_changed"),
        changed("posts are counted", "page", [page(profile(statistic=followed(kind="WriteAction")))], "shape_changed"),
        changed("the count is a text", "page", [page(profile(statistic=followed("5210")))], "shape_changed"),
        changed("the count is negative", "page", [page(profile(statistic=followed(-5)))], "shape_changed"),
        changed("data that is no JSON", "page", [page(profile()).replace("}]", "]")], "shape_changed"),
    ),
    simulated=("energy", "NREL-lab", "oakridge"),
    fates={
        "suspended": {"api by name": "not_found", "page": "not_found"},
        "renamed": {"api by name": "not_found", "page": "not_found"},
        "spoilt": {"api by name": "shape_changed", "page": "shape_changed"},
        "left_out": {"api by name": COUNTED, "page": "shape_changed"},
    },
    refusals={
        "token": {"api by name": "bad_credentials"},
        "scope": {"api by name": "missing_permission"},
        "too_many": {"api by name": "rate_limited", "page": "rate_limited"},
        "riddle": {"page": "blocked"},
    },
    folder="vimeo",
    recorded={"user_object_small_4.json": (Recorded("api", "srishakatux", Count(4)),)},
    unused={
        "user_mock_17.json": "made up by its authors: it says `mock_uri` where it would say whom it is about",
        "doc_openapi_followers_and_errors.yaml": "a description of answers, and none itself",
    },
)
