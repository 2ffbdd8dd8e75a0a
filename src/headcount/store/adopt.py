"""Adopting: an earlier system's readings take their places in the slots of a job."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection

from headcount.errors import Mistake
from headcount.model import Account
from headcount.store.contract import Imported
from headcount.store.entry import Entry
from headcount.store.names import Names
from headcount.store.register import Register
from headcount.store.slots import Page

MOST_NAMED = 20
"""Contradictions that one complaint names."""


def adopt(connection: Connection, job: str, readings: Sequence[Imported], slot: Callable[[datetime], datetime]) -> int:
    """Keep imported readings, oldest first; how many fills are new.

    Raises:
        Mistake: where another number has the place of one of them; then none is kept.
    """
    in_order = sorted(readings, key=lambda each: (each.at, each.ordinal))
    register = Register(connection, (each.key for each in in_order))
    accounts = {key: register.account(Account(key, ""), {}) for key in {each.key for each in in_order}}
    used = {word for each in in_order for word in (each.metric, each.source)}
    words = Names(connection).keep({"exact", "unknown", job} | used)
    page = Page(
        connection, [_imported(each, accounts[each.key], words, words[job], slot(each.at)) for each in in_order]
    )
    if contradictions := list(_contradictions(in_order, page)):
        raise Mistake(_complaint(contradictions))
    return page.write()


def _imported(each: Imported, account: int, words: dict[str, int], job: int, slot: datetime) -> Entry:
    reading = {
        "account": account,
        "metric": words[each.metric],
        "taken_at": each.at,
        "source": words[each.source],
        "ordinal": each.ordinal,
        "count": each.count,
        "granularity": each.granularity,
        "rounding": words["exact" if each.granularity == 1 else "unknown"],
        "handle": None,
        "run": None,
    }
    return Entry(job, account, words[each.metric], slot, None, reading)


def _contradictions(readings: Sequence[Imported], page: Page) -> Iterator[str]:
    for each, entry in zip(readings, page.entries, strict=True):
        there = page.count_in_place(entry)
        if there not in {None, each.count}:
            yield f"{each.key} {each.metric}, {each.at:%Y-%m-%d %H:%M} UTC, row {each.ordinal + 1}: {there}, not {each.count}"


def _complaint(contradictions: Sequence[str]) -> str:
    more = len(contradictions) - MOST_NAMED
    return "\n".join(
        [
            "nothing is imported, because the store has other numbers in these places (mend the file, or `headcount correct`):",
            *contradictions[:MOST_NAMED],
            *([f"... and {more} more"] if more > 0 else []),
        ]
    )
