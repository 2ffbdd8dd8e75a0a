"""What Alembic runs: the versions, on the connection that `upgrade` hands over."""

from __future__ import annotations

from alembic import context

from headcount.store import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    version_table=schema.version.name,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
