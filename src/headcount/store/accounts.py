"""The accounts that the store knows, and the ids by which an outcome says whom it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, select

from headcount.model import Miss, Reading
from headcount.store import schema
from headcount.store.contract import Known


def known(connection: Connection) -> tuple[Known, ...]:
    """Every account, by key."""
    handles: dict[int, list[str]] = defaultdict(list)
    for account, handle in connection.execute(
        select(schema.handles.c.account, schema.handles.c.handle).order_by(
            schema.handles.c.seen_at, schema.handles.c.id
        )
    ):
        handles[account].append(handle)
    ids: dict[int, dict[str, str]] = defaultdict(dict)
    for account, scheme, value in connection.execute(
        select(schema.pins.c.account, schema.pins.c.scheme, schema.pins.c.value).order_by(schema.pins.c.scheme)
    ):
        ids[account][scheme] = value
    found = connection.execute(select(schema.accounts).order_by(schema.accounts.c.key))
    return tuple(Known(key, platform, tuple(handles[id_]), ids[id_]) for id_, key, platform in found)


def answered_ids(said: Reading | Miss) -> Mapping[str, str]:
    """The ids by which an outcome's account is known: as answered, and as asked for."""
    return {**said.account.ids, **said.ids} if isinstance(said, Reading) else said.account.ids
