"""Storify, which closed on 16 May 2018: its accounts stay in rosters, and what was counted stays in the store.

https://en.wikipedia.org/wiki/Storify
"""

from __future__ import annotations

from datetime import date

from headcount.platforms.kit.contract import Platform
from headcount.platforms.kit.handles import Handles

PLATFORM = Platform(
    slug="storify",
    name="Storify (closed)",
    handles=Handles(
        names=(r"@?(?P<handle>[A-Za-z0-9_-]{1,50})",),
        urls=(r"storify\.com/(?P<handle>[A-Za-z0-9_-]{1,50})(?:[/?#].*)?",),
        forms=("energy", "https://storify.com/energy"),
        reserved="about browse create faq login logout search services settings signup tos",
    ),
    retired=date(2018, 5, 16),
)
