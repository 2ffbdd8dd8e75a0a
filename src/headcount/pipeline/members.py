"""Everyone who is counted, was counted or is to be: the accounts of the store and of the roster, as people look them up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from headcount.pipeline.house import House, People
from headcount.roster.terms import begins, ends, in_force
from headcount.store.nouns import Known

State = Literal[
    "counted", "never counted", "not collected", "archived", "handed over", "not in the roster", "ended", "to come"
]


class Name(Struct, frozen=True):
    """A handle, and from when on the account had it, as far as is known (UTC)."""

    handle: str
    since: datetime | None


class Member(Struct, frozen=True):
    """An account over the years."""

    key: str
    platform: str
    ids: Mapping[str, str]
    handles: tuple[Name, ...]
    """The newest last; the roster's, where nothing was heard yet."""
    units: tuple[str, ...]
    """The ids of the units for which a line of the roster names it that is in force today."""
    state: State
    since: datetime | None = None
    """Since when it is closed (UTC)."""
    why: str = ""
    day: date | None = None
    """Of an account without a line in force: the first day of its next line, or the last of its last."""


def members(house: House) -> tuple[Member, ...]:
    """All of them, by key."""
    listed: dict[str, People] = {}
    for entry, account in house.people:
        listed[account.key] = (*listed.get(account.key, ()), (entry, account))
    keys = sorted({*house.known, *listed})
    today = house.local_now().date()
    return tuple(
        _member(house.known.get(key) or Known(key, key.partition("/")[0]), listed.get(key, ()), today) for key in keys
    )


def _member(known: Known, lines: People, today: date) -> Member:
    current = [entry for entry, _ in lines if in_force(entry, today)]
    heard = tuple(Name(each.handle, each.since) for each in known.held)
    return Member(
        key=known.key,
        platform=known.platform,
        ids=known.ids,
        handles=heard or tuple(Name(entry.handle, None) for entry, _ in lines[:1]),
        units=tuple(dict.fromkeys(entry.unit for entry in current)),
        state=_state(known, lines, today),
        since=known.closed.since if known.closed else None,
        why=known.closed.why if known.closed else "",
        day=None if current else _turn(lines, today),
    )


def _state(known: Known, lines: People, today: date) -> State:
    if known.closed:
        return known.closed.kind
    if not lines:
        return "not in the roster"
    current = [entry for entry, _ in lines if in_force(entry, today)]
    if not current:
        return "to come" if any(begins(entry) > today for entry, _ in lines) else "ended"
    if not any(entry.collect for entry in current):
        return "not collected"
    return "counted" if known.handles else "never counted"


def _turn(lines: People, today: date) -> date | None:
    """The first day of the next line, or the last of the last."""
    coming = [begins(entry) for entry, _ in lines if begins(entry) > today]
    return min(coming, default=max((ends(entry) for entry, _ in lines), default=None))
