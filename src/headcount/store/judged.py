"""A reading as it stands today: with its newest decision and its newest correction."""

from __future__ import annotations

from sqlalchemy import Alias, CompoundSelect, FromClause, ScalarSelect, Table, and_, case, func, or_, select, union_all
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
    """`source`, which has readings in it, with what was said of each of them last."""
    for table in (schema.decisions, schema.corrections):
        source = source.outerjoin(table, table.c.id == _last(table, READINGS.id, schema.readings))
    assert isinstance(source, Join)
    return source


def hidden() -> CompoundSelect[int]:
    """The readings that are not public, by their numbers: few, and so looked up rather than judged one by one."""
    decided, corrected = schema.decisions.alias("decided"), schema.corrections.alias("corrected")
    return union_all(
        select(decided.c.reading).where(
            decided.c.decision != "accept", decided.c.id == _last(schema.decisions, decided.c.reading, decided)
        ),
        select(corrected.c.reading).where(
            corrected.c.count.is_(None), corrected.c.id == _last(schema.corrections, corrected.c.reading, corrected)
        ),
    )


def _last(table: Table, reading: ColumnElement[int], outside: Table | Alias) -> ScalarSelect[int]:
    """The number of the newest row about a reading of the query around."""
    said = table.alias()
    return select(func.max(said.c.id)).where(said.c.reading == reading).correlate(outside).scalar_subquery()
