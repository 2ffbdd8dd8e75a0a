"""Who is meant by a URL or a handle in any form: asks the platforms' own patterns, never the network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from headcount import platforms
from headcount.errors import Mistake
from headcount.platforms.kit.handles import Handles
from headcount.roster.address import address
from headcount.roster.owners import owner_of
from headcount.roster.slugs import handles_of, slug_of

_LONGEST = 500
_ANY_NAME = "no platform's own: * ? !"
_MAIL = re.compile(r"(?:mailto:)?[^@/:\s]+@[^@/:\s]+\.[a-z]{2,}", re.IGNORECASE)


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
    raise Mistake(f"{written!r} is not an account of {slug}: {_why(slug, written)}")


def _of_any(text: str) -> Named:
    """The only platform that takes it; one that would take any name gives way to one that would not."""
    if _MAIL.fullmatch(text):
        raise Mistake(f"{text!r} looks like an e-mail address: if it is an account, write which platform")
    found = [each for slug in platforms.slugs() if (each := _by_address(slug, text))] or _by_picky_names(text)
    if len(found) == 1:
        return found[0]
    if found:
        where = ", ".join(each.platform for each in found)
        raise Mistake(f"{text!r} could be on {where}: write which platform, or the whole URL")
    nowhere = "is not the address of an account on a platform that headcount knows"
    raise Mistake(f"{text!r} {_no_account_there(text) or nowhere}")


def _by_picky_names(text: str) -> list[Named]:
    picky = (slug for slug in platforms.slugs() if not _match(slug, _ANY_NAME))
    return [each for slug in picky if (each := _match(slug, text))]


def _match(slug: str, text: str) -> Named | None:
    handles = handles_of(slug)
    if found := _by_address(slug, text):
        return found
    if handles.names:
        return _first(slug, handles, handles.names, (text, text.removeprefix("@")))
    return None if _elsewhere(slug, text) else Named(slug, text.removeprefix("@"))


def _elsewhere(slug: str, text: str) -> str:
    """The other platform that an address is of, or nothing."""
    others = (other for other in platforms.slugs() if other != slug)
    return next((other for other in others if _by_address(other, text)), "")


def _by_address(slug: str, text: str) -> Named | None:
    handles = handles_of(slug)
    return _first(slug, handles, handles.urls, (address(text),))


def _first(slug: str, handles: Handles, patterns: tuple[str, ...], forms: tuple[str, ...]) -> Named | None:
    for groups in _matches(patterns, forms):
        ids = {scheme: found for scheme, found in groups.items() if found}
        handle, server = ids.pop("handle", ""), ids.pop("server", "")
        if handle.casefold() in handles.reserved.split() or (server and owner_of(server)):
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


def _why(slug: str, text: str) -> str:
    if elsewhere := _elsewhere(slug, text):
        return f"it is an address of {elsewhere}"
    nobody = _no_account_there(text)
    return f"it {nobody}" if nobody else _how_it_looks(slug)


def _no_account_there(text: str) -> str:
    owner = owner_of(text)
    return f"is an address of {platforms.platform(owner).name}, but of no account there" if owner else ""


def _how_it_looks(slug: str) -> str:
    link = handles_of(slug).link.replace("{handle}", "NAME")
    return f"write its name, or {link}" if link else "write its name"
