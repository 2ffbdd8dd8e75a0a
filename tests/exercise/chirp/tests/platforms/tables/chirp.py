"""Chirp: replies of our own."""

from __future__ import annotations

import json

from headcount.model import Count
from tests.platforms.replaying import reply
from tests.platforms.table import Table, changed, empty, error, good, stranger


def bird(name: str = "robin", watchers: object = 5_000, **more: object) -> dict[str, object]:
    return {"id": f"b-{name}", "name": name, "watchers": watchers, **more}


def nest(*birds: dict[str, object]) -> str:
    """A page, with as many data as there should be: one."""
    return "<html>" + "".join(f'<script id="nest">{json.dumps(each)}</script>' for each in birds) + "</html>"


TABLE = Table(
    handle="robin",
    gives={"bird": "b-robin"},
    means={
        "robin": "robin",
        "@robin": "robin",
        "https://chirp.example/@robin": "robin",
        "http://www.chirp.example/@robin/": "robin",
        "https://chirp.example/@robin/nest?sort=new": "robin",
        "//chirp.example/@robin#top": "robin",
    },
    refused=(
        "Robin the bird",
        "https://chirp.example/docs",
        "https://chirp.example/@",
        "https://chirp.example.evil/@robin",
    ),
    rows=(
        good("a bird", "api", [{"birds": [bird()]}], Count(5_000)),
        good("a bird among others", "api", [{"birds": [bird("wren", 1), bird()]}], Count(5_000)),
        good("a bird by its id", "api", [{"birds": [bird()]}], Count(5_000), handle="old", ids={"bird": "b-robin"}),
        good("nought is a count", "api", [{"birds": [bird(watchers=0)]}], Count(0)),
        empty("no birds", "api", [{"birds": []}], "not_found"),
        error("it is in a cage", "api", [{"birds": [bird(caged=True)]}], "suspended"),
        error("a bad key", "api", [reply({"error": "no such key"}, 401)], "bad_credentials"),
        error("too many requests", "api", [reply("", 429)], "rate_limited"),
        error("a server in trouble", "api", [reply("", 502)], "unreachable"),
        changed("the count is a text", "api", [{"birds": [bird(watchers="5000")]}], "shape_changed"),
        changed("the birds are gone", "api", [{"fish": []}], "shape_changed"),
        changed("no JSON", "api", ["<html>"], "shape_changed"),
        stranger("another bird", "api", [{"birds": [bird("wren")]}], "shape_changed"),
        good("a nest", "page", [nest(bird())], Count(5_000)),
        good(
            "a nest by a new name", "page", [nest(bird("r") | {"id": "b-robin"})], Count(5_000), ids={"bird": "b-robin"}
        ),
        empty("no such nest", "page", [reply("", 404), nest(bird())], "not_found"),
        error("it is in a cage", "page", [nest(bird(caged=True))], "suspended"),
        error("a wall", "page", [reply("", 403)], "blocked"),
        error("too many requests", "page", [reply("", 429)], "rate_limited"),
        error("a server in trouble", "page", [reply("", 502)], "unreachable"),
        changed("no data", "page", [nest()], "shape_changed"),
        changed("the count is a text", "page", [nest(bird(watchers="5000"))], "shape_changed"),
        stranger("another nest", "page", [nest(bird("wren"))], "shape_changed"),
    ),
    simulated=("robin", "wren", "finch"),
    fates={
        "suspended": {"api by name": "suspended", "api by id": "suspended", "page": "suspended"},
        "left_out": {"api by name": "not_found", "page": "not_found"},
        "spoilt": {"api by name": "shape_changed", "page": "shape_changed"},
    },
    refusals={"unknown_key": {"api by name": "bad_credentials"}},
)
