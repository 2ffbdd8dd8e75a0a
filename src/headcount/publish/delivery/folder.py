"""A folder as a target: the web root of a server, or any other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path

from headcount.errors import DeliveryError
from headcount.publish.aside import blocks, put_in_place, sweep, write_aside
from headcount.publish.delivery.target import Body
from headcount.publish.printed import GEN, POINTER

ASIDE = ".headcount.aside"
"""One name, for the publisher is alone: what a killed process left is written over, not gathered."""


class Folder:
    """A folder that files are published to. A file is written aside, forced to the disk and put in place by renaming."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def there(self) -> Mapping[str, int]:
        """Every file below the folder, by its path, with its size."""
        with self._plainly():
            return {
                path.relative_to(self._root).as_posix(): path.stat().st_size
                for path in self._root.rglob("*")
                if path.is_file()
            }

    def size_of(self, name: str, plain: int) -> int | None:  # noqa: ARG002 - a bucket packs some names and not others
        """Files are stored as they are."""
        return plain

    def abandoned(self, paths: AbstractSet[str]) -> AbstractSet[str]:
        """All of them: whoever writes here holds the store's lock."""
        return paths

    def put(self, name: str, body: Body) -> None:
        """Copy a file into its place."""
        with self._plainly():
            put_in_place(write_aside(self._root / ASIDE, blocks(body.path)).path, self._root / name)

    def put_all(self, items: Iterable[tuple[str, Body]]) -> None:
        """Put many, one after the other."""
        for name, body in items:
            self.put(name, body)

    def copy(self, source: str, name: str, body: Body) -> None:
        """Give the file of a set its fixed name too: a link to the same bytes, where the file system has links."""
        aside = self._root / ASIDE
        with self._plainly():
            aside.unlink(missing_ok=True)
            try:
                os.link(self._root / source, aside)
            except OSError:
                self.put(name, body)
            else:
                put_in_place(aside, self._root / name)

    def pointer(self) -> bytes | None:
        """`datapackage.json` as it stands."""
        with self._plainly():
            place = self._root / POINTER
            return place.read_bytes() if place.is_file() else None

    def point(self, content: bytes, before: bytes | None) -> None:  # noqa: ARG002 - whoever writes here holds the store's lock
        """Replace `datapackage.json`."""
        with self._plainly():
            put_in_place(write_aside(self._root / ASIDE, [content]).path, self._root / POINTER)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, and the folders of sets in which nothing is left."""
        with self._plainly():
            for name in names:
                (self._root / name).unlink(missing_ok=True)
                _remove_empty((self._root / name).parent, self._root)
            # Who was killed between the two leaves a folder.
            sweep(self._root / GEN, lambda _: True)

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise DeliveryError(
                f"{error.filename or self._root} could not be written: {error.strerror or error}. The counts are safe in the "
                "store; mend the folder and run `headcount publish`."
            ) from error


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
