"""Files that are too large to be read whole: sent piece by piece, and packed on the way where that helps."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

from isal import isal_zlib
from litestar.response import Stream

from headcount.serve.conditions import Part, has
from headcount.serve.document import tagged
from headcount.serve.packing import GZIP, IDENTITY, accepts
from headcount.serve.reply import AnyRequest, Reply, headers_of, not_modified, sent, wanted_part
from headcount.serve.shelf import Workshop

PIECE = 256 * 1024
_LEVEL = 1
_GZIP_WINDOW = 31


class Long:
    """A large file."""

    def __init__(self, path: Path, there: os.stat_result, said: dict[str, str], workshop: Workshop) -> None:
        self._path, self.size, self._workshop = path, there.st_size, workshop
        self.media, self.cache_control = said["Content-Type"], said["Cache-Control"]
        self._digest = f"{there.st_ino:x}-{there.st_mtime_ns:x}-{there.st_size:x}"

    def tag(self, encoding: str) -> str:
        """Its `ETag`: a file that changes is another file."""
        return tagged(self._digest, encoding)

    async def pieces(self, first: int, size: int) -> AsyncIterator[bytes]:
        """Some of its bytes."""
        file = await self._workshop.run(lambda: self._path.open("rb"))
        with file:
            await self._workshop.run(partial(file.seek, first))
            while size > 0 and (piece := await self._workshop.run(partial(file.read, min(size, PIECE)))):
                size -= len(piece)
                yield piece

    async def packed(self) -> AsyncIterator[bytes]:
        """All of it as gzip."""
        packer = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, _GZIP_WINDOW)
        async for piece in self.pieces(0, self.size):
            if some := await self._workshop.run(partial(packer.compress, piece)):
                yield some
        yield packer.flush()


def reply_at_length(request: AnyRequest, file: Long, packs: bool) -> Reply:
    """A large file, or the part of it that is asked for.

    Raises:
        Problem: where nothing of that part is there.
    """
    encoding = GZIP if packs and accepts(sent(request, "accept-encoding"), GZIP) else IDENTITY
    headers = {**headers_of(file), "Accept-Ranges": "bytes"}
    for tag in (file.tag(encoding), file.tag(IDENTITY)):
        if has(sent(request, "if-none-match"), tag):
            return not_modified(headers, tag)
    wanted = wanted_part(request, file.tag(IDENTITY), file.size)
    if wanted is None and encoding == GZIP:
        return Stream(file.packed(), headers={**headers, "ETag": file.tag(GZIP), "Content-Encoding": GZIP})
    return _plain(file, headers, wanted)


def _plain(file: Long, headers: dict[str, str], wanted: Part | None) -> Reply:
    headers["ETag"] = file.tag(IDENTITY)
    if wanted is None:
        return Stream(file.pieces(0, file.size), headers={**headers, "Content-Length": str(file.size)})
    size = wanted.last + 1 - wanted.first
    headers |= {"Content-Range": str(wanted), "Content-Length": str(size)}
    return Stream(file.pieces(wanted.first, size), status_code=206, headers=headers)
