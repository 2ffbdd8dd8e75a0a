"""What noticing needs: what each source gave, what became of deliveries, what there was to tell, and who was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from headcount.store.triggers import guard_more

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables, and guard them."""
    _make("attendances", _of("run", "runs"), *_texts("platform", "source"), *_numbers("counted", "missed", "refused"),
          *_texts("reason", "detail"), _time())  # fmt: skip
    _make("deliveries", *_texts("target"), _time(), *_texts("fault"), *_numbers("written", "files"))
    deed = sa.CheckConstraint("deed IN ('opened', 'reminded', 'cleared', 'noted')", name="deed")
    _make("events", *_texts("key", "deed"), _time(), *_texts("story"), deed)
    state = sa.CheckConstraint("state IN ('claimed', 'sent', 'failed')", name="state")
    _make("sendings", _of("event", "events"), *_texts("channel", "state"), _time(), *_texts("detail"), state)
    for table, column in (
        ("attendances", "at"), ("deliveries", "at"), ("events", "key"), ("events", "at"), ("sendings", "event"),
    ):  # fmt: skip
        op.create_index(f"ix_{table}_{column}", table, [column])
    guard_more(op.get_bind(), dict.fromkeys(("attendances", "deliveries", "events", "sendings"), (("id",),)))


def _make(name: str, *columns: sa.Column[object] | sa.CheckConstraint) -> None:
    op.create_table(name, sa.Column("id", BIG, primary_key=True, autoincrement=False), *columns)


def _of(name: str, table: str) -> sa.Column[object]:
    return sa.Column(name, BIG, sa.ForeignKey(f"{table}.id"), nullable=False)


def _texts(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, TEXT, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _time() -> sa.Column[object]:
    return sa.Column("at", sa.BigInteger, nullable=False)
