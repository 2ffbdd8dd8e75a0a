"""Looking back: which slots of a job are done, and the live readings of a series, as they were corrected last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select

from headcount.model import HEADLINE, Count, Past
from headcount.store import schema
from headcount.store.judged import COUNT, DECISION, STATUS, WITHDRAWN, judged
from headcount.store.names import Names
from headcount.store.nouns import MANUAL
from headcount.store.reader import Column
from headcount.store.rows import pieces
from headcount.store.tracks import every_track, outcomes

ACCOUNTS, READINGS, MISSES, FILLS = schema.accounts.c, schema.readings.c, schema.misses.c, schema.fills.c


def filled(connection: Connection, job: str, slot: datetime) -> frozenset[str]:
    """The keys whose slot is done: a headline reading of a platform that is not refused, or a final miss."""
    names, tracks = Names(connection), every_track()
    done = (
        select(tracks.c.key)
        .select_from(judged(outcomes(tracks)))
        .where(tracks.c.job == names.known(job), tracks.c.metric == names.known(HEADLINE), FILLS.slot == slot)
        .where(or_(MISSES.final, and_(STATUS.in_(("accepted", "held")), READINGS.source != names.known(MANUAL))))
    )
    return frozenset(connection.scalars(done))


def pasts(
    connection: Connection, columns: Collection[Column], since: datetime, newest: int
) -> dict[Column, tuple[Past, ...]]:
    """The newest live readings of some series from `since` on, oldest first: `newest` accepted ones, and the last held."""
    names = Names(connection)
    accounts = dict(_account_ids(connection, {key for key, _ in columns}))
    places = {(accounts[key], names.known(metric)): (key, metric) for key, metric in columns if key in accounts}
    found: dict[Column, list[Past]] = defaultdict(list)
    for (account, metric), column in places.items():
        wanted = {"account": account, "metric": metric, "since": since, "newest": newest}
        found[column] += [_past(row, names, held=False) for row in connection.execute(_ACCEPTED, wanted)]
    for account, metric, *row in connection.execute(_HELD, {"since": since}):
        if (account, metric) in places:
            found[places[account, metric]].append(_past(row, names, held=True))
    return {column: tuple(sorted(past, key=lambda each: each.at)) for column, past in found.items()}


def _past(row: Sequence[Any], names: Names, *, held: bool) -> Past:
    reading, at, count, granularity, rounding, source = row
    return Past(at, Count(count, granularity, names.rounding(rounding)), names[source], held, reading)


def _account_ids(connection: Connection, keys: Collection[str]) -> Iterator[tuple[str, int]]:
    for piece in pieces(keys):
        found = connection.execute(select(ACCOUNTS.key, ACCOUNTS.id).where(ACCOUNTS.key.in_(piece)))
        yield from ((row.key, row.id) for row in found)


_AS_PAST = (READINGS.id, READINGS.taken_at, COUNT, READINGS.granularity, READINGS.rounding, READINGS.source)

# In the order of the series' own index, so that no more rows are read than are wanted.
_ACCEPTED = (
    select(*_AS_PAST)
    .select_from(judged())
    .where(READINGS.account == bindparam("account"), READINGS.metric == bindparam("metric"))
    .where(READINGS.taken_at >= bindparam("since"), READINGS.run.is_not(None), DECISION == "accept", ~WITHDRAWN)
    .order_by(READINGS.taken_at.desc(), READINGS.source.desc(), READINGS.ordinal.desc())
    .limit(bindparam("newest"))
)

# Few readings are held: they are looked up by what was decided.
_HELD = (
    select(READINGS.account, READINGS.metric, *_AS_PAST)
    .select_from(judged())
    .where(READINGS.id.in_(select(schema.decisions.c.reading).where(schema.decisions.c.decision == "hold")))
    .where(READINGS.taken_at >= bindparam("since"), READINGS.run.is_not(None), DECISION == "hold", ~WITHDRAWN)
    .order_by(READINGS.taken_at)
)
