"""What a platform's module declares, and what it must declare to be written about."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from inspect import cleandoc

from msgspec import Struct

from headcount import platforms
from headcount.platforms.kit.contract import Platform, Source

ALIKE = ("about", "official", "opt_in", "daily", "control", "micros")
"""What a page says once of a source, and so must be the same of all its ways."""


class Undeclared(Exception):
    """A page cannot be written, because something is not declared: every gap, a line each."""


class Declared(Struct, frozen=True):
    """A platform, and what its module says of itself."""

    platform: Platform
    about: str
    """The module's docstring."""

    @property
    def sources(self) -> dict[str, list[Source]]:
        """The ways of each source, by its name, best first."""
        found: dict[str, list[Source]] = {}
        for way in self.platform.sources:
            found.setdefault(way.name, []).append(way)
        return found


def declared() -> tuple[Declared, ...]:
    """All platforms, by the names that people know them by.

    Raises:
        Undeclared: where one lacks what its page must say.
    """
    found = [_of(slug) for slug in platforms.slugs()]
    if missing := [f"{each.platform.slug}: {gap}" for each in found for gap in gaps(each)]:
        raise Undeclared("\n".join(missing))
    return tuple(sorted(found, key=lambda each: each.platform.name.casefold()))


def _of(slug: str) -> Declared:
    platform = platforms.platform(slug)
    return Declared(platform, cleandoc(sys.modules[f"{platforms.__name__}.{slug}"].__doc__ or ""))


def gaps(of: Declared) -> Iterator[str]:
    """What is not declared, and must be."""
    handles, asked = of.platform.handles, bool(of.sources)
    lacking = {
        "its module has no docstring": not of.about,
        "no example of a handle (Handles.forms)": not handles.forms,
        "no link to an account (Handles.link)": asked and not handles.link,
        "nothing of its terms (Platform.terms)": asked and of.platform.terms is None,
    }
    yield from (gap for gap, is_so in lacking.items() if is_so)
    for ways in of.sources.values():
        yield from _gaps_of(ways)


def _gaps_of(ways: list[Source]) -> Iterator[str]:
    name = ways[0].name
    if not ways[0].about:
        yield f"nothing of how exact {name} is (Source.about)"
    if not ways[0].misses:
        yield f"nothing of what {name} can say instead of a count (Source.misses)"
    for field in ALIKE:
        if len({getattr(way, field) for way in ways}) > 1:
            yield f"the ways of {name} differ in Source.{field}, of which its page speaks once"
