"""Whether a reading that was read later takes a place in its slot, given what is there. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from headcount.model import Count, Outcome, replying
from headcount.store.nouns import MANUAL
from headcount.store.reader import Row

Result = Literal["stored", "held", "there", "same", "covered", "unread", "cut", "unknown"]
"""What came of an account's reply.

`stored`: its count is in its slot now. `held`: so it is, and awaits review. `there`: it was already. `same`: the held count
is what the reply says. `covered`: the slot has a count as fine. `unread`: it gives none. `cut`: the reply was too long to be
kept whole. `unknown`: the store knows nothing of the run.
"""


class Place(Struct, frozen=True):
    """What is to become of a reading."""

    result: Result
    refuses: int | None = None
    """The number of the held reading of the same reply, which said another count."""


def place(rows: Iterable[Row], outcome: Outcome, count: Count) -> Place:
    """Where `count`, an outcome's, belongs among what the slot has of its account and metric."""
    there = list(rows)
    first = _of_reply(there, replying(outcome.source), outcome.at)
    if _says(first, count):
        return Place("same")
    refuses = first.reading if first and first.status == "held" else None
    if _of_reply(there, outcome.source, outcome.at):
        return Place("there", refuses)
    return Place("covered" if any(_covers(row, count) for row in there) else "stored", refuses)


def _of_reply(rows: Iterable[Row], source: str, at: datetime) -> Row | None:
    return next((row for row in rows if (row.source, row.taken_at) == (source, at)), None)


def _says(row: Row | None, count: Count) -> bool:
    return row is not None and (row.count, row.granularity) == (count.value, count.granularity)


def _covers(row: Row, count: Count) -> bool:
    """What a person entered does not: what the platform said comes before it."""
    is_counted = row.status == "accepted" and row.source != MANUAL
    return is_counted and row.granularity is not None and row.granularity <= count.granularity
