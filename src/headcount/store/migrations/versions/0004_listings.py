"""How the roster listed accounts: what of those who have left it may be seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from headcount.store.triggers import guard_more

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table, and guard it."""
    op.create_table(
        "listings",
        sa.Column("id", BIG, primary_key=True, autoincrement=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("unit_name", TEXT, nullable=False),
        sa.Column("handle", TEXT, nullable=False),
        sa.Column("visibility", TEXT, nullable=False),
        sa.Column("relation", TEXT, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.CheckConstraint("visibility IN ('public', 'internal')", name="visibility"),
    )
    guard_more(op.get_bind(), {"listings": (("id",),)})
