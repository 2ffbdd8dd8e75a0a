"""The first schema.

A version is never edited once it is released: what it says is how the stores of its day were made.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from headcount.store.triggers import guard

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
SMALL = sa.SmallInteger().with_variant(sa.Integer, "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make every table, and what guards the appended ones."""
    accounts()
    runs()
    readings()
    fills()
    judgements()
    state()
    guard(
        op.get_bind(),
        {
            "readings": (("id",), ("account", "metric", "taken_at", "source", "ordinal")),
            "misses": (("id",),),
            "fills": (("track", "slot", "attempt"),),
            "decisions": (("id",),),
            "corrections": (("id",),),
        },
    )


def accounts() -> None:
    """Whom we count, and the words we count in."""
    op.create_table("names", _id(SMALL), sa.Column("name", TEXT, nullable=False), sa.UniqueConstraint("name"))
    op.create_table("accounts", _id(), _text("key"), _text("platform"), sa.UniqueConstraint("key"))
    op.create_table(
        "handles",
        _id(),
        _of("account", "accounts"),
        _text("handle"),
        _time("seen_at"),
        sa.UniqueConstraint("account", "handle"),
    )
    op.create_table(
        "pins",
        _of("account", "accounts"),
        _text("platform"),
        _text("scheme"),
        _text("value"),
        _time("pinned_at"),
        sa.UniqueConstraint("platform", "scheme", "value"),
        sa.UniqueConstraint("account", "scheme"),
    )


def runs() -> None:
    """When we counted, and from which rosters."""
    op.create_table(
        "rosters",
        _id(),
        _text("name"),
        _text("sha256"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        _time("kept_at"),
    )
    op.create_table(
        "runs", _id(), _word("job"), _time("slot"), _time("started"), _time("ended", nullable=True), _text("tally")
    )


def readings() -> None:
    """What was counted, and why nothing was."""
    op.create_table(
        "readings",
        _id(),
        _of("account", "accounts"),
        _word("metric"),
        _time("taken_at"),
        _word("source"),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.Column("granularity", sa.BigInteger, nullable=False),
        _word("rounding"),
        _of("handle", "handles", nullable=True),
        _of("run", "runs", nullable=True),
        sa.UniqueConstraint("account", "metric", "taken_at", "source", "ordinal"),
        sa.CheckConstraint("count >= 0 AND granularity >= 1", name="people"),
    )
    op.create_table(
        "misses",
        _id(),
        _of("account", "accounts"),
        _time("at"),
        _word("source"),
        _word("reason"),
        _text("detail"),
        sa.Column("final", sa.Boolean, nullable=False),
        _text("handle"),
        _of("run", "runs"),
    )


def fills() -> None:
    """The slots of jobs."""
    op.create_table(
        "tracks",
        _id(),
        _word("job"),
        _of("account", "accounts"),
        _word("metric"),
        sa.UniqueConstraint("job", "account", "metric"),
    )
    op.create_table(
        "fills",
        sa.Column("track", BIG, sa.ForeignKey("tracks.id"), primary_key=True, autoincrement=False),
        sa.Column("slot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("attempt", sa.Integer, primary_key=True, autoincrement=False),
        _of("reading", "readings", nullable=True),
        _of("miss", "misses", nullable=True),
        _of("run", "runs", nullable=True),
        sa.CheckConstraint("(reading IS NULL) <> (miss IS NULL)", name="one_outcome"),
        sqlite_with_rowid=False,
    )


def judgements() -> None:
    """What is said of a reading later."""
    op.create_table(
        "decisions",
        _id(),
        _of("reading", "readings"),
        _text("decision"),
        _text("rule"),
        _text("detail"),
        _time("at"),
        _text("who"),
        sa.CheckConstraint("decision IN ('accept', 'hold', 'refuse')", name="decision"),
    )
    op.create_table(
        "corrections",
        _id(),
        _of("reading", "readings"),
        sa.Column("count", sa.BigInteger),
        _text("why"),
        _text("who"),
        _text("role"),
        _time("at"),
        sa.CheckConstraint("count >= 0", name="people"),
    )
    op.create_index("ix_decisions_reading_id", "decisions", ["reading", "id"])
    op.create_index("ix_corrections_reading_id", "corrections", ["reading", "id"])


def state() -> None:
    """What is derived, and what is left of allowances."""
    op.create_table(
        "months", sa.Column("month", sa.String(7), primary_key=True), sa.Column("version", BIG, nullable=False)
    )
    op.create_table(
        "buckets",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("tokens", sa.Float, nullable=False),
        _time("at"),
        _time("shut_until"),
    )
    op.create_table(
        "published",
        sa.Column("target", TEXT, primary_key=True),
        sa.Column("file", TEXT, primary_key=True),
        _text("version"),
        _time("at"),
    )


def _id(kind: sa.types.TypeEngine[int] = BIG) -> sa.Column[int]:
    return sa.Column("id", kind, primary_key=True, autoincrement=False)


def _of(name: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, BIG, sa.ForeignKey(f"{target}.id"), nullable=nullable)


def _word(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.SmallInteger, nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False)
