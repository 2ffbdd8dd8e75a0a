"""An object store as a target."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import obstore

from headcount.clock import SYSTEM
from headcount.publish.delivery.conditions import Conditions, conditions
from headcount.publish.delivery.faults import explained, is_bucketless
from headcount.publish.delivery.headers import Encoding, headers, is_packed
from headcount.publish.delivery.packing import chunks, packed
from headcount.publish.delivery.pointer import Change, Pointer
from headcount.publish.delivery.target import Body
from headcount.publish.printed import GEN, POINTER

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_HANDS = 8
"""Files that are on their way at once."""
A_WHILE = timedelta(hours=1)
"""Longer than any delivery takes between a file and the pointer that names it."""


class Bucket:
    """An object store as a target, below the path of its URL.

    A store shows an object whole or not at all, and paths under `gen/` change with their content, so files are written
    plainly; only the pointer needs a condition.
    """

    def __init__(self, store: ObjectStore, address: str, encoding: Encoding = "gzip") -> None:
        self.store, self.address = store, address
        self._encoding = encoding
        self._pointer = Pointer(store, address)

    @property
    def name(self) -> str:
        """The bucket's own name."""
        return urlsplit(self.address).netloc

    @cached_property
    def conditions(self) -> Conditions:
        """Which conditional writes the store honours, tried out when it is first asked."""
        return conditions(self.store, self.address)

    def there(self) -> Mapping[str, int]:
        """Every path below the root with its size as stored."""
        with explained(self.address):
            return {each["path"]: each["size"] for page in obstore.list(self.store) for each in page}

    def size_of(self, name: str, plain: int) -> int | None:
        """What is packed has a size of its own."""
        return None if is_packed(name, self._encoding) else plain

    def abandoned(self, paths: AbstractSet[str]) -> AbstractSet[str]:
        """Those that have lain there for a while: another publisher's may be named at any moment."""
        before = SYSTEM.now() - A_WHILE
        with explained(self.address):
            listed = chain.from_iterable(obstore.list(self.store, GEN)) if paths else ()
            return {each["path"] for each in listed if each["path"] in paths and each["last_modified"] < before}

    def put(self, name: str, body: Body) -> None:
        """Put a file there, whole or not at all."""
        content = packed(chunks(body.path)) if is_packed(name, self._encoding) else body.path
        with explained(self.address):
            obstore.put(self.store, name, content, attributes=headers(name, self._encoding))

    def put_all(self, items: Iterable[tuple[str, Body]]) -> None:
        """Put many, several at a time; after the first that fails no other is begun."""
        with ThreadPoolExecutor(_HANDS) as hands:
            deque(hands.map(lambda item: self.put(*item), items), maxlen=0)

    def copy(self, source: str, name: str, body: Body) -> None:  # noqa: ARG002 - the protocol's; a folder needs it
        """Give a fixed name what `source` has: put again, for a copy made by the store would keep the headers of `gen/`."""
        self.put(name, body)

    def pointer(self) -> bytes | None:
        """`datapackage.json` as it stands; None where there is none."""
        there = self._pointer.standing()
        return there.content if there else None

    def point(self, content: bytes, before: bytes | None) -> None:
        """Replace `datapackage.json` if it still is `before`, or an older one than ours.

        Raises:
            Superseded: where another publisher has put a newer set meanwhile.
        """
        stored = packed([content]) if is_packed(POINTER, self._encoding) else content
        self._pointer.replace(Change(content, before, stored, headers(POINTER, self._encoding)), self.conditions)

    def remove(self, names: Iterable[str]) -> None:
        """Remove these files; one that is not there is no fault."""
        wanted = list(names)
        with explained(self.address):
            try:
                obstore.delete(self.store, wanted)
            except FileNotFoundError as error:
                if is_bucketless(error):
                    raise
                self._remove_each(wanted)

    def _remove_each(self, names: Iterable[str]) -> None:
        """Some stores stop at the first that is not there."""
        for name in names:
            with suppress(FileNotFoundError):
                obstore.delete(self.store, name)
