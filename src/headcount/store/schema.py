"""The tables, as SQLAlchemy Core knows them: one definition for SQLite and PostgreSQL.

    names     every short word that rows repeat, once: metrics, sources, jobs, reasons, kinds of rounding
    accounts ── handles, pins
    rosters   runs
    readings  what was counted: unique by account, metric, time, source and ordinal; belongs to no job
    misses    why nothing was
    tracks    a job's account and metric ── fills: the reading or the miss of each of its slots, by attempt
    decisions, corrections    what was said of a reading later
    months    derived: a number a month that grows with its fills
    buckets, published        state

A reading without a decision is accepted: most never get one. What is appended (`APPEND_ONLY`) is never changed
(`triggers`). Ids are given by the writer, who is alone (`database`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from headcount.model import EPOCH

VERSION = "0001"
"""The schema that this program reads and writes: the newest file of `migrations/versions`."""

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

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        """What the database is given."""
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """What we are given back."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


BIG = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit id: SQLite calls its own INTEGER."""

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the same order everywhere: by code point, as SQLite has it."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", BIG, primary_key=True, autoincrement=False)


def _of(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, BIG, ForeignKey(f"{target}.id"), nullable=nullable)


def _word(name: str) -> Column[int]:
    return Column(name, SmallInteger, nullable=False)


def _time(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, Utc, nullable=nullable)


def _text(name: str) -> Column[str]:
    return Column(name, TEXT, nullable=False)


version = Table("headcount_version", metadata, Column("version_num", String(32), primary_key=True))

# No foreign key points here: every reading would be looked up four times more, which triples the time of an import.
names = Table(
    "names",
    metadata,
    Column("id", SmallInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("name", TEXT, nullable=False, unique=True),
)

accounts = Table("accounts", metadata, _id(), Column("key", TEXT, nullable=False, unique=True), _text("platform"))

handles = Table(
    "handles",
    metadata,
    _id(),
    _of("account", "accounts"),
    _text("handle"),
    _time("seen_at"),
    UniqueConstraint("account", "handle"),
)

pins = Table(
    "pins",
    metadata,
    _of("account", "accounts"),
    _text("platform"),
    _text("scheme"),
    _text("value"),
    _time("pinned_at"),
    UniqueConstraint("platform", "scheme", "value"),
    UniqueConstraint("account", "scheme"),
)

rosters = Table(
    "rosters",
    metadata,
    _id(),
    _text("name"),
    _text("sha256"),
    Column("content", LargeBinary, nullable=False),
    _time("kept_at"),
)

runs = Table(
    "runs",
    metadata,
    _id(),
    _word("job"),
    _time("slot"),
    _time("started"),
    _time("ended", nullable=True),
    _text("tally"),
)

readings = Table(
    "readings",
    metadata,
    _id(),
    _of("account", "accounts"),
    _word("metric"),
    _time("taken_at"),
    _word("source"),
    Column("ordinal", Integer, nullable=False),
    Column("count", BigInteger, nullable=False),
    Column("granularity", BigInteger, nullable=False),
    _word("rounding"),
    _of("handle", "handles", nullable=True),
    _of("run", "runs", nullable=True),
    UniqueConstraint("account", "metric", "taken_at", "source", "ordinal"),
    CheckConstraint("count >= 0 AND granularity >= 1", name="people"),
)

misses = Table(
    "misses",
    metadata,
    _id(),
    _of("account", "accounts"),
    _time("at"),
    _word("source"),
    _word("reason"),
    _text("detail"),
    Column("final", Boolean, nullable=False),
    _text("handle"),
    _of("run", "runs"),
)

tracks = Table(
    "tracks",
    metadata,
    _id(),
    _word("job"),
    _of("account", "accounts"),
    _word("metric"),
    UniqueConstraint("job", "account", "metric"),
)

fills = Table(
    "fills",
    metadata,
    Column("track", BIG, ForeignKey("tracks.id"), primary_key=True, autoincrement=False),
    Column("slot", Utc, primary_key=True),
    Column("attempt", Integer, primary_key=True, autoincrement=False),
    _of("reading", "readings", nullable=True),
    _of("miss", "misses", nullable=True),
    _of("run", "runs", nullable=True),
    CheckConstraint("(reading IS NULL) <> (miss IS NULL)", name="one_outcome"),
    sqlite_with_rowid=False,
)

decisions = Table(
    "decisions",
    metadata,
    _id(),
    _of("reading", "readings"),
    _text("decision"),
    _text("rule"),
    _text("detail"),
    _time("at"),
    _text("who"),
    Index(None, "reading", "id"),
    CheckConstraint("decision IN ('accept', 'hold', 'refuse')", name="decision"),
)

corrections = Table(
    "corrections",
    metadata,
    _id(),
    _of("reading", "readings"),
    Column("count", BigInteger),
    _text("why"),
    _text("who"),
    _text("role"),
    _time("at"),
    Index(None, "reading", "id"),
    CheckConstraint("count >= 0", name="people"),
)

months = Table("months", metadata, Column("month", String(7), primary_key=True), Column("version", BIG, nullable=False))

buckets = Table(
    "buckets",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("tokens", Float, nullable=False),
    _time("at"),
    _time("shut_until"),
)

published = Table(
    "published",
    metadata,
    Column("target", TEXT, primary_key=True),
    Column("file", TEXT, primary_key=True),
    _text("version"),
    _time("at"),
)

APPEND_ONLY: dict[str, tuple[tuple[str, ...], ...]] = {
    "readings": (("id",), ("account", "metric", "taken_at", "source", "ordinal")),
    "misses": (("id",),),
    "fills": (("track", "slot", "attempt"),),
    "decisions": (("id",),),
    "corrections": (("id",),),
}
"""The tables whose rows are never changed, each with its keys."""
