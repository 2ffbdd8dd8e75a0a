"""An account as the registry lists it, and the form in which it is kept: without a single e-mail address."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from headcount.roster.parsed import Place

_EMAIL = re.compile(r"(?<![\w.+%@-])[\w.+%-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
"""`somebody@example.gov`; `@nasa@mastodon.social` is an account, and `12345678@N00` one too."""

REMOVED = "[e-mail address]"


class Agency(Struct, frozen=True, omit_defaults=True):
    """Who runs an account."""

    name: str
    id: str = ""
    abbreviation: str = ""


class Listed(Struct, frozen=True):
    """An account as the registry lists it."""

    place: Place
    """Of its address."""
    service: str
    url: str
    name: str = ""
    language: str = ""
    state: str = ""
    agencies: tuple[Agency, ...] = ()


def without_emails(text: str) -> str:
    """The text with e-mail addresses taken out."""
    return _EMAIL.sub(REMOVED, text)


def kept(accounts: Iterable[Listed]) -> bytes:
    """The accounts as JSON that reads back as the same roster; nothing else of the file is kept."""
    results = [
        {
            "service": each.service,
            "service_url": each.url,
            "name": each.name,
            "language": each.language,
            "status": each.state,
            "agencies": each.agencies,
        }
        for each in accounts
    ]
    return msgspec.json.format(msgspec.json.encode({"metadata": {"count": len(results)}, "results": results}), indent=1)
