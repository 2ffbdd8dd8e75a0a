"""Where an account of the Fediverse lives, by the word of its handle's own domain (RFC 7033)."""

from __future__ import annotations

import re
from collections.abc import Generator

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.net.message import Get, Reply
from headcount.platforms.kit.wire import decode

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = rf"(?:{LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{2,59}})"
"""A plain name: no port, no user, no number of an address."""
WELL_KNOWN = "/.well-known/webfinger"
_PLACE = re.compile(rf"(?i:https://({DOMAIN}))([/?].*)?")
_ONWARD = (301, 302, 303, 307, 308)
_NOBODY = (404, 410)


class _Link(Struct):
    rel: str
    href: str | None = None


class _Account(Struct):
    links: list[_Link]


def actor(user: str, domain: str) -> Generator[Get, Reply, str]:
    """The address of the account's actor, its host in lower case; or nothing where its domain says that there is none.

    A domain may leave the question to the account's server, as Mastodon advises: it is asked there once more.

    Raises:
        ShapeChanged: where the answer is none of WebFinger's, or names several, or what is not asked: it proves nothing.
    """
    question = {"resource": f"acct:{user}@{domain}"}
    reply = yield Get(f"{{{domain}}}{WELL_KNOWN}", question)
    if server := _left_to(reply):
        reply = yield Get(f"{{{server}}}{WELL_KNOWN}", question)
    if reply.status in _NOBODY:
        return ""
    if reply.status != 200:
        raise ShapeChanged(f"WebFinger of {domain} answers with HTTP {reply.status}")
    return _the_one(domain, {link.href or "" for link in decode(reply.body, _Account).links if link.rel == "self"})


def _left_to(reply: Reply) -> str:
    """The server that is to be asked the same; a redirect to anything else is a login, or a wall."""
    place = _PLACE.fullmatch(reply.headers.get("location", ""))
    same = place and reply.status in _ONWARD and (place[2] or "").partition("?")[0] == WELL_KNOWN
    return place[1].lower() if place and same else ""


def _the_one(domain: str, actors: set[str]) -> str:
    if len(actors) > 1 or not all(map(host_of, actors)):
        raise ShapeChanged(f"WebFinger of {domain} names {', '.join(sorted(actors))}, which is not one https host's")
    return lowered(actors.pop()) if actors else ""


def host_of(url: str) -> str:
    """The host of an https URL, where it is a plain name; else nothing: what a stranger writes there is not asked."""
    place = _PLACE.fullmatch(url)
    return place[1].lower() if place else ""


def lowered(url: str) -> str:
    """An address with its host in lower case, for hosts are compared so."""
    end = len("https://") + len(host_of(url))
    return url[:end].lower() + url[end:]
