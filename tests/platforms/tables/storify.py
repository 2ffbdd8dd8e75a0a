"""Storify, which closed: its accounts stay in rosters."""

from __future__ import annotations

from tests.platforms.table import Table

TABLE = Table(
    handle="energy",
    means={
        "energy": "energy",
        "@some-lab": "some-lab",
        "Some_Lab": "Some_Lab",
        "https://storify.com/energy": "energy",
        "https://www.storify.com/energy/": "energy",
        "http://storify.com/energy/a-story": "energy",
        "storify.com/energy?utm_source=x": "energy",
        "//storify.com/energy#top": "energy",
        "https://storify.com:443/energy": "energy",
    },
    refused=(
        "some lab",
        "https://storify.com/search?q=energy",
        "https://storify.com/login",
        "https://storify.com/",
        "https://storify.com.evil.example/energy",
        "https://storify.com@evil.example/energy",
        "https://blog.storify.com/energy",
        "e" * 51,
    ),
)
