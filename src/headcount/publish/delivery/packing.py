"""Texts as gzip, the same bytes each time, and back."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from isal import isal_zlib

_GZIP_WINDOW = 31
_LEVEL = 2
_AT_A_TIME = 1024 * 1024
_MAGIC = b"\x1f\x8b"


def packed(chunks: Iterable[bytes]) -> bytes:
    """Bytes as gzip, whose header holds neither a name nor a time."""
    packer = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, _GZIP_WINDOW)
    return b"".join([*map(packer.compress, chunks), packer.flush()])


def chunks(path: Path) -> Iterator[bytes]:
    """A file, piece by piece, so that it need not fit into memory."""
    with path.open("rb") as file:
        while chunk := file.read(_AT_A_TIME):
            yield chunk


def unpacked(content: bytes) -> bytes:
    """What a store gave back, plain. Some unpack it on the way; JSON never begins as gzip does."""
    try:
        return gzip.decompress(content) if content.startswith(_MAGIC) else content
    except (EOFError, OSError, zlib.error):
        return content
