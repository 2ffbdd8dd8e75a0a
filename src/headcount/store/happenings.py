"""The rows of what became of accounts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from headcount.store import schema
from headcount.store.nouns import Happening
from headcount.store.rows import insert, new_ids

EVENTS = schema.account_events.c


def append_event(connection: Connection, account: int, happening: Happening, noted_at: datetime) -> None:
    """Keep what became of an account."""
    row = {
        "id": next(new_ids(connection, schema.account_events)),
        "account": account,
        "kind": happening.kind,
        "at": happening.at,
        "handle": happening.handle,
        "why": happening.why,
        "who": happening.who,
        "noted_at": noted_at,
    }
    insert(connection, schema.account_events, [row])


def handle_events(accounts: Collection[int]) -> Select[Any]:
    """When some accounts took which handle, where that was noted."""
    taken = select(EVENTS.account, EVENTS.handle, EVENTS.at).where(EVENTS.kind == "handle")
    return taken.where(EVENTS.account.in_(accounts)).order_by(EVENTS.id)
