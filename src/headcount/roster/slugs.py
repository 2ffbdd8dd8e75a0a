"""The platforms that a roster may name, and how each writes its handles."""

from __future__ import annotations

import re

from headcount import platforms
from headcount.errors import Mistake
from headcount.platforms.kit.handles import Handles
from headcount.roster.spelling import nearest

_BY_HAND = {"whatsapp", "nextdoor", "snapchat", "applepodcasts", "spotify", "newsletter"}
"""What people take for platforms and headcount counts nowhere itself."""


def slug_of(name: str) -> str:
    """The platform that a name means: aliases and the names that people are shown understood, case and blanks ignored.

    Raises:
        Mistake: with the nearest good spelling, where there is none.
    """
    slug = platforms.canonical(name)
    if slug in platforms.slugs():
        return slug
    if slug := _written_otherwise().get(_plain(name), ""):
        return slug
    hint = "its accounts are counted by hand: write manual" if _plain(name) in _BY_HAND else _nearest(name)
    raise Mistake(f"there is no platform called {name!r}" + (f" ({hint})" if hint else ""))


def handles_of(slug: str) -> Handles:
    """How the platform writes its handles."""
    return platforms.platform(slug).handles


def _written_otherwise() -> dict[str, str]:
    shown = {name: slug for slug, name in platforms.names().items()}
    known = {slug: slug for slug in platforms.slugs()} | platforms.ALIASES | shown
    return {_plain(name): slug for name, slug in known.items()}


def _plain(name: str) -> str:
    return re.sub(r"[\s_.-]", "", name.casefold())


def _nearest(name: str) -> str:
    return nearest(platforms.canonical(name), {*platforms.slugs(), *platforms.ALIASES})
