"""What keeps appended rows as they are: triggers that refuse UPDATE, DELETE and REPLACE, with a sentence.

SQLite's `INSERT OR REPLACE` deletes the row in its way without asking a delete trigger, so an insert over a row that is
there is refused too. PostgreSQL can also empty a table by TRUNCATE.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, text

Keys = Sequence[Sequence[str]]
"""The unique keys of a table, each by its columns."""


def guard(connection: Connection, tables: Mapping[str, Keys]) -> None:
    """Make the first tables of a database append-only."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(REFUSE))
    guard_more(connection, tables)


def guard_more(connection: Connection, tables: Mapping[str, Keys]) -> None:
    """Make further tables append-only."""
    statements = _postgresql(tables) if connection.dialect.name == "postgresql" else _sqlite(tables)
    for statement in statements:
        connection.execute(text(statement))


def _sqlite(tables: Mapping[str, Keys]) -> Iterator[str]:
    for table, keys in tables.items():
        for event in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_refuses_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_sentence(table, event)}'); END"
            )
        yield (
            f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} WHEN {_there(table, keys)} "
            f"BEGIN SELECT RAISE(ABORT, '{_sentence(table, 'REPLACE')}'); END"
        )


def _there(table: str, keys: Keys) -> str:
    matches = (" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys)
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {match})" for match in matches)  # noqa: S608 - our own names, no one's input


def _postgresql(tables: Mapping[str, Keys]) -> Iterator[str]:
    for table in tables:
        yield (
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION headcount_refuse()"
        )


def _sentence(table: str, event: str) -> str:
    return f"{table} are never changed or removed ({event} refused): append a correction or a decision instead"


REFUSE = (
    "CREATE FUNCTION headcount_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"RAISE EXCEPTION '{_sentence('%', '%')}', TG_TABLE_NAME, TG_OP; END $$"
)
"""What every trigger of PostgreSQL calls."""
