"""The tables, as SQLAlchemy Core knows them: one definition for SQLite and PostgreSQL.

    names     every short word that rows repeat, once: metrics, sources, jobs, reasons, kinds of rounding
    accounts ── handles, pins, account_events: what became of an account, and who said so
    rosters, listings    the files as they stood, and how they listed each account    runs
    readings  what was counted: unique by account, metric, time, source and ordinal; belongs to no job
    misses    why nothing was
    tracks    a job's account and metric ── fills: the reading or the miss of each of its slots, by attempt
    decisions, corrections    what was said of a reading later
    months, touches    derived: a number a month that grows with its fills; from which day on accounts were touched, in order
    attendances    what each source gave a run        deliveries  what became of each delivery to a target
    events ── sendings: what there was to tell, and its way to each channel
    buckets, kept, published  state

A reading without a decision is accepted: most never get one. What is appended (`APPEND_ONLY`) is never changed
(`triggers`). Ids are given by the writer, who is alone (`database`).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from headcount.store.columns import BIG, NAMING, TEXT, Utc, of, own_id, text, time, word

VERSION = "0006"
"""The schema that this program reads and writes: the newest file of `migrations/versions`."""

metadata = MetaData(naming_convention=NAMING)

version = Table("headcount_version", metadata, Column("version_num", String(32), primary_key=True))

# No foreign key points here: every reading would be looked up four times more, which triples the time of an import.
names = Table(
    "names",
    metadata,
    Column("id", SmallInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("name", TEXT, nullable=False, unique=True),
)

accounts = Table("accounts", metadata, own_id(), Column("key", TEXT, nullable=False, unique=True), text("platform"))

handles = Table(
    "handles",
    metadata,
    own_id(),
    of("account", "accounts"),
    text("handle"),
    time("seen_at"),
    UniqueConstraint("account", "handle"),
)

pins = Table(
    "pins",
    metadata,
    of("account", "accounts"),
    text("platform"),
    text("scheme"),
    text("value"),
    time("pinned_at"),
    UniqueConstraint("platform", "scheme", "value"),
    UniqueConstraint("account", "scheme"),
)

account_events = Table(
    "account_events",
    metadata,
    own_id(),
    of("account", "accounts"),
    text("kind"),
    time("at"),
    text("handle"),
    text("why"),
    text("who"),
    time("noted_at"),
    Index(None, "account"),
    CheckConstraint("kind IN ('handle', 'handover', 'archive', 'reopen')", name="kind"),
)

rosters = Table(
    "rosters",
    metadata,
    own_id(),
    text("name"),
    text("sha256"),
    Column("content", LargeBinary, nullable=False),
    time("kept_at"),
)

listings = Table(
    "listings",
    metadata,
    own_id(),
    *map(text, ("key", "unit", "unit_name", "handle", "visibility", "relation")),
    time("until", nullable=True),
    time("at"),
    CheckConstraint("visibility IN ('public', 'internal')", name="visibility"),
)

runs = Table(
    "runs", metadata, own_id(), word("job"), time("slot"), time("started"), time("ended", nullable=True), text("tally")
)

readings = Table(
    "readings",
    metadata,
    own_id(),
    of("account", "accounts"),
    word("metric"),
    time("taken_at"),
    word("source"),
    Column("ordinal", Integer, nullable=False),
    Column("count", BigInteger, nullable=False),
    Column("granularity", BigInteger, nullable=False),
    word("rounding"),
    of("handle", "handles", nullable=True),
    of("run", "runs", nullable=True),
    UniqueConstraint("account", "metric", "taken_at", "source", "ordinal"),
    CheckConstraint("count >= 0 AND granularity >= 1", name="people"),
)

misses = Table(
    "misses",
    metadata,
    own_id(),
    of("account", "accounts"),
    time("at"),
    word("source"),
    word("reason"),
    text("detail"),
    Column("final", Boolean, nullable=False),
    text("handle"),
    of("run", "runs"),
)

tracks = Table(
    "tracks",
    metadata,
    own_id(),
    word("job"),
    of("account", "accounts"),
    word("metric"),
    UniqueConstraint("job", "account", "metric"),
)

fills = Table(
    "fills",
    metadata,
    Column("track", BIG, ForeignKey("tracks.id"), primary_key=True, autoincrement=False),
    Column("slot", Utc, primary_key=True),
    Column("attempt", Integer, primary_key=True, autoincrement=False),
    of("reading", "readings", nullable=True),
    of("miss", "misses", nullable=True),
    of("run", "runs", nullable=True),
    CheckConstraint("(reading IS NULL) <> (miss IS NULL)", name="one_outcome"),
    sqlite_with_rowid=False,
)

decisions = Table(
    "decisions",
    metadata,
    own_id(),
    of("reading", "readings"),
    text("decision"),
    text("rule"),
    text("detail"),
    time("at"),
    text("who"),
    Index(None, "reading", "id"),
    CheckConstraint("decision IN ('accept', 'hold', 'refuse')", name="decision"),
)

corrections = Table(
    "corrections",
    metadata,
    own_id(),
    of("reading", "readings"),
    Column("count", BigInteger),
    text("why"),
    text("who"),
    text("role"),
    time("at"),
    Index(None, "reading", "id"),
    CheckConstraint("count >= 0", name="people"),
)

attendances = Table(
    "attendances",
    metadata,
    own_id(),
    of("run", "runs"),
    text("platform"),
    text("source"),
    *(Column(name, Integer, nullable=False) for name in ("counted", "missed", "refused")),
    text("reason"),
    text("detail"),
    time("at"),
    Index(None, "at"),
)

deliveries = Table(
    "deliveries",
    metadata,
    own_id(),
    text("target"),
    time("at"),
    text("fault"),
    *(Column(name, Integer, nullable=False) for name in ("written", "files")),
    Index(None, "at"),
)

events = Table(
    "events",
    metadata,
    own_id(),
    text("key"),
    text("deed"),
    time("at"),
    text("story"),
    Index(None, "key"),
    Index(None, "at"),
    CheckConstraint("deed IN ('opened', 'reminded', 'cleared', 'noted')", name="deed"),
)

sendings = Table(
    "sendings",
    metadata,
    own_id(),
    of("event", "events"),
    text("channel"),
    text("state"),
    time("at"),
    text("detail"),
    Index(None, "event"),
    CheckConstraint("state IN ('claimed', 'sent', 'failed')", name="state"),
)

months = Table("months", metadata, Column("month", String(7), primary_key=True), Column("version", BIG, nullable=False))

touches = Table("touches", metadata, own_id(), of("account", "accounts"), Column("day", String(10), nullable=False))

buckets = Table(
    "buckets",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("tokens", Float, nullable=False),
    time("at"),
    time("shut_until"),
)

kept = Table(
    "kept",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    time("at"),
    Index(None, "at"),
)

published = Table(
    "published",
    metadata,
    Column("target", TEXT, primary_key=True),
    Column("file", TEXT, primary_key=True),
    text("version"),
    time("at"),
)

APPEND_ONLY: dict[str, tuple[tuple[str, ...], ...]] = {
    "readings": (("id",), ("account", "metric", "taken_at", "source", "ordinal")),
    "misses": (("id",),),
    "fills": (("track", "slot", "attempt"),),
    "decisions": (("id",),),
    "corrections": (("id",),),
    "account_events": (("id",),),
    "listings": (("id",),),
    "attendances": (("id",),),
    "deliveries": (("id",),),
    "events": (("id",),),
    "sendings": (("id",),),
}
"""The tables whose rows are never changed, each with its keys."""
