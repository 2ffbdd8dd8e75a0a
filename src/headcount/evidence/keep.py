"""Puts exchanges into the folder of evidence: a file each, by day, whole or not at all, and readable by nobody else."""

from __future__ import annotations

import gzip
import os
import re
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import structs

from headcount.evidence.exchange import Exchange, Saved
from headcount.evidence.tidy import Bounds, on_disk, tidy

ENDING = ".json.gz"
AGAIN = ".again"
"""The ending of the file beside it that says when the same was replied again: a line of JSON each time."""

PRIVATE = re.compile(r"cookie|auth|token|secret|session|signature|api-?key", re.IGNORECASE)
"""Headers that are about who asks, not about what is replied."""


class Cabinet:
    """The folder of evidence, kept within its bounds while it is filled."""

    def __init__(self, folder: Path, bounds: Bounds) -> None:
        self._folder, self._bounds = folder, bounds
        self._size: int | None = None
        """Bytes that lie there, as far as is known; None: not looked yet."""

    def keep(self, exchange: Exchange, at: datetime) -> None:
        """Keep an exchange; what was replied before in the same words that day is noted as having come again.

        Raises:
            OSError: where the disk is full or the folder cannot be written.
        """
        if not self._bounds.bytes:
            return
        exchange = structs.replace(exchange, replies=tuple(map(_without_private, exchange.replies)))
        day = self._day(at)
        name = f"{exchange.platform}-{exchange.source}-{_digest(exchange)}"
        before = next(day.glob(f"??????-{name}{ENDING}"), None)
        grown = _again(before, exchange) if before else _write(day / f"{at:%H%M%S}-{name}{ENDING}", exchange)
        self._make_room(grown, at)

    def tidy(self, at: datetime) -> None:
        """Remove what has become too old or too much.

        Raises:
            OSError: where something cannot be removed.
        """
        self._size = tidy(self._folder, self._bounds, at)

    def _day(self, at: datetime) -> Path:
        day = self._folder / f"{at:%Y-%m-%d}"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        day.mkdir(mode=0o700, exist_ok=True)
        return day

    def _make_room(self, grown: int, at: datetime) -> None:
        if self._size is not None:
            self._size += grown
        if self._size is None or self._size > self._bounds.bytes:
            self.tidy(at)


def _without_private(each: Saved) -> Saved:
    return structs.replace(
        each, headers={name: value for name, value in each.headers.items() if not PRIVATE.search(name)}
    )


def _digest(exchange: Exchange) -> str:
    """The same where the same was replied for the same reason, whoever was asked about, and when."""
    told = [(each.status, each.headers.get("location"), each.body, each.cut, each.reason) for each in exchange.replies]
    why = sorted({each.why for each in exchange.accounts})
    return blake2b(msgspec.json.encode((why, told)), digest_size=6).hexdigest()


def _write(file: Path, exchange: Exchange) -> int:
    """Write it aside, then give it its name: whoever is stopped between leaves no half of it under that name."""
    content = gzip.compress(msgspec.json.encode(exchange), compresslevel=6)
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    _append(aside, content, os.O_TRUNC)
    aside.replace(file)
    return on_disk(len(content))


def _again(file: Path, exchange: Exchange) -> int:
    line = b"\n" + msgspec.json.encode(exchange.occasion)
    _append(file.with_name(file.name.removesuffix(ENDING) + AGAIN), line, os.O_APPEND)
    return len(line)


def _append(file: Path, content: bytes, how: int) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o600), "wb") as opened:
        opened.write(content)
