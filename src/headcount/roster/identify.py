"""Who is meant by a URL or a handle in any form: asks the platforms' own patterns, never the network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from headcount import platforms
from headcount.errors import Mistake
from headcount.platforms.kit.handles import Handles
from headcount.roster.address import address, on_any_host
from headcount.roster.slugs import handles_of, slug_of

_LONGEST = 500
_ANY_NAME = "no platform's own: * ? !"


class Named(Struct, frozen=True):
    """An account as somebody named it."""

    platform: str
    handle: str
    """As written there, in the platform's own form; the id where only an id was written."""
    ids: Mapping[str, str] = {}


def identify(text: str, platform: str | None = None) -> Named:
    """The account that a URL means, or a handle of `platform` in any form.

    Raises:
        Mistake: with why it is none.
    """
    written = text.strip()
    if not written or len(written) > _LONGEST or not written.isprintable():
        raise Mistake(f"{written[:60]!r} is not an account")
    if platform is None:
        return _of_any(written)
    slug = slug_of(platform)
    if found := _match(slug, written):
        return found
    elsewhere = _elsewhere(slug, written)
    hint = f"it is an address of {elsewhere}" if elsewhere else _how_it_looks(slug)
    raise Mistake(f"{written!r} is not an account of {slug}: {hint}")


def _of_any(text: str) -> Named:
    """The only platform that takes it. One that would take the path on any host, or any name, gives way to one that would not."""
    found = [each for slug in platforms.slugs() if (each := _by_address(slug, text))]
    knowing = [each for each in found if not _by_address(each.platform, on_any_host(text))]
    if not found and "/" not in text:
        picky = (slug for slug in platforms.slugs() if not _match(slug, _ANY_NAME))
        knowing = [each for slug in picky if (each := _match(slug, text))]
    named = knowing or found
    if len(named) == 1:
        return named[0]
    if not named:
        raise Mistake(f"{text!r} is not the address of an account on a platform that headcount knows")
    raise Mistake(
        f"{text!r} could be on {', '.join(each.platform for each in named)}: write which platform, or the whole URL"
    )


def _match(slug: str, text: str) -> Named | None:
    handles = handles_of(slug)
    if found := _by_address(slug, text):
        # A platform of many hosts takes the path on any, and so gives way to one that knows the host.
        takes_any_host = _by_address(slug, on_any_host(text))
        return None if takes_any_host and _elsewhere(slug, text) else found
    if handles.names:
        return _first(slug, handles, handles.names, (text, text.removeprefix("@")))
    return None if _elsewhere(slug, text) else Named(slug, text.removeprefix("@"))


def _elsewhere(slug: str, text: str) -> str:
    """The other platform that an address is of, or nothing."""
    others = (other for other in platforms.slugs() if other != slug) if "/" in text else ()
    return next((other for other in others if _by_address(other, text)), "")


def _by_address(slug: str, text: str) -> Named | None:
    handles = handles_of(slug)
    return _first(slug, handles, handles.urls, (address(text),))


def _first(slug: str, handles: Handles, patterns: tuple[str, ...], forms: tuple[str, ...]) -> Named | None:
    for groups in _matches(patterns, forms):
        ids = {scheme: found for scheme, found in groups.items() if found}
        handle, server = ids.pop("handle", ""), ids.pop("server", "")
        if handle.casefold() in handles.reserved.split():
            continue
        if handle or ids:
            named = handles.spell(f"{handle}@{server}" if server else handle) if handle else next(iter(ids.values()))
            return Named(slug, named, ids)
    return None


def _matches(patterns: tuple[str, ...], forms: tuple[str, ...]) -> Iterator[Mapping[str, str | None]]:
    for pattern in patterns:
        for form in forms:
            if match := re.fullmatch(pattern, form):
                yield match.groupdict()


def _how_it_looks(slug: str) -> str:
    link = handles_of(slug).link.replace("{handle}", "NAME")
    return f"write its name, or {link}" if link else "write its name"
