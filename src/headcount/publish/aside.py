"""Files that appear whole or not at all: written aside, forced to the disk, put in place by renaming."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

BLOCK = 1 << 20
"""Bytes that are read at a time."""


class Written(Struct, frozen=True):
    """A file that was written aside."""

    path: Path
    sha256: str
    bytes: int


def write_aside(path: Path, chunks: Iterable[bytes]) -> Written:
    """Write a file that is not in place yet, and force it to the disk; where that fails, nothing of it is left.

    What a killed process has left there is removed first, not written over: it may be a second name of a file in place.
    """
    _make_folder(path.parent)
    path.unlink(missing_ok=True)
    try:
        return _write(path, chunks)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _write(path: Path, chunks: Iterable[bytes]) -> Written:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as out:
        for chunk in chunks:
            digest.update(chunk)
            size += out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return Written(path, digest.hexdigest(), size)


def put_in_place(aside: Path, place: Path) -> None:
    """Give a file its name; readers and power cuts see the old one or the new one, whole."""
    _make_folder(place.parent)
    aside.replace(place)
    # Of two names of one file, renaming leaves both.
    aside.unlink(missing_ok=True)
    sync_folder(place.parent)


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a megabyte at a time."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def sweep(folder: Path, is_wanted: Callable[[Path], bool]) -> None:
    """Remove every file below a folder that is not wanted, and the folders in which nothing is left."""
    for place, _, names in os.walk(folder, topdown=False):
        for name in names:
            if not is_wanted(Path(place, name)):
                Path(place, name).unlink(missing_ok=True)
        if Path(place) != folder and not any(Path(place).iterdir()):
            Path(place).rmdir()


def _make_folder(folder: Path) -> None:
    """Make a folder, and those above it, so that a power cut leaves all of them or none."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Force the names of a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
