"""A roster as it was read, and where each part of it stands."""

from __future__ import annotations

from msgspec import Struct, structs

from headcount.errors import Fault
from headcount.model import Entry, Roster


class Place(Struct, frozen=True):
    """Where something stands in a file."""

    file: str
    line: int
    column: str | None = None

    def fault(self, what: str, hint: str = "") -> Fault:
        """A complaint of what stands here."""
        return Fault(self.file, what, self.line, self.column, hint)

    def at(self, column: str) -> Place:
        """The same line, in that column."""
        return structs.replace(self, column=column)

    def __str__(self) -> str:
        return f"line {self.line}" + (f", column {self.column}" if self.column else "")


def place_of(entry: Entry, file: str) -> Place:
    """Where an entry stands in the file that it was read from."""
    line, _, column = entry.place.partition(", column ")
    return Place(file, int(line.removeprefix("line ")), column or None)


class Parsed(Struct, frozen=True):
    """A roster as it was read, good or not."""

    roster: Roster
    faults: tuple[Fault, ...] = ()
    """With one of these it is no roster to work from."""
    warnings: tuple[Fault, ...] = ()
    """What people should look at."""
    file: str = ""
    """Its name in complaints, with the sheet of a workbook."""

    @property
    def placed(self) -> list[tuple[Entry, Place]]:
        """Each entry with its place."""
        return [(entry, place_of(entry, self.file)) for entry in self.roster.entries]
