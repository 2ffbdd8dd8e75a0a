"""What became of accounts: other handles, hand-overs, archivings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from headcount.store.triggers import guard_more

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table, and guard it."""
    op.create_table(
        "account_events",
        sa.Column("id", BIG, primary_key=True, autoincrement=False),
        sa.Column("account", BIG, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("handle", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("noted_at", sa.BigInteger, nullable=False),
        sa.CheckConstraint("kind IN ('handle', 'handover', 'archive', 'reopen')", name="kind"),
    )
    op.create_index("ix_account_events_account", "account_events", ["account"])
    guard_more(op.get_bind(), {"account_events": (("id",),)})
