"""The schema's versions, one file each; Alembic runs them in order, inside one transaction."""
