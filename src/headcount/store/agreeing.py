"""Which of several counts of a slot is shown: the finest, unless it is a person's and contradicts the platform's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from headcount.store import schema
from headcount.store.columns import MICROSECOND, raw
from headcount.store.judged import COUNT, newest_of
from headcount.store.names import Names
from headcount.store.nouns import MANUAL
from headcount.store.reader import LONGEST_SLOT

READINGS, FILLS = schema.readings.c, schema.fills.c


def best_first(names: Names) -> tuple[ColumnElement[Any], ...]:
    """Which of a slot's public counts is shown: the finest, what a platform said, the newest attempt; of several jobs', the newest.

    A count by hand sharpens a rounded one only where the two agree; else it comes after all others.
    """
    return contradicts(names), READINGS.granularity, by_hand(names), FILLS.attempt.desc(), READINGS.taken_at.desc()


def by_hand(names: Names) -> ColumnElement[int]:
    """1 for what a person entered, 0 for what a platform said."""
    return case((READINGS.source == names.known(MANUAL), 1), else_=0)


def disputed(names: Names) -> ColumnElement[int]:
    """1 for what a person entered that contradicts a platform in any slot which it fills; asked of a reading."""
    jobs = select(schema.tracks.c.job).distinct().correlate(None)
    tracks, latest = schema.tracks.c, raw(READINGS.taken_at)
    in_a_slot = (
        select(FILLS.slot)
        .join_from(schema.tracks, schema.fills)
        .where(tracks.job.in_(jobs), tracks.account == READINGS.account, tracks.metric == READINGS.metric)
        .where(raw(FILLS.slot).between(latest - LONGEST_SLOT // MICROSECOND, latest))
        .where(FILLS.reading == READINGS.id, contradicts(names) == 1)
        .correlate(schema.readings, schema.corrections)
    )
    return case((READINGS.source != names.known(MANUAL), 0), (in_a_slot.exists(), 1), else_=0)


def contradicts(names: Names) -> ColumnElement[int]:
    """1 for what a person entered in a slot for which a platform said another count, in whatever job.

    Only for a person's counts is anything looked up. The jobs are named so that tracks are found by their index.
    """
    tracks, fills, said = schema.tracks.alias("beside"), schema.fills.alias("filled"), schema.readings.alias("said")
    decided, corrected = schema.decisions.alias("decided_so"), schema.corrections.alias("corrected_so")
    jobs = select(schema.tracks.c.job).distinct().correlate(None)
    apart = func.abs(COUNT - func.coalesce(corrected.c.count, said.c.count))
    other = (
        select(said.c.id)
        .select_from(
            tracks.join(fills, fills.c.track == tracks.c.id)
            .join(said, fills.c.reading == said.c.id)
            .outerjoin(decided, decided.c.id == newest_of(schema.decisions, said.c.id))
            .outerjoin(corrected, corrected.c.id == newest_of(schema.corrections, said.c.id))
        )
        .where(tracks.c.job.in_(jobs), tracks.c.account == READINGS.account, tracks.c.metric == READINGS.metric)
        .where(fills.c.slot == FILLS.slot, said.c.source != names.known(MANUAL))
        .where(func.coalesce(decided.c.decision, "accept") == "accept")
        .where(or_(corrected.c.id.is_(None), corrected.c.count.is_not(None)))
        .where(apart > READINGS.granularity + said.c.granularity - 2)
        .correlate(schema.fills, schema.readings, schema.corrections)
    )
    return case((READINGS.source != names.known(MANUAL), 0), (other.exists(), 1), else_=0)
