"""From which day on accounts were touched, in order: what publishing has to make anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table; whoever looks at it first finds that everything may have changed."""
    op.create_table(
        "touches",
        sa.Column("id", BIG, primary_key=True, autoincrement=False),
        sa.Column("account", BIG, sa.ForeignKey("accounts.id", name="fk_touches_account"), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
    )
