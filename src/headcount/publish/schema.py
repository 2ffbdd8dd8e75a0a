"""What a table's columns mean: written once, and published with it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class Field(Struct, frozen=True):
    """A column of a table, as Table Schema has it."""

    name: str
    type: str
    """`string`, `integer`, `number`, `boolean`, `date`, `datetime`, `yearmonth`."""
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    unique: bool = False
    format: str = ""
    """Of dates that are not ISO 8601."""


class Reference(Struct, frozen=True):
    """Columns that point to another table's row."""

    fields: tuple[str, ...]
    table: str
    """The file that it is in; empty: the same."""
    to: tuple[str, ...]


class Schema(Struct, frozen=True):
    """The columns of a table, and what holds of its rows."""

    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    """The columns by which a row is unique."""
    references: tuple[Reference, ...] = ()

    @property
    def header(self) -> Sequence[str]:
        """The names of the columns."""
        return tuple(field.name for field in self.fields)
