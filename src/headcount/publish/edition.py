"""What an edition is made from: the roster as it stands, the store, and the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from headcount.model import Entry, Unit
from headcount.store.contract import Column, Shown, Store


class Listed(Struct, frozen=True):
    """An account of the roster, under its key."""

    key: str
    entry: Entry
    archived_since: datetime | None = None
    """From when on it is no longer counted: its history is published, and no total waits for it."""


class Wide(Struct, frozen=True):
    """A wide CSV: a column is an account's metric."""

    name: str
    job: str
    columns: Mapping[str, Column]
    time_column: str = "date"
    missing: Literal["blank", "previous"] = "blank"


class Edition(Struct, frozen=True):
    """Everything that the tables are made from."""

    organization: str
    timezone: str
    units: tuple[Unit, ...]
    listed: tuple[Listed, ...]
    """The whole roster; internal accounts are left out of what is published."""
    tables: tuple[Wide, ...]
    max_age: timedelta
    at: datetime
    store: Store
    links: Mapping[str, str] = {}
    """The page of an account, by key."""

    def public(self) -> tuple[Listed, ...]:
        """The accounts that may be seen."""
        return tuple(each for each in self.listed if each.entry.visibility == "public")

    def own(self) -> tuple[Listed, ...]:
        """The public accounts that the organisation runs itself: those that count towards it."""
        return tuple(each for each in self.public() if each.entry.relation == "own" and each.archived_since is None)

    def shown(self, at: datetime) -> dict[Column, Shown]:
        """The public counts that stood at `at`."""
        public = {each.key for each in self.public()}
        return {(each.key, each.metric): each for each in self.store.latest(at) if each.key in public}


class File(Struct, frozen=True):
    """A file to be published."""

    name: str
    make: Callable[[], Iterator[bytes]]
    version: str | None = None
    """Changes when the content does; None: only making it tells."""


class Output(Struct, frozen=True):
    """An entry of the list of what is published."""

    pattern: str
    description: str
    files: Callable[[Edition], Iterator[File]]
