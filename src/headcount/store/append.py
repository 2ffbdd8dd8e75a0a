"""Appending: a run's outcomes and an earlier system's readings take their places in the slots of jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection

from headcount.model import ACCEPTED, HEADLINE, Fill, Miss, Reading, Verdict
from headcount.store.accounts import UNHEARD, answered_ids, plain
from headcount.store.entry import Entry
from headcount.store.names import Names
from headcount.store.register import Register
from headcount.store.rows import Values
from headcount.store.slots import Page

CHECK = "check"
"""Who decides where no person does."""


def append(connection: Connection, run: int, fills: Sequence[Fill]) -> int:
    """Keep a run's outcomes; how many fills are new."""
    said = [fill.outcome.said for fill in fills]
    values = (value for each in said for value in answered_ids(each).values())
    register = Register(connection, (each.account.key for each in said), values)
    words = Names(connection).keep(word for fill in fills for word in _words(fill))
    page = Page(connection, [_entry(fill, run, register, words) for fill in fills])
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
        "handle": _handle(said, heard | {"metric": words[said.metric]}, register, fill.outcome.at),
    }
    return Entry(words[fill.job], account, words[said.metric], fill.slot, run, reading, _decision(verdict, fill))


def _handle(said: Reading, series: Values, register: Register, at: datetime) -> int:
    """The handle that was answered; the one that was asked for is the account's too, where that is how it was found."""
    account, asked, heard = series["account"], said.account.handle, said.handle
    if heard is None:
        return register.named(account, asked, at)
    if not said.account.ids and plain(asked) != plain(heard):
        register.named(account, asked, UNHEARD)
    return register.answered(series, heard, at)


def _decision(verdict: Verdict, fill: Fill) -> Values | None:
    if verdict == ACCEPTED:
        return None
    return {
        "decision": verdict.decision,
        "rule": verdict.rule,
        "detail": verdict.detail,
        "at": fill.outcome.at,
        "who": CHECK,
    }
