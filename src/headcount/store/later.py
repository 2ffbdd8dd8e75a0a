"""What is said of a reading later: a decision or a correction beside it, with who, when and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table, select

from headcount.errors import Mistake
from headcount.model import MOST_HEADS, Verdict
from headcount.store import months, schema, touches
from headcount.store.rows import Values, insert, new_ids


def decide(connection: Connection, reading: int, verdict: Verdict, who: str, at: datetime) -> None:
    """Accept, hold or refuse a reading from now on."""
    decision = {"decision": verdict.decision, "rule": verdict.rule, "detail": verdict.detail, "who": who, "at": at}
    _say(connection, schema.decisions, reading, decision)


def correct(
    connection: Connection, reading: int, count: int | None, *, why: str, who: str, role: str, at: datetime
) -> None:
    """Show another count from now on, or none."""
    if count is not None and not 0 <= count <= MOST_HEADS:
        raise Mistake(f"{count} is not a number of people")
    _say(connection, schema.corrections, reading, {"count": count, "why": why, "who": who, "role": role, "at": at})


def _say(connection: Connection, table: Table, reading: int, values: Values) -> None:
    account, slots = _places(connection, reading)
    insert(connection, table, [values | {"id": next(new_ids(connection, table)), "reading": reading}])
    months.touch(connection, slots)
    touches.touch(connection, ((account, slot) for slot in slots))


def _places(connection: Connection, reading: int) -> tuple[int, list[datetime]]:
    """Whose a reading is, and the slots that it fills: looked for where its series is, since fills have no index by reading."""
    readings, tracks, fills = schema.readings.c, schema.tracks.c, schema.fills.c
    series = connection.execute(select(readings.account, readings.metric).where(readings.id == reading)).one_or_none()
    if series is None:
        raise Mistake(f"there is no reading {reading}; `headcount review` and the published readings name them")
    account, metric = series
    filled = select(fills.slot).join_from(schema.fills, schema.tracks)
    filled = filled.where(tracks.account == account, tracks.metric == metric, fills.reading == reading)
    return account, list(connection.scalars(filled))
