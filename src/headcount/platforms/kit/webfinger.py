"""Where an account of the Fediverse lives, by the word of its handle's own domain (RFC 7033)."""

from __future__ import annotations

import re
from collections.abc import Generator

from msgspec import Struct

from headcount.net.message import Get, Reply
from headcount.platforms.kit.wire import Json, decode, find, sift

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = rf"(?:{LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{2,59}})"
"""A plain name: no port, no user, no number of an address."""
_PLACE = re.compile(rf"https://({DOMAIN})(?:[/?].*)?")
_ONWARD = (301, 302, 303, 307, 308)


class _Link(Struct):
    rel: str = ""
    href: str = ""


def actor(user: str, domain: str) -> Generator[Get, Reply, str]:
    """The address of the account's actor, or nothing where its domain names none, or several.

    A domain may leave the question to the account's server, as Mastodon advises: it is asked there once more.

    Raises:
        ShapeChanged: where the answer is none of WebFinger's.
    """
    question = {"resource": f"acct:{user}@{domain}"}
    reply = yield Get(f"{{{domain}}}/.well-known/webfinger", question)
    if reply.status in _ONWARD and (server := host_of(reply.headers.get("location", ""))):
        reply = yield Get(f"{{{server}}}/.well-known/webfinger", question)
    links = find(decode(reply.body, Json), "links", list[object]) if reply.status == 200 else None
    actors = {link.href for link in sift(links or (), _Link) if isinstance(link, _Link) and link.rel == "self"}
    return actors.pop() if len(actors) == 1 else ""


def host_of(url: str) -> str:
    """The host of an https URL, where it is a plain name; else nothing: what a stranger writes there is not asked."""
    place = _PLACE.fullmatch(url)
    return place[1] if place else ""
