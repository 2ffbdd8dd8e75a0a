"""Google+, which closed on 2 April 2019: its accounts stay in rosters, and what was counted stays in the store.

https://support.google.com/plus/answer/9195133
"""

from __future__ import annotations

from datetime import date

from headcount.platforms.kit.contract import Platform
from headcount.platforms.kit.handles import Handles

SITE = r"plus\.google\.com/(?:u/[0-9]+/)?(?:b/[0-9]+/)?"
PLATFORM = Platform(
    slug="google",
    name="Google+ (closed)",
    handles=Handles(
        names=(r"(?P<plus>[0-9]{21})", r"\+?(?P<handle>[\w.-]{1,60})"),
        urls=(
            SITE + r"(?:(?:page|person)s?/(?:[^/?#]+/)?)?(?P<plus>[0-9]{21})(?:[/?#].*)?",
            SITE + r"(?:\+|%2[Bb])(?P<handle>[\w.%-]{1,120})(?:[/?#].*)?",
        ),
        forms=("+EnergyGov", "115116099695296584889", "https://plus.google.com/+EnergyGov"),
    ),
    retired=date(2019, 4, 2),
)
