"""The platforms that a roster may name, and how each writes its handles."""

from __future__ import annotations

from headcount import platforms
from headcount.errors import Mistake
from headcount.platforms.kit.handles import Handles
from headcount.roster.spelling import nearest


def slug_of(name: str) -> str:
    """The platform that a name means: aliases understood, case ignored.

    Raises:
        Mistake: with the nearest good spelling, where there is none.
    """
    slug = platforms.canonical(name)
    if slug in platforms.slugs():
        return slug
    hint = nearest(slug, {*platforms.slugs(), *platforms.ALIASES})
    raise Mistake(f"there is no platform called {name!r}" + (f" ({hint})" if hint else ""))


def handles_of(slug: str) -> Handles:
    """How the platform writes its handles."""
    return platforms.platform(slug).handles
