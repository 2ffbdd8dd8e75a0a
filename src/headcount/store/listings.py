"""How the roster lists accounts: a row an account whenever that has changed, and one when it has left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import structs
from sqlalchemy import Connection, func, select

from headcount.store import schema
from headcount.store.nouns import Listing
from headcount.store.rows import insert, new_ids

LISTINGS = schema.listings.c


def keep_listings(connection: Connection, listings: Iterable[Listing], at: datetime) -> tuple[Listing, ...]:
    """Keep what has changed; those who have left, each as it was listed last."""
    # Of several lines that name one account, the internal one prevails: nobody shows what another wants hidden.
    now = {each.key: each for each in sorted(listings, key=lambda each: each.visibility == "internal")}
    last = _last(connection)
    changed = [each for key, each in now.items() if last.get(key) != each]
    departed = {key: structs.replace(each, until=each.until or at) for key, each in last.items() if key not in now}
    left = [each for key, each in departed.items() if last[key] != each]
    _append(connection, [*changed, *left], at)
    return tuple(departed.values())


def _last(connection: Connection) -> dict[str, Listing]:
    """The last row of everyone who was ever listed, by key."""
    newest = select(func.max(LISTINGS.id)).group_by(LISTINGS.key)
    columns = (LISTINGS[name] for name in Listing.__struct_fields__)
    rows = select(*columns).where(LISTINGS.id.in_(newest)).order_by(LISTINGS.key)
    return {row.key: Listing(*row) for row in connection.execute(rows)}


def _append(connection: Connection, listings: Iterable[Listing], at: datetime) -> None:
    ids = new_ids(connection, schema.listings)
    insert(connection, schema.listings, [{"id": next(ids), "at": at, **structs.asdict(each)} for each in listings])
