"""Who an outcome is about: the account that has the id, else the one that has the key; whoever is new is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import count

from sqlalchemy import Connection, select

from headcount.model import Account
from headcount.store import schema
from headcount.store.accounts import plain
from headcount.store.happenings import append_event, handle_events
from headcount.store.nouns import Happening
from headcount.store.rows import Values, insert, new_ids, pieces


class Register:
    """The accounts that some outcomes may be about, read beforehand; whoever is new is made."""

    def __init__(self, connection: Connection, keys: Iterable[str], values: Iterable[str] = ()) -> None:
        self._connection = connection
        self._ids = new_ids(connection, schema.accounts)
        self._handle_ids = new_ids(connection, schema.handles)
        self._by_key: dict[str, int | None] = {}
        self._owners: dict[tuple[str, str, str], int] = {}
        self._pinned: dict[int, dict[str, str]] = defaultdict(dict)
        self._handles: dict[int, dict[str, int]] = defaultdict(dict)
        self._newest: dict[int, tuple[datetime, str]] = {}
        self._read: set[int] = set()
        self._read_owners(values)
        self._read_keys(keys)

    def account(self, asked: Account, ids: Mapping[str, str]) -> int:
        """The account that has one of these ids; else the one of that key, or of `key-2` where another id has the key."""
        for scheme, value in ids.items():
            if owner := self._owners.get((asked.platform, scheme, value)):
                return owner
        for key in _candidates(asked.key):
            account = self._of_key(key)
            if account is None:
                return self._make(key, asked.platform)
            pinned = self._pinned[account]
            if all(pinned.get(scheme, value) == value for scheme, value in ids.items()):
                return account
        raise AssertionError("there is always another number")

    def pin(self, account: int, platform: str, ids: Mapping[str, str], at: datetime) -> None:
        """Remember an account's ids: one a scheme, for ever."""
        new = {
            scheme: value
            for scheme, value in ids.items()
            if scheme not in self._pinned[account] and (platform, scheme, value) not in self._owners
        }
        rows = [
            {"account": account, "platform": platform, "scheme": scheme, "value": value, "pinned_at": at}
            for scheme, value in new.items()
        ]
        insert(self._connection, schema.pins, rows)
        self._pinned[account] |= new
        self._owners |= {(platform, scheme, value): account for scheme, value in new.items()}

    def named(self, account: int, handle: str, at: datetime) -> int:
        """The number of a handle by which an account is known, which is remembered where it is new."""
        if handle not in self._handles[account]:
            id_ = next(self._handle_ids)
            insert(self._connection, schema.handles, [{"id": id_, "account": account, "handle": handle, "seen_at": at}])
            self._heard(account, handle, at, id_)
        return self._handles[account][handle]

    def answered(self, series: Values, handle: str, at: datetime) -> int:
        """The number of the handle that an account has answered with.

        It may have been known by it before, and by another since. Sources write one handle in several forms: it was
        taken up again only if this source itself answered with another last time.
        """
        account = series["account"]
        id_ = self.named(account, handle, at)
        newest_at, newest = self._newest[account]
        if at > newest_at and plain(newest) != plain(handle) and self._answered_otherwise(series, id_):
            happening = Happening("handle", at, who="", why="it answers to it again", handle=handle)
            append_event(self._connection, account, happening, at)
            self._newest[account] = (at, handle)
        return id_

    def introduce(self, account: int, handle: str, at: datetime) -> None:
        """Remember the handle of an account that has none yet."""
        if handle and not self._handles[account]:
            self.named(account, handle, at)

    def _answered_otherwise(self, series: Values, handle: int) -> bool:
        table = schema.readings.c
        last = select(table.handle).where(*(table[name] == series[name] for name in ("account", "metric", "source")))
        before = self._connection.scalar(last.order_by(table.taken_at.desc()).limit(1))
        return before not in {None, handle}

    def _heard(self, account: int, handle: str, at: datetime, id_: int) -> None:
        self._handles[account][handle] = id_
        if account not in self._newest or at >= self._newest[account][0]:
            self._newest[account] = (at, handle)

    def _make(self, key: str, platform: str) -> int:
        id_ = next(self._ids)
        insert(self._connection, schema.accounts, [{"id": id_, "key": key, "platform": platform}])
        self._by_key[key] = id_
        return id_

    def _of_key(self, key: str) -> int | None:
        if key not in self._by_key:
            self._read_keys([key])
        return self._by_key[key]

    def _read_keys(self, keys: Iterable[str]) -> None:
        table = schema.accounts
        for piece in pieces(keys):
            found = {
                key: id_
                for id_, key in self._connection.execute(select(table.c.id, table.c.key).where(table.c.key.in_(piece)))
            }
            self._by_key |= {key: found.get(key) for key in piece}
            self._read_people(found.values())

    def _read_owners(self, values: Iterable[str]) -> None:
        table = schema.pins
        for piece in pieces(values):
            self._read_people(self._connection.scalars(select(table.c.account).where(table.c.value.in_(piece))))

    def _read_people(self, accounts: Iterable[int]) -> None:
        pins, handles = schema.pins.c, schema.handles.c
        new = [account for account in accounts if account not in self._read]
        self._read.update(new)
        for piece in pieces(new):
            of_pins = select(pins.account, pins.platform, pins.scheme, pins.value).where(pins.account.in_(piece))
            for account, platform, scheme, value in self._connection.execute(of_pins):
                self._pinned[account][scheme] = value
                self._owners[platform, scheme, value] = account
            of_handles = select(handles.account, handles.handle, handles.seen_at, handles.id)
            for row in self._connection.execute(of_handles.where(handles.account.in_(piece)).order_by(handles.id)):
                self._heard(*row)
            for account, handle, at in self._connection.execute(handle_events(piece)):
                self._heard(account, handle, at, self._handles[account][handle])


def _candidates(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}-{number}" for number in count(2))
