"""SlideShare: a user's page."""

from __future__ import annotations

import json
from collections.abc import Mapping

from headcount.model import Count
from tests.platforms.replaying import Body, reply
from tests.platforms.table import COUNTED, Recorded, Row, Table, changed, empty, error, good, stranger

IDS = {"slideshare": "104205001"}
EXACT = Count(5_000)


def user(login: str = "USEnergyDept", heads: object = 5_000, number: object = 104_205_001, **more: object) -> object:
    return {"id": number, "login": login, "followersCount": heads, "followingCount": 7, "suspended": False, **more}


def page(shown: object, *, key: str = "user", marker: str = "__NEXT_DATA__") -> bytes:
    data = {"props": {"pageProps": {key: shown, "similar": [user("mallory", 99, 5)]}}, "page": "/[login]"}
    script = f'<script id="{marker}" type="application/json">{json.dumps(data)}</script>'
    return f"<!DOCTYPE html><html><head>{script}</head><body></body></html>".encode()


def without(name: str) -> dict[str, object]:
    whole = user()
    assert isinstance(whole, dict)
    return {key: value for key, value in whole.items() if key != name}


CONTROL = page(user("HubSpot", 9, 6))
RIDDLE = '<html><script src="https://ct.captcha-delivery.com/c.js"></script></html>'
SHAPES: Mapping[str, Body] = {
    "the count is gone": page(without("followersCount")),
    "the count has another name": page({**without("followersCount"), "followers_count": 5_000}),
    "the count is a text": page(user(heads="5000")),
    "the count is a truth": page(user(heads=True)),
    "the count is negative": page(user(heads=-5)),
    "the count is a fraction": page(user(heads=5_000.5)),
    "the count is null": page(user(heads=None)),
    "the count stands there twice": page(user()).replace(b'"followersCount"', b'"followersCount": 1, "followersCount"', 1),
    "the login is gone": page(without("login")),
    "the id is a text": page(user(number="104205001")),
    "the user has another name": page(user(), key="account"),
    "the data have another name": page(user(), marker="__DATA__"),
    "no data": "<html><body>5,000 followers</body></html>",
    "its data is no JSON": page(user()).replace(b'{"props"', b"{props"),
    "JSON in place of a page": {"user": user()},
    "cut short": page(user())[:200],
    "nothing": "",
    "a page that cannot be asked for": reply("<html></html>", 400),
}  # fmt: skip

ROWS: tuple[Row, ...] = (
    good("a user", "page", [page(user())], EXACT, gives=IDS),
    good("in other letters", "page", [page(user("usenergydept"))], EXACT),
    good("nobody follows it", "page", [page(user(heads=0))], Count(0)),
    good("pinned, and renamed", "page", [page(user("EnergyGov"))], EXACT, ids=IDS),
    empty("a page about nobody", "page", [page(None), CONTROL], "not_found"),
    empty("HTTP 404", "page", [reply("<html>", 404), CONTROL], "not_found"),
    empty("HTTP 410", "page", [reply("<html>", 410), CONTROL], "not_found"),
    empty("HTTP 404, and the control too", "page", [reply("<html>", 404), reply("<html>", 404)], "blocked"),
    error("it is suspended", "page", [page(user(suspended=True))], "suspended"),
    error("it is suspended and has no count", "page", [page(user(heads=None, suspended=True))], "suspended"),
    error("a riddle", "page", [reply(RIDDLE, 403)], "blocked"),
    error("a riddle with 200", "page", [RIDDLE], "blocked"),
    error("a check of the browser", "page", [reply("<html><title>Just a moment...</title></html>", 403)], "blocked"),
    error("too many requests", "page", [reply("", 429)], "rate_limited"),
    error("a server in trouble", "page", [reply("<html>", 502)], "unreachable"),
    *(changed(what, "page", [body], "shape_changed") for what, body in SHAPES.items()),
    stranger("somebody else's page", "page", [page(user("mallory", 99, 5))], "shape_changed"),
    stranger("a suspended stranger", "page", [page(user("mallory", 99, 5, suspended=True))], "shape_changed"),
    stranger("the same name under another id", "page", [page(user(number=7))], "renamed_or_reused", ids=IDS),
    stranger("another name and another id", "page", [page(user("mallory", 99, 5))], "shape_changed", ids=IDS),
)

TABLE = Table(
    handle="USEnergyDept",
    means={
        "USEnergyDept": "USEnergyDept",
        "@USEnergyDept": "USEnergyDept",
        "us-energy_dept": "us-energy_dept",
        "https://www.slideshare.net/USEnergyDept": "USEnergyDept",
        "http://www.slideshare.net/USEnergyDept/": "USEnergyDept",
        "HTTPS://WWW.SLIDESHARE.NET/USEnergyDept": "USEnergyDept",
        "slideshare.net/USEnergyDept": "USEnergyDept",
        "//slideshare.net/USEnergyDept": "USEnergyDept",
        "https://es.slideshare.net/USEnergyDept": "USEnergyDept",
        "https://pt.slideshare.net/USEnergyDept/presentations": "USEnergyDept",
        "https://www.slideshare.net/USEnergyDept?utm_source=profile": "USEnergyDept",
        "https://www.slideshare.net/USEnergyDept/?utm_campaign=x#top": "USEnergyDept",
        "https://www.slideshare.net/USEnergyDept/followers": "USEnergyDept",
        "https://www.slideshare.net/USEnergyDept/slideshows?order=popular": "USEnergyDept",
        "https://www.slideshare.net:443/USEnergyDept": "USEnergyDept",
        "https://www.slideshare.net/US%45nergyDept": "USEnergyDept",
    },
    refused=(
        "https://www.slideshare.net/",
        "https://www.slideshare.net/slideshow/solar-power/12345",
        "https://www.slideshare.net/USEnergyDept/solar-power-2026",
        "https://www.slideshare.net/search?q=energy",
        "https://www.slideshare.net/login",
        "https://www.slideshare.net/mobile/USEnergyDept",
        "https://slideshare.net.evil.example/USEnergyDept",
        "https://slideshare.net@evil.example/USEnergyDept",
        "https://evil.example/slideshare.net/USEnergyDept",
        "https://public.slidesharecdn.com/USEnergyDept",
        "U",
        "U" * 65,
        "US Energy",
        "explore",
        "https://www.slideshare.net/features",
        "https://www.slideshare.net/newsfeed",
    ),
    rows=ROWS,
    simulated=("USEnergyDept", "nrel-gov", "SandiaLabs"),
    fates={
        "suspended": {"page": "suspended"},
        "left_out": {"page": "not_found"},
        "spoilt": {"page": "shape_changed"},
        "renamed": {"page": "not_found"},
        "reused": {"page": COUNTED},
    },
    refusals={"riddle": {"page": "blocked"}, "riddle_with_200": {"page": "blocked"}},
    folder="slideshare",
    recorded={"handmade_profile_page_500.html": [Recorded("page", "ReedHastings", Count(500))]},
)
