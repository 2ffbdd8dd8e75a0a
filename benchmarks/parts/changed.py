"""The floor of publishing: for the same bytes, copy what stays of each file that changed, append the rest, rename.

Files are forced to the disk as ours are, and their folders. What the new bytes are, the floor is told beforehand.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from headcount.publish.printed import POINTER, Press

INDEX = "press.json"
BLOCK = 1 << 20


class Change(Struct, frozen=True):
    """A file that is another than before."""

    name: str
    before: Path
    """What it was."""
    kept: int
    """So many bytes at its beginning are still the same."""
    tail: bytes


def keep(press: Press, folder: Path) -> None:
    """Keep the files of an edition, each as one more name of the same bytes: editions replace files, and never change them."""
    for name, printed in press.files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        os.link(press.place(printed), place)


def changes(before: Press, folder: Path, press: Press) -> Iterator[Change]:
    """What an edition changed since the one before, whose files were kept in `folder`; with what describes the edition."""
    for name, printed in press.files.items():
        earlier = before.files.get(name)
        if earlier is None or earlier.sha256 != printed.sha256:
            yield _change(name, folder / name, press.place(printed))
    for name in (POINTER, INDEX):
        yield Change(name, folder / name, 0, (press.root / name).read_bytes())


def _change(name: str, before: Path, after: Path) -> Change:
    kept = _alike(before, after) if before.exists() else 0
    with after.open("rb") as file:
        file.seek(kept)
        return Change(name, before, kept, file.read())


def _alike(before: Path, after: Path) -> int:
    """How many bytes at the beginning of both are the same."""
    alike = 0
    with before.open("rb") as one, after.open("rb") as other:
        while (block := one.read(BLOCK)) and block == (beside := other.read(len(block))):
            alike += len(block)
        return alike + _alike_in(block, beside) if block else alike


def _alike_in(one: bytes, other: bytes) -> int:
    """The same of two blocks that differ, or of which one is shorter."""
    return bisect_left(range(min(len(one), len(other))), x=True, key=lambda at: one[: at + 1] != other[: at + 1])


def write(changed: Iterable[Change], folder: Path) -> None:
    """Write them below a folder."""
    aside = folder / ".aside"
    for change in changed:
        place = folder / change.name
        place.parent.mkdir(parents=True, exist_ok=True)
        _write(change, aside)
        aside.replace(place)
        _sync(place.parent)


def _write(change: Change, aside: Path) -> None:
    with aside.open("wb", buffering=0) as out:
        if change.kept:
            _copy(change, out.fileno())
        out.write(change.tail)
        os.fsync(out.fileno())


def _copy(change: Change, out: int) -> None:
    at = 0
    with change.before.open("rb") as file:
        while at < change.kept:
            at += os.sendfile(out, file.fileno(), at, change.kept - at)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(handle)
    os.close(handle)
