"""Google+, which closed: its accounts stay in rosters."""

from __future__ import annotations

from tests.platforms.table import Table

NUMBER = "115116099695296584889"

TABLE = Table(
    handle="EnergyGov",
    means={
        "EnergyGov": "EnergyGov",
        "+EnergyGov": "EnergyGov",
        NUMBER: {"plus": NUMBER},
        "https://plus.google.com/+EnergyGov": "EnergyGov",
        "https://plus.google.com/+EnergyGov/posts": "EnergyGov",
        "https://plus.google.com/%2BEnergyGov": "EnergyGov",
        "https://plus.google.com/u/0/+EnergyGov": "EnergyGov",
        "http://plus.google.com/u/0/b/12345/+EnergyGov/about?hl=en": "EnergyGov",
        f"https://plus.google.com/{NUMBER}": {"plus": NUMBER},
        f"https://plus.google.com/{NUMBER}/posts": {"plus": NUMBER},
        f"https://plus.google.com/u/1/{NUMBER}/": {"plus": NUMBER},
    },
    refused=(
        "Energy Gov",
        f"https://plus.google.com/communities/{NUMBER}",
        "https://plus.google.com/",
        "https://plus.google.com/discover",
        "https://www.google.com/search",
        "https://plus.google.com.evil.example/+EnergyGov",
        "https://plus.google.com@evil.example/+EnergyGov",
        "https://plus.google.com/@energy",
    ),
)
