"""Documents: what can be sent, packed in one way or another, and known by a tag that changes with it."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Protocol

from msgspec import Struct

from headcount.serve.packing import IDENTITY, PACKERS, SMALLEST
from headcount.serve.shelf import Workshop


class Body(Struct, frozen=True):
    """The bytes of a document, and how they are packed."""

    content: bytes
    encoding: str = IDENTITY


class Described(Protocol):
    """What is known of a document without looking into it."""

    @property
    def media(self) -> str:
        """Its type."""

    @property
    def cache_control(self) -> str:
        """How long it may be kept."""

    def tag(self, encoding: str) -> str:
        """Its `ETag`, packed so."""


class Document(Described, Protocol):
    """What can be sent."""

    async def body(self, encoding: str) -> Body:
        """Its bytes, packed so; what is small is not."""


class Whole:
    """A document whose bytes are at hand."""

    def __init__(self, content: bytes, media: str, cache_control: str, workshop: Workshop) -> None:
        self.content, self.media, self.cache_control = content, media, cache_control
        self._workshop = workshop
        self._digest = hashlib.sha256(content).hexdigest()[:32]

    def tag(self, encoding: str) -> str:
        """Its `ETag`: of what is in it."""
        return tagged(self._digest, encoding)

    async def body(self, encoding: str) -> Body:
        """Its bytes."""
        if encoding == IDENTITY or len(self.content) < SMALLEST:
            return Body(self.content)
        make = partial(PACKERS[encoding], self.content)
        return Body(await self._workshop.made((self._digest, encoding), make), encoding)


def tagged(digest: str, encoding: str) -> str:
    """An `ETag`; the same document packed otherwise has another."""
    return f'"{digest}"' if encoding == IDENTITY else f'"{digest}-{encoding}"'
