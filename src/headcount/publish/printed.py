"""What has been printed: the newest edition, and what is needed to make the next one from it.

The **press** is a folder of the installation's state. It holds every file of the newest editions under a path that says
what is in it, so that whoever reads an edition reads it whole, however many have followed:

    press/gen/<hash>/<name>   a file of a set, or the `datapackage.json` that names them; never changed, removed with the
                              last of the sets that name it
    press/series/<name>       the series of the accounts, which belong to no set
    press/press.json          this index: when it is written, the newest edition has taken its place
    press/datapackage.json    what the newest set is made of, for whoever looks into the folder
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from headcount.errors import DeliveryError

SETS = 3
"""Sets that are kept: whoever has read of one has that long to read it."""

POINTER = "datapackage.json"
INDEX = "press.json"
GEN = "gen"
"""The folder of the sets' files; nobody else writes there."""


NUMBER = "headcount:number"
"""The property of the pointer by which it is known which of two sets is the newer."""


class Printed(Struct, frozen=True):
    """A file as it was printed."""

    name: str
    sha256: str
    bytes: int
    in_set: bool = True
    basis: str = ""
    version: str = ""
    days: tuple[tuple[str, int], ...] = ()
    """Of a table by day: where the rows of some days begin."""
    written: int = 0
    """When it was written, in nanoseconds as the file system says it: whoever touches it later is noticed."""

    @property
    def path(self) -> str:
        """Where it lies in the press and, if it is of a set, at every target."""
        return f"{GEN}/{self.sha256[:16]}/{self.name}" if self.in_set else self.name


class Press(Struct, frozen=True):
    """The newest edition."""

    root: Path
    mark: int = 0
    """Of the store, when it was printed."""
    number: int = 0
    """Grows with every set."""
    pointer: str = ""
    """The SHA-256 of `datapackage.json`."""
    files: Mapping[str, Printed] = {}
    sets: tuple[tuple[str, ...], ...] = ()
    """The paths of the sets that are kept, the newest first."""
    seen: tuple[str, ...] = ()
    """The accounts whose history may be seen."""
    floor: int = 0
    """No set with a lower number may be kept anywhere: it shows an account that may no longer be seen."""

    @property
    def pointer_place(self) -> Path:
        """Where the `datapackage.json` of this edition lies, whatever has been printed since."""
        return self.place(Printed(POINTER, self.pointer, 0))

    def place(self, printed: Printed) -> Path:
        """Where a file lies."""
        return self.root / printed.path


class _Numbered(Struct):
    number: int = msgspec.field(default=0, name=NUMBER)


def number_of(pointer: bytes | None) -> int:
    """The number of the set that a pointer names; 0 where there is no pointer, or it has none."""
    try:
        return msgspec.json.decode(pointer or b"{}", type=_Numbered).number
    except (msgspec.DecodeError, UnicodeDecodeError):
        return 0


class _Index(Struct):
    """`press.json`."""

    mark: int
    number: int
    pointer: str
    files: list[Printed]
    sets: tuple[tuple[str, ...], ...]
    seen: tuple[str, ...]
    floor: int


def read_press(root: Path) -> Press:
    """The newest edition; nothing, where none was printed or what is there cannot be understood.

    Raises:
        DeliveryError: where the folder cannot be read.
    """
    try:
        index = msgspec.json.decode((root / INDEX).read_bytes(), type=_Index)
    except (FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError):
        return Press(root)
    except OSError as error:
        raise DeliveryError(f"{root} could not be read: {error.strerror or error}; mend the folder") from error
    files = {each.name: each for each in index.files}
    return Press(root, index.mark, index.number, index.pointer, files, index.sets, index.seen, index.floor)


def index_bytes(press: Press) -> bytes:
    """`press.json` of an edition."""
    files = [*press.files.values()]
    return msgspec.json.encode(
        _Index(press.mark, press.number, press.pointer, files, press.sets, press.seen, press.floor)
    )
