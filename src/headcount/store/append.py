"""Appending: a run's outcomes and an earlier system's readings take their places in the slots of jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection

from headcount.errors import Mistake
from headcount.model import ACCEPTED, HEADLINE, Account, Fill, Miss, Reading, Verdict
from headcount.store.accounts import Register, answered_ids
from headcount.store.contract import Imported
from headcount.store.names import Names
from headcount.store.rows import Values
from headcount.store.slots import Entry, Page

CHECK = "check"
"""Who decides where no person does."""

MOST_NAMED = 20
"""Contradictions that one complaint names."""


def append(connection: Connection, run: int, fills: Sequence[Fill]) -> int:
    """Keep a run's outcomes; how many fills are new."""
    said = [fill.outcome.said for fill in fills]
    values = (value for each in said for value in answered_ids(each).values())
    register = Register(connection, (each.account.key for each in said), values)
    words = Names(connection).keep(word for fill in fills for word in _words(fill))
    page = Page(connection, [_entry(fill, run, register, words) for fill in fills])
    return page.write()


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


def _words(fill: Fill) -> Iterator[str]:
    yield from (fill.job, fill.outcome.source)
    match fill.outcome.said:
        case Reading(metric=metric, count=count):
            yield from (metric, count.rounding)
        case Miss(reason=reason):
            yield from (HEADLINE, reason)


def _entry(fill: Fill, run: int, register: Register, words: dict[str, int]) -> Entry:
    said = fill.outcome.said
    account = register.account(said.account, answered_ids(said))
    heard = {"account": account, "source": words[fill.outcome.source], "run": run}
    if isinstance(said, Miss):
        miss = heard | {
            "at": fill.outcome.at,
            "reason": words[said.reason],
            "detail": said.detail,
            "final": said.final,
            "handle": said.account.handle,
        }
        return Entry(words[fill.job], account, words[HEADLINE], fill.slot, run, miss=miss)
    verdict = fill.verdict or ACCEPTED
    if verdict.decision == "accept":
        register.pin(account, said.account.platform, said.ids, fill.outcome.at)
    reading = heard | {
        "metric": words[said.metric],
        "taken_at": fill.outcome.at,
        "ordinal": 0,
        "count": said.count.value,
        "granularity": said.count.granularity,
        "rounding": words[said.count.rounding],
        "handle": register.handle(account, said.handle or said.account.handle, fill.outcome.at),
    }
    return Entry(words[fill.job], account, words[said.metric], fill.slot, run, reading, _decision(verdict, fill))


def _decision(verdict: Verdict, fill: Fill) -> Values | None:
    if verdict.decision == "accept":
        return None
    return {
        "decision": verdict.decision,
        "rule": verdict.rule,
        "detail": verdict.detail,
        "at": fill.outcome.at,
        "who": CHECK,
    }


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
