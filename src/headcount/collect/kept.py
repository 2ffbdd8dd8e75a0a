"""Replies that are kept with the tag by which their server knows them, to ask later whether they still hold.

A kept reply lasts a week, so that even a server that never changes a tag is asked for the whole of it again. It is
sealed with the name under which it is kept: what was damaged, or lies in another's place, is as good as not kept.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Protocol

import msgspec
from msgspec import Struct

from headcount.net.message import Reply

LASTS = timedelta(days=7)
LARGEST = 20_000
"""Bytes of a body. What an API says of one account is a tenth of it."""

_TAG = re.compile(r'(?:W/)?"[!#-~]{1,200}"')
_SEAL = 16


class Kept(Struct, frozen=True):
    """A whole reply that may still hold."""

    tag: str
    """Its ETag, as it was sent."""
    body: bytes
    at: datetime
    """When it came (UTC)."""


class Drawer(Protocol):
    """Where kept replies outlive the process: sealed, by name."""

    def kept(self, name: str) -> bytes | None:
        """What was last kept under that name, unless it was dropped meanwhile."""

    def keep(self, name: str, content: bytes, at: datetime) -> None:
        """Keep it in place of what was there."""

    def drop(self, name: str) -> None:
        """Keep nothing under that name."""


def keepable(reply: Reply) -> Kept | None:
    """The reply, where it is whole and of a size and bears a sound tag."""
    tag = reply.headers.get("etag", "")
    if reply.status != 200 or len(reply.body) > LARGEST or not _TAG.fullmatch(tag):
        return None
    return Kept(tag, reply.body, reply.at)


def names_same(kept: Kept, tag: str) -> bool:
    """Whether a tag means what is kept; a weak tag (`W/"..."`) and a strong one are compared by what they hold."""
    return kept.tag.removeprefix("W/") == tag.removeprefix("W/")


def sealed(name: str, kept: Kept) -> bytes:
    """What goes into the drawer."""
    content = msgspec.msgpack.encode(kept)
    return _seal(name, content) + content


def opened(name: str, drawn: bytes, now: datetime) -> Kept | None:
    """What was sealed under that name, unless it is damaged, too old, or of a time that is yet to come."""
    seal, content = drawn[:_SEAL], drawn[_SEAL:]
    if seal != _seal(name, content):
        return None
    try:
        kept = msgspec.msgpack.decode(content, type=Kept)
    except msgspec.DecodeError:
        return None
    return kept if timedelta() <= now - kept.at < LASTS else None


def _seal(name: str, content: bytes) -> bytes:
    return blake2b(content, key=name.encode()[:64], digest_size=_SEAL).digest()
