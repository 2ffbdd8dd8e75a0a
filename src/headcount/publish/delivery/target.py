"""What a place that files are published to can do: a folder and a bucket alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Protocol

from msgspec import Struct


class Body(Struct, frozen=True):
    """A file to be put: its bytes lie in a local file."""

    path: Path
    bytes: int
    sha256: str
    """Hex, of the plain bytes."""


class Target(Protocol):
    """Where files are published.

    Every method raises DeliveryError with a sentence that says what to do.
    """

    def there(self) -> Mapping[str, int]:
        """Every path below the root, `gen/...` and fixed names, with its size as stored."""

    def size_of(self, name: str, plain: int) -> int | None:
        """The size with which a file of so many bytes is stored under that name; None: only storing it tells."""

    def abandoned(self, paths: AbstractSet[str]) -> AbstractSet[str]:
        """Of paths that nothing names, those that no other publisher can be about to name."""

    def put(self, name: str, body: Body) -> None:
        """Put a file there, whole or not at all; what lies under `gen/` is never changed."""

    def put_all(self, items: Iterable[tuple[str, Body]]) -> None:
        """Put many; after the first that fails no other is begun."""

    def copy(self, source: str, name: str, body: Body) -> None:
        """Give a fixed name what `source`, a path under `gen/`, has."""

    def pointer(self) -> bytes | None:
        """`datapackage.json` as it stands; None where there is none."""

    def point(self, content: bytes, before: bytes | None) -> None:
        """Replace `datapackage.json` if it still is `before`.

        Raises:
            Superseded: where another publisher has put a newer set meanwhile.
        """

    def remove(self, names: Iterable[str]) -> None:
        """Remove these files; one that is not there is no fault."""
