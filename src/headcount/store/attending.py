"""What runs had from each source, and what became of deliveries: how platforms, sources and targets are doing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import structs
from sqlalchemy import Connection, func, or_, select

from headcount.model import Reason
from headcount.store import schema
from headcount.store.names import Names
from headcount.store.noticing import Attendance, Attended, Delivered
from headcount.store.rows import insert, new_ids

ATTENDANCES, DELIVERIES, RUNS = schema.attendances.c, schema.deliveries.c, schema.runs.c


def attend(connection: Connection, run: int, attended: Iterable[Attended], at: datetime) -> None:
    """Keep what a run had from each source."""
    ids = new_ids(connection, schema.attendances)
    rows = [structs.asdict(each) | {"id": next(ids), "run": run, "at": at} for each in attended]
    insert(connection, schema.attendances, [row | {"reason": row["reason"] or ""} for row in rows])


def attendances(connection: Connection, since: datetime) -> tuple[Attendance, ...]:
    """What runs had from each source from then on."""
    names = Names(connection)
    columns = [column for column in ATTENDANCES if column.name not in {"id", "reason"}]
    found = select(*columns, ATTENDANCES.reason, RUNS.job).join_from(schema.attendances, schema.runs)
    rows = connection.execute(found.where(ATTENDANCES.at >= since).order_by(ATTENDANCES.id)).mappings()
    return tuple(Attendance(**{**row, "reason": _reason(row["reason"]), "job": names[row["job"]]}) for row in rows)


def _reason(text: str) -> Reason | None:
    return text or None  # type: ignore[return-value] # only reasons are written there


def delivered(connection: Connection, deliveries: Iterable[Delivered]) -> None:
    """Keep what became of deliveries."""
    ids = new_ids(connection, schema.deliveries)
    insert(connection, schema.deliveries, [structs.asdict(each) | {"id": next(ids)} for each in deliveries])


def deliveries(connection: Connection, since: datetime) -> tuple[Delivered, ...]:
    """What became of deliveries from then on; of each target the newest good one whenever it was."""
    good = select(func.max(DELIVERIES.id)).where(DELIVERIES.fault == "").group_by(DELIVERIES.target)
    columns = [column for column in DELIVERIES if column.name != "id"]
    found = select(*columns).where(or_(DELIVERIES.at >= since, DELIVERIES.id.in_(good))).order_by(DELIVERIES.id)
    return tuple(Delivered(**row) for row in connection.execute(found).mappings())
