"""The accounts that the store knows: their handles over the years, their ids, and whether they are still counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import structs
from sqlalchemy import Connection, select

from headcount.model import EPOCH, Miss, Reading
from headcount.store import schema
from headcount.store.nouns import Closure, Held, Known

ACCOUNTS, HANDLES, PINS, EVENTS, TRACKS = (
    schema.accounts.c,
    schema.handles.c,
    schema.pins.c,
    schema.account_events.c,
    schema.tracks.c,
)


UNHEARD = EPOCH
"""The date of a name by which an account was found, and which it has never answered with."""


def known(connection: Connection) -> tuple[Known, ...]:
    """Every account, by key."""
    held, ids, closed = _held(connection), _ids(connection), _closed(connection)
    found = connection.execute(select(schema.accounts).order_by(ACCOUNTS.key))
    return tuple(
        Known(key, platform, _names(held[id_]), ids[id_], _followed(held[id_]), closed.get(id_))
        for id_, key, platform in found
    )


def counted_by(connection: Connection, key: str) -> tuple[str, ...]:
    """The jobs that have a track of an account."""
    tracks = schema.tracks.join(schema.accounts).join(schema.names, TRACKS.job == schema.names.c.id)
    jobs = select(schema.names.c.name).distinct().select_from(tracks).where(ACCOUNTS.key == key)
    return tuple(connection.scalars(jobs.order_by(schema.names.c.name)))


def _held(connection: Connection) -> dict[int, list[Held]]:
    """Each account's handles in the order in which it had them."""
    heard = select(HANDLES.account, HANDLES.handle, HANDLES.seen_at).order_by(HANDLES.id)
    noted = select(EVENTS.account, EVENTS.handle, EVENTS.at, EVENTS.who).where(EVENTS.kind == "handle")
    held: dict[int, list[Held]] = defaultdict(list)
    for query in (heard, noted.order_by(EVENTS.id)):
        for account, *how in connection.execute(query):
            held[account].append(Held(*how))
    for some in held.values():
        some.sort(key=lambda each: each.since)
    return held


def _names(held: Iterable[Held]) -> tuple[str, ...]:
    newest_first = dict.fromkeys(each.handle for each in reversed([*held]))
    return tuple(reversed(newest_first))


def _followed(held: Iterable[Held]) -> tuple[Held, ...]:
    """Without those that differ from the one before in how they are written only: the newest spelling stands."""
    followed: list[Held] = []
    for each in held:
        if each.since == UNHEARD:
            continue
        if followed and plain(followed[-1].handle) == plain(each.handle):
            followed[-1] = structs.replace(followed[-1], handle=each.handle, by=each.by)
        else:
            followed.append(each)
    return tuple(followed)


def _ids(connection: Connection) -> dict[int, dict[str, str]]:
    ids: dict[int, dict[str, str]] = defaultdict(dict)
    for account, scheme, value in connection.execute(
        select(PINS.account, PINS.scheme, PINS.value).order_by(PINS.scheme)
    ):
        ids[account][scheme] = value
    return ids


def _closed(connection: Connection) -> dict[int, Closure]:
    """What was said last of each account that was closed, and not opened again since."""
    said = select(EVENTS.account, EVENTS.kind, EVENTS.at, EVENTS.why).where(EVENTS.kind != "handle")
    last = {account: tuple(what) for account, *what in connection.execute(said.order_by(EVENTS.id))}
    return {
        account: Closure("archived" if kind == "archive" else "handed over", at, why)
        for account, (kind, at, why) in last.items()
        if kind != "reopen"
    }


def plain(handle: str) -> str:
    """A handle without what only differs in writing, on whatever platform."""
    return handle.removeprefix("@").casefold()


def answered_ids(said: Reading | Miss) -> Mapping[str, str]:
    """The ids by which an outcome's account is known: as answered, and as asked for."""
    return {**said.account.ids, **said.ids} if isinstance(said, Reading) else said.account.ids
