"""What stands beside a count that a person enters: in the slots that it is for, and before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, FromClause, Select, bindparam, select

from headcount.model import Count, Past
from headcount.store import schema
from headcount.store.agreeing import best_first, by_hand
from headcount.store.judged import COUNT, STATUS, judged
from headcount.store.names import Names
from headcount.store.nouns import Beside, Entered

ACCOUNTS, TRACKS, FILLS, READINGS = schema.accounts.c, schema.tracks.c, schema.fills.c, schema.readings.c


def beside(connection: Connection, counts: Sequence[Entered]) -> Iterator[Beside]:
    """What stands beside each count."""
    names = Names(connection)
    older, in_slot = _older(names), _in_slot(names)
    for each in counts:
        account = connection.scalar(select(ACCOUNTS.id).where(ACCOUNTS.key == each.account.key))
        series = {"account": account, "metric": names.known(each.metric)}
        before = _pasts(connection, names, older, series | {"at": each.at})
        places = (series | {"job": names.known(job), "slot": slot} for job, slot in each.places)
        yield Beside(next(before, None), tuple(tuple(_pasts(connection, names, in_slot, place)) for place in places))


def _older(names: Names) -> Select[Any]:
    """The newest public count of a series that is older than a moment."""
    older = _public(schema.readings).where(READINGS.account == bindparam("account"))
    older = older.where(READINGS.metric == bindparam("metric"), READINGS.taken_at < bindparam("at"))
    return older.order_by(READINGS.taken_at.desc(), by_hand(names)).limit(1)


def _in_slot(names: Names) -> Select[Any]:
    """The public counts in a slot of a job, the one that is shown first."""
    fills = schema.tracks.join(schema.fills, FILLS.track == TRACKS.id)
    there = _public(fills.join(schema.readings, FILLS.reading == READINGS.id)).where(FILLS.slot == bindparam("slot"))
    there = there.where(*(TRACKS[name] == bindparam(name) for name in ("job", "account", "metric")))
    return there.order_by(*best_first(names))


def _public(source: FromClause) -> Select[Any]:
    as_past = (READINGS.taken_at, COUNT, READINGS.granularity, READINGS.rounding, READINGS.source)
    return select(*as_past).select_from(judged(source)).where(STATUS == "accepted")


def _pasts(connection: Connection, names: Names, found: Select[Any], wanted: Mapping[str, Any]) -> Iterator[Past]:
    for at, count, granularity, rounding, source in connection.execute(found, wanted):
        yield Past(at, Count(count, granularity, names.rounding(rounding)), names[source])
