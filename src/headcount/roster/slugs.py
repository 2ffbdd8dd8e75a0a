"""The platforms that a roster may name, and how each writes its handles."""

from __future__ import annotations

from headcount import platforms
from headcount.errors import Mistake
from headcount.platforms.kit.handles import Handles, nothing_else
from headcount.roster.spelling import nearest

TO_COME = frozenset(
    [
        "twitter",
        "facebook",
        "instagram",
        "youtube",
        "threads",
        "bluesky",
        "mastodon",
        "linkedin",
        "tiktok",
        "pinterest",
        "flickr",
        "vimeo",
        "medium",
        "slideshare",
        "github",
        "reddit",
        "telegram",
        "twitch",
        "tumblr",
        "substack",
        "manual",
        "storify",
        "google",
    ]
)
"""Platforms that a roster may name even where headcount cannot count them yet, or no longer."""


def slug_of(name: str) -> str:
    """The platform that a name means: aliases understood, case ignored.

    Raises:
        Mistake: with the nearest good spelling, where there is none.
    """
    slug = platforms.canonical(name)
    known = TO_COME.union(platforms.slugs())
    if slug in known:
        return slug
    hint = nearest(slug, known.union(platforms.ALIASES))
    raise Mistake(f"there is no platform called {name!r}" + (f" ({hint})" if hint else ""))


def handles_of(slug: str) -> Handles:
    """How the platform writes its handles: in any way, for one that headcount cannot count yet."""
    return platforms.platform(slug).handles if slug in platforms.slugs() else Handles((), fold=nothing_else)
