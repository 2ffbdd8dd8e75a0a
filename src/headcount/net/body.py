"""Reads a reply's body: whole or not at all, unpacked, and never larger than it may be."""

from __future__ import annotations

from collections.abc import AsyncIterable
from io import BytesIO
from typing import cast

from isal import isal_zlib

from headcount.errors import TooBig, Unreachable

GZIP = frozenset({"gzip", "x-gzip"})
PLAIN = frozenset({"", "identity"})

_STEP = 256 * 1024
"""Bytes unpacked at a time."""

_BOMB_SIZE = 1024 * 1024
_BOMB_SWELLING = 100
"""What we ask for swells 5 to 20 times when it is unpacked, a bomb 1,000 times; small ones hurt nobody."""

_GZIP_WINDOW = 31
_BROKEN = cast("type[Exception]", isal_zlib.error)  # its stubs say that it is an instance


async def read_body(pieces: AsyncIterable[bytes], encoding: str, most: int, host: str) -> bytes:
    """The body whose pieces come in, unpacked.

    `encoding` is its Content-Encoding, `most` how many bytes it may have, `host` whom to name in an error.

    Raises:
        TooBig: as soon as it is known.
        Unreachable: for a packing that we did not ask for, and one that is broken or cut short.
    """
    packing = encoding.strip().lower()
    body = _Gzipped(most, host) if packing in GZIP else _Body(most, host)
    async for piece in pieces:
        if packing not in GZIP | PLAIN:
            raise Unreachable(f"{host} packed its reply as {packing[:40]!r}, though only gzip was asked for")
        body.feed(piece)
    return body.whole()


class _Body:
    """A body as it comes."""

    def __init__(self, most: int, host: str) -> None:
        self._most, self._host = most, host
        self._kept = BytesIO()

    def feed(self, piece: bytes) -> None:
        self._kept.write(piece)
        if self._kept.tell() > self._most:
            raise TooBig(
                f"{self._host} sent a body of more than {self._most:,} bytes; is the host right? (max_body in [http])"
            )

    def whole(self) -> bytes:
        return self._kept.getvalue()


class _Gzipped(_Body):
    """A body that is unpacked as it comes: one gzip member, or several."""

    def __init__(self, most: int, host: str) -> None:
        super().__init__(most, host)
        self._member = isal_zlib.decompressobj(_GZIP_WINDOW)
        self._came = 0

    def feed(self, piece: bytes) -> None:
        self._came += len(piece)
        try:
            while piece:
                piece = self._unpack(piece)
        except _BROKEN:
            raise Unreachable(f"{self._host} sent gzip that is broken") from None

    def whole(self) -> bytes:
        if self._came and not self._member.eof:
            raise Unreachable(f"{self._host} sent gzip that is cut short")
        return super().whole()

    def _unpack(self, piece: bytes) -> bytes:
        """Unpack what begins at `piece`, a step at a time; what follows the member that ends in it."""
        if self._member.eof:
            self._member = isal_zlib.decompressobj(_GZIP_WINDOW)
        while piece and not self._member.eof:
            unpacked = self._member.decompress(piece, _STEP)
            piece = self._member.unconsumed_tail
            super().feed(unpacked)
            self._look_for_bomb(self._came - len(piece))
        return self._member.unused_data

    def _look_for_bomb(self, packed: int) -> None:
        size = self._kept.tell()
        if size > _BOMB_SIZE and size > _BOMB_SWELLING * packed:
            raise TooBig(f"{self._host} sent a few bytes that unpack to millions: nothing we ask for does that")
