"""Takes exchanges out of the folder of evidence again."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from headcount.errors import Mistake
from headcount.evidence.exchange import Exchange, Occasion
from headcount.evidence.keep import AGAIN, ENDING


class Found(Struct, frozen=True):
    """A file of evidence, with every exchange that it stands for: the first, and those that brought the same."""

    path: Path
    exchanges: tuple[Exchange, ...]


def read(path: Path) -> Exchange:
    """The exchange of one file.

    Raises:
        Mistake: where it is no evidence, or damaged.
        OSError: where it cannot be read.
    """
    try:
        return msgspec.json.decode(gzip.decompress(path.read_bytes()), type=Exchange)
    except (gzip.BadGzipFile, EOFError, zlib.error, msgspec.DecodeError) as error:
        raise Mistake(f"{path} is no evidence that headcount kept, or is damaged: {error}") from None


def evidence(folder: Path, since: date = date.min) -> Iterator[Found | Mistake]:
    """What is there from a day (UTC) on, the oldest first; a damaged file costs itself, and nothing else."""
    for path in sorted(folder.glob(f"[0-9]*-*-*/*{ENDING}")):
        if path.parent.name >= since.isoformat():
            try:
                exchange = read(path)
            except Mistake as mistake:
                yield mistake
            else:
                yield Found(path, (exchange, *_again(path, exchange)))


def _again(path: Path, exchange: Exchange) -> Iterator[Exchange]:
    """The further occasions; a line that was cut off as the machine stopped is none."""
    beside = path.with_name(path.name.removesuffix(ENDING) + AGAIN)
    for line in beside.read_bytes().splitlines() if beside.exists() else ():
        with suppress(msgspec.DecodeError):
            yield exchange.on(msgspec.json.decode(line, type=Occasion))
