"""Everyone who is counted, was counted or is to be: the accounts of the store and of the roster, as people look them up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from headcount.pipeline.house import House, People
from headcount.store.nouns import Known

State = Literal["counted", "never counted", "not collected", "archived", "handed over", "not in the roster"]


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
    """The ids of the units for which the roster names it today."""
    state: State
    since: datetime | None = None
    """Since when it is closed (UTC)."""
    why: str = ""


def members(house: House) -> tuple[Member, ...]:
    """All of them, by key."""
    listed: dict[str, People] = {}
    for entry, account in house.people:
        listed[account.key] = (*listed.get(account.key, ()), (entry, account))
    keys = sorted({*house.known, *listed})
    return tuple(
        _member(key, house.known.get(key) or Known(key, key.partition("/")[0]), listed.get(key, ())) for key in keys
    )


def _member(key: str, known: Known, lines: People) -> Member:
    heard = tuple(Name(each.handle, each.since) for each in known.held)
    return Member(
        key=key,
        platform=known.platform,
        ids=known.ids,
        handles=heard or tuple(Name(entry.handle, None) for entry, _ in lines[:1]),
        units=tuple(dict.fromkeys(entry.unit for entry, _ in lines)),
        state=_state(known, lines),
        since=known.closed.since if known.closed else None,
        why=known.closed.why if known.closed else "",
    )


def _state(known: Known, lines: People) -> State:
    if known.closed:
        return known.closed.kind
    if not lines:
        return "not in the roster"
    if not any(entry.collect for entry, _ in lines):
        return "not collected"
    return "counted" if known.handles else "never counted"
