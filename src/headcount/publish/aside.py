"""Files that appear whole or not at all: written aside, forced to the disk, put in place by renaming."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct


class Written(Struct, frozen=True):
    """A file that was written aside."""

    path: Path
    sha256: str
    bytes: int


def write_aside(path: Path, chunks: Iterable[bytes]) -> Written:
    """Write a file that is not in place yet, and force it to the disk."""
    digest, size = hashlib.sha256(), 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        for chunk in chunks:
            digest.update(chunk)
            size += out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return Written(path, digest.hexdigest(), size)


def put_in_place(aside: Path, place: Path) -> None:
    """Give a file its name; readers and power cuts see the old one or the new one, whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    aside.replace(place)
    sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Force the names of a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
