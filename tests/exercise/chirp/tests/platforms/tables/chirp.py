"""Chirp: replies of our own."""

from __future__ import annotations

from headcount.model import Count
from tests.platforms.replaying import reply
from tests.platforms.table import Table, changed, empty, error, good, stranger


def bird(name: str = "robin", watchers: object = 5_000, **more: object) -> dict[str, object]:
    return {"id": f"b-{name}", "name": name, "watchers": watchers, **more}


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
    ),
    simulated=("robin", "wren", "finch"),
    fates={
        "suspended": {"api by name": "suspended"},
        "left_out": {"api by name": "not_found"},
        "spoilt": {"api by name": "shape_changed"},
    },
    refusals={"unknown_key": {"api by name": "bad_credentials"}},
)
