"""A reading as it stands today: with its newest decision and its newest correction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import FromClause, Table, and_, case, func, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Join

from headcount.store import schema

READINGS, DECISIONS, CORRECTIONS = schema.readings.c, schema.decisions.c, schema.corrections.c

DECISION: ColumnElement[str] = func.coalesce(DECISIONS.decision, "accept")
"""`accept` where nothing was ever decided."""

WITHDRAWN = and_(CORRECTIONS.id.is_not(None), CORRECTIONS.count.is_(None))

PUBLIC = and_(
    or_(DECISIONS.decision.is_(None), DECISIONS.decision == "accept"),
    or_(CORRECTIONS.id.is_(None), CORRECTIONS.count.is_not(None)),
)
"""Accepted, and not withdrawn since."""

COUNT: ColumnElement[int] = func.coalesce(CORRECTIONS.count, READINGS.count)
"""As corrected."""

STATUS: ColumnElement[str] = case(
    (READINGS.id.is_(None), "missed"),
    (WITHDRAWN, "refused"),
    (DECISION == "hold", "held"),
    (DECISION == "refuse", "refused"),
    else_="accepted",
)


def judged(source: FromClause = schema.readings) -> Join:
    """`source`, which has readings in it, with what was said of each of them later."""
    return source.outerjoin(schema.decisions, _newest(schema.decisions)).outerjoin(
        schema.corrections, _newest(schema.corrections)
    )


def _newest(table: Table) -> ColumnElement[bool]:
    other = table.alias()
    newest: Any = select(func.max(other.c.id)).where(other.c.reading == READINGS.id).scalar_subquery()
    condition: ColumnElement[bool] = table.c.id == newest.correlate(schema.readings)
    return condition
