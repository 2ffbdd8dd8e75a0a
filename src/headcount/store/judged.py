"""A reading as it stands today: with its newest decision and its newest correction."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, Table, and_, case, func, select, union_all

from headcount.store import schema

READINGS, DECISIONS, CORRECTIONS = schema.readings.c, schema.decisions.c, schema.corrections.c

DECISION: ColumnElement[str] = func.coalesce(DECISIONS.decision, "accept")
"""`accept` where nothing was ever decided."""

WITHDRAWN = and_(CORRECTIONS.id.is_not(None), CORRECTIONS.count.is_(None))

COUNT: ColumnElement[int] = func.coalesce(CORRECTIONS.count, READINGS.count)
"""As corrected."""

STATUS: ColumnElement[str] = case(
    (READINGS.id.is_(None), "missed"),
    (WITHDRAWN, "refused"),
    (DECISION == "hold", "held"),
    (DECISION == "refuse", "refused"),
    else_="accepted",
)

SETTLED: ColumnElement[str] = case(
    (WITHDRAWN, "withdrawn"), (DECISION == "hold", None), (DECISIONS.rule == "review", "reviewed"), else_=DECISIONS.rule
)
"""The rule that spoke last of what is not held; where that is one of `reader.FATES`, it has settled a doubt."""


def judged(source: FromClause = schema.readings) -> FromClause:
    """`source`, which has readings in it, with what was decided and corrected of each of them last."""
    return corrected(source).outerjoin(schema.decisions, DECISIONS.id == newest_of(schema.decisions, READINGS.id))


def corrected(source: FromClause) -> FromClause:
    """`source`, which has readings in it, with the last correction of each of them."""
    return source.outerjoin(schema.corrections, CORRECTIONS.id == newest_of(schema.corrections, READINGS.id))


def is_public(reading: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether there is a reading that is accepted and not withdrawn since.

    The others are few: they are looked up once, and planners know that most are left.
    """
    decisions, corrections = schema.decisions.alias("decided"), schema.corrections.alias("corrected")
    hidden = union_all(
        select(decisions.c.reading).where(
            decisions.c.decision != "accept", decisions.c.id == newest_of(schema.decisions, decisions.c.reading)
        ),
        select(corrections.c.reading).where(
            corrections.c.count.is_(None), corrections.c.id == newest_of(schema.corrections, corrections.c.reading)
        ),
    )
    return and_(reading.is_not(None), reading.not_in(hidden))


def newest_of(table: Table, reading: ColumnElement[int]) -> ScalarSelect[int]:
    """The newest row of `table` about `reading`, a column of the query around."""
    said = table.alias()
    around = reading.table
    return select(func.max(said.c.id)).where(said.c.reading == reading).correlate(around).scalar_subquery()
