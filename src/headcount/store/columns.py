"""The kinds of columns that the tables are made of, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Dialect,
    ForeignKey,
    Integer,
    SmallInteger,
    Text,
    TypeDecorator,
    type_coerce,
)

from headcount.model import EPOCH

MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Whole microseconds since 1970 UTC.

    Raises:
        ValueError: for a time without a zone, which could be any of two dozen.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at} names no time zone; the store keeps UTC")
    return (at - EPOCH) // MICROSECOND


class Utc(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970 UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """What the database is given."""
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """What we are given back."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


def raw(at: ColumnElement[datetime]) -> ColumnElement[int]:
    """The microseconds themselves: to count with, or where there are too many rows to make a datetime of each."""
    return type_coerce(at, BigInteger)


BIG = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit id: SQLite calls its own INTEGER."""

NAMING = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""How constraints are called, so that migrations find them."""

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the same order everywhere: by code point, as SQLite has it."""


def own_id() -> Column[int]:
    """The number of a row, given by the writer."""
    return Column("id", BIG, primary_key=True, autoincrement=False)


def of(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    """The number of a row of another table."""
    return Column(name, BIG, ForeignKey(f"{target}.id"), nullable=nullable)


def word(name: str) -> Column[int]:
    """The number of a word of `names`."""
    return Column(name, SmallInteger, nullable=False)


def time(name: str, *, nullable: bool = False) -> Column[datetime]:
    """A moment."""
    return Column(name, Utc, nullable=nullable)


def text(name: str) -> Column[str]:
    """A text, which may be empty and is never missing."""
    return Column(name, TEXT, nullable=False)
