"""The published files, as the press has them. A name is looked up and never joined to a folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from headcount.publish.delivery.headers import headers, is_packed
from headcount.publish.printed import POINTER
from headcount.serve.document import Whole
from headcount.serve.long import Long, reply_at_length
from headcount.serve.problem import not_found
from headcount.serve.reply import AnyRequest, Reply, reply_in_part
from headcount.serve.shelf import Workshop
from headcount.serve.stand import Shown

LARGE = 4 * 1024 * 1024
"""Bytes of a file that is not read whole."""

_NONE = (
    "there is no such file: `datapackage.json` names those of the newest set, and `v1/openapi.json` describes the API"
)


class Files:
    """Sends published files."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop

    async def send(self, request: AnyRequest, shown: Shown, name: str) -> Reply:
        """The file of that name.

        Raises:
            Problem: where there is none.
        """
        if name == POINTER:
            return await self._send_whole(request, name, shown.pointer)
        try:
            return await self._send_file(request, name, _path(shown, name))
        except FileNotFoundError:
            raise not_found(_NONE) from None

    async def _send_file(self, request: AnyRequest, name: str, path: Path) -> Reply:
        there = await self._workshop.run(path.stat)
        if there.st_size > LARGE:
            return reply_at_length(request, Long(path, there, headers(name, "identity"), self._workshop), _packs(name))
        key = (path, there.st_ino, there.st_mtime_ns, there.st_size)
        return await self._send_whole(request, name, await self._workshop.made(key, path.read_bytes))

    async def _send_whole(self, request: AnyRequest, name: str, content: bytes) -> Reply:
        said = headers(name, "identity")
        document = Whole(content, said["Content-Type"], said["Cache-Control"], self._workshop)
        return await reply_in_part(request, document, _packs(name))


def _path(shown: Shown, name: str) -> Path:
    """Where the file of a name lies."""
    if name in shown.press.files:
        return shown.press.place(shown.press.files[name])
    if name in shown.paths:
        return shown.press.root / PurePosixPath(name)
    raise not_found(_NONE)


def _packs(name: str) -> bool:
    return is_packed(name, "gzip")
