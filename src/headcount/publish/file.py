"""A file of an edition: what it is called, what it is made from, and how much of it has to be made anew.

    File       made whole, each time
    ├── Grown      a table by day: the days before the first change are kept as they were printed
    ├── Revised    made from what was printed before
    └── Converted  another file of the edition in another form

`basis` is a fingerprint of all that a file is made from besides counts (who may be seen, the columns of a table): where
it has changed, nothing of before is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from headcount.publish.schema import Schema


class Named(Struct, frozen=True, kw_only=True):
    """What every file has."""

    name: str
    title: str = ""
    schema: Schema | None = None
    """The columns of a table; None: it is no table."""
    in_set: bool = True
    """Whether `datapackage.json` names it."""


class File(Named, frozen=True, kw_only=True):
    """A file that is made whole."""

    make: Callable[[], Iterator[bytes]]


class Grown(Named, frozen=True, kw_only=True):
    """A table whose rows stand by day, oldest first."""

    head: bytes
    rows: Callable[[date], Iterator[tuple[date, bytes]]]
    """The rows from a day on, each piece with its day."""
    changed: date | None
    """The first day that has changed; None: none has."""
    basis: str = ""
    version: str = ""
    """Where it is the same as before, and not empty, nothing has changed whatever the day."""


class Revised(Named, frozen=True, kw_only=True):
    """A file that is made from what was printed before."""

    revise: Callable[[bytes | None], bytes]
    """None: nothing that can be used was printed before."""
    basis: str = ""


class Converted(Named, frozen=True, kw_only=True):
    """Another file of the edition in another form."""

    source: str
    """Its name; it comes earlier."""
    convert: Callable[[Path, Path], None]
    """Reads the one and writes the other."""


AnyFile = File | Grown | Revised | Converted
