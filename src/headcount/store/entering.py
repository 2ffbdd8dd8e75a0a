"""Entering: counts that people bring take their places in the slots of jobs, beside what the platforms said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from headcount.errors import Mistake
from headcount.model import HEADLINE
from headcount.store import schema
from headcount.store.entry import Entry
from headcount.store.names import Names
from headcount.store.nouns import MANUAL, Entered
from headcount.store.register import Register
from headcount.store.rows import Values
from headcount.store.slots import Page

READINGS = schema.readings.c


def enter(connection: Connection, counts: Sequence[Entered]) -> int:
    """Keep entered counts, all or none; how many fills are new."""
    if not counts:
        return 0
    desk = _Desk(connection, counts)
    entries = [entry for each in counts for entry in desk.entries(each)]
    if desk.contradictions:
        raise Mistake(
            "\n".join(["nothing is entered, because it contradicts what was entered before:", *desk.contradictions])
        )
    return Page(connection, entries).write()


class _Desk:
    """Takes entered counts, and remembers which contradict what was entered before."""

    def __init__(self, connection: Connection, counts: Sequence[Entered]) -> None:
        self._connection = connection
        self._register = Register(connection, (each.account.key for each in counts))
        jobs = {job for each in counts for job, _ in each.places}
        self._words = Names(connection).keep(
            {MANUAL, "exact", "unknown", HEADLINE, *jobs, *(each.metric for each in counts)}
        )
        self.contradictions: list[str] = []

    def entries(self, each: Entered) -> Iterator[Entry]:
        """The count in each of its places."""
        account = self._register.account(each.account, {})
        self._register.introduce(account, each.account.handle, each.at)
        reading = self._reading(each, account)
        decision = {"decision": "accept", "rule": MANUAL, "detail": each.why, "at": each.noted_at, "who": each.who}
        for job, slot in each.places:
            yield Entry(self._words[job], account, reading["metric"], slot, None, reading, decision)

    def _reading(self, each: Entered, account: int) -> Values:
        place = {
            "account": account,
            "metric": self._words[each.metric],
            "taken_at": each.at,
            "source": self._words[MANUAL],
        }
        return place | {
            "ordinal": self._ordinal(each, place),
            "count": each.count,
            "granularity": each.granularity,
            "rounding": self._words["exact" if each.granularity == 1 else "unknown"],
            "handle": None,
            "run": None,
        }

    def _ordinal(self, each: Entered, place: Values) -> int:
        """The place of what was entered before, if it is the same; the next one, if this stands instead."""
        same_moment = (READINGS[column] == value for column, value in place.items())
        newest = select(READINGS.ordinal, READINGS.count, READINGS.granularity).where(*same_moment)
        before = self._connection.execute(newest.order_by(READINGS.ordinal.desc()).limit(1)).one_or_none()
        if before is None:
            return 0
        ordinal, count, granularity = before
        if (count, granularity) == (each.count, each.granularity):
            return int(ordinal)
        if not each.anew:
            there, here = str(count), str(each.count)
            if there == here:
                there, here = f"{count} to {granularity}", f"to {each.granularity}"
            self.contradictions.append(
                f"{each.line}: {each.account.key} {each.metric}, {each.at:%Y-%m-%d %H:%M} UTC: {there}, not {here}"
            )
        return int(ordinal) + 1
