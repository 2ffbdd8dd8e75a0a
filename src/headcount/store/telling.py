"""What there was to tell, and its way to each channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from msgspec import structs
from sqlalchemy import Connection, Select, func, select

from headcount.news.story import Deed, Event, Sending, Story
from headcount.store import schema
from headcount.store.rows import insert, new_ids, pieces

EVENTS, SENDINGS = schema.events.c, schema.sendings.c

OVER = ("cleared", "noted")
"""After these there is nothing more to wait for."""


def tell(connection: Connection, told: Iterable[tuple[Deed, Story]], at: datetime) -> tuple[Event, ...]:
    """Keep events, all or none."""
    ids = new_ids(connection, schema.events)
    events = tuple(Event(next(ids), story.key, deed, at, story) for deed, story in told)
    insert(connection, schema.events, [structs.asdict(each) | {"story": _text(each.story)} for each in events])
    return events


def events(connection: Connection, since: datetime) -> tuple[Event, ...]:
    """What was told from then on."""
    return tuple(_events(connection, select(schema.events).where(EVENTS.at >= since).order_by(EVENTS.id)))


def open_events(connection: Connection) -> tuple[Event, ...]:
    """The newest event of every incident that is not over."""
    newest = select(func.max(EVENTS.id)).group_by(EVENTS.key)
    found = select(schema.events).where(EVENTS.id.in_(newest), EVENTS.deed.not_in(OVER)).order_by(EVENTS.key)
    return tuple(_events(connection, found))


def told(connection: Connection, keys: Iterable[str]) -> frozenset[str]:
    """Those of the keys that were ever told of."""
    found: set[str] = set()
    for piece in pieces(keys):
        found.update(connection.scalars(select(EVENTS.key).where(EVENTS.key.in_(piece))))
    return frozenset(found)


def send(connection: Connection, sendings: Iterable[Sending]) -> None:
    """Keep what became of messages."""
    ids = new_ids(connection, schema.sendings)
    insert(connection, schema.sendings, [structs.asdict(each) | {"id": next(ids)} for each in sendings])


def sendings(connection: Connection, since: datetime) -> tuple[Sending, ...]:
    """What became of messages of events from then on."""
    columns = [column for column in SENDINGS if column.name != "id"]
    found = select(*columns).join_from(schema.sendings, schema.events).where(EVENTS.at >= since).order_by(SENDINGS.id)
    return tuple(Sending(**row) for row in connection.execute(found).mappings())


def _events(connection: Connection, found: Select[tuple[object, ...]]) -> Iterator[Event]:
    for row in connection.execute(found).mappings():
        yield Event(**{**row, "story": msgspec.json.decode(row["story"], type=Story)})


def _text(story: Story) -> str:
    return msgspec.json.encode(story).decode()
