"""What an edition is made from: the roster as it stands, the store, and the time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from headcount.measure.gaps.findings import Slots
from headcount.model import Entry, Unit
from headcount.publish.file import AnyFile
from headcount.publish.schema import Schema
from headcount.store.reader import Changes, Column, Reader, Shown
from headcount.vitals.everybody import everybody
from headcount.vitals.jobs import next_edition
from headcount.vitals.signs import Expectation, Vitals
from headcount.vitals.take import take


class Listed(Struct, frozen=True):
    """An account of the roster, under its key."""

    key: str
    entry: Entry
    archived_since: datetime | None = None
    """From when on it is no longer counted: its history is published, and no total waits for it."""


class Departed(Listed, frozen=True, kw_only=True):
    """An account that has left the roster, or whose last line is over, as it was listed last."""

    unit_name: str
    """Of the unit, which may be gone too."""
    listed_until: datetime
    """When its last line was over, or it was found to have left (UTC)."""


class Wide(Struct, frozen=True):
    """A wide CSV: a column is an account's metric."""

    name: str
    job: str
    columns: Mapping[str, Column]
    time_column: str = "date"
    missing: Literal["blank", "previous"] = "blank"


class Annotation(Struct, frozen=True, kw_only=True):
    """An event that people noted, of an account, a unit, a platform, or of everything."""

    since: date
    until: date | None = None
    """Its last day."""
    account: str = ""
    """Its key."""
    unit: str = ""
    """Its id."""
    platform: str = ""
    text: str
    link: str = ""


class Edition(Struct, frozen=True, dict=True):
    """Everything that the tables are made from.

    An account that leaves the roster keeps its history, if it was public when it left. One that becomes internal has none
    that may be seen: what was published of it before disappears from the files, and stays hidden after it has left.
    """

    organization: str
    timezone: str
    units: tuple[Unit, ...]
    listed: tuple[Listed, ...]
    """The lines of the roster that are in force; internal accounts are left out of what is published."""
    tables: tuple[Wide, ...]
    max_age: timedelta
    at: datetime
    store: Reader
    changes: Changes
    """Since the edition before."""
    periods: Mapping[str, timedelta] = {}
    """How often each account is counted, by key, where any job counts it."""
    former: Mapping[str, timedelta] = {}
    """How often each account was ever counted, by key."""
    cadences: Mapping[str, Slots] = {}
    """The slots of each job of the configuration."""
    spans: Mapping[str, tuple[date, date]] = {}
    """The days of the first and the last slot of every account that was ever counted, or asked about, by key."""
    platforms: tuple[str, ...] = ()
    """The short names of all that there are."""
    names: Mapping[str, str] = {}
    """What people call the platforms, by short name."""
    licence: str = ""
    """Under which the data are given away."""
    homepage: str = ""
    annotations: tuple[Annotation, ...] = ()
    links: Mapping[str, str] = {}
    """The page of an account, by key."""
    departed: tuple[Departed, ...] = ()
    """Those who have left the roster or whose last line is over, and whose listing is known; internal ones are left out too."""
    dormant: tuple[Listed, ...] = ()
    """The lines of the roster that are over or to come: they show nothing, but may hide."""
    expected: Expectation = Expectation(accounts=(), jobs={})
    """What should be there, internal accounts included."""

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone, whose days are published."""
        return ZoneInfo(self.timezone)

    @property
    def today(self) -> date:
        """The organisation's day."""
        return self.at.astimezone(self.zone).date()

    def begins(self, key: str | None = None) -> date:
        """The day before an account, or anyone, was counted first."""
        spans = self.spans.values() if key is None else [self.spans[key]]
        return min((first for first, _ in spans), default=self.today) - timedelta(days=1)

    @cached_property
    def vitals(self) -> Vitals:
        """How everything is, as everybody may know it."""
        return everybody(take(self.store, self.expected, self.at))

    @property
    def stale_after(self) -> datetime | None:
        """When the next edition is there at the latest (UTC); None: nobody knows of one."""
        return next_edition(self.expected.jobs.values(), self.at)

    @cached_property
    def internal(self) -> frozenset[str]:
        """The keys of those who are in no public file: one line of the roster that says so is enough, in force or not."""
        lines = (*self.listed, *self.dormant, *self.departed)
        return frozenset(each.key for each in lines if each.entry.visibility == "internal")

    def public(self) -> tuple[Listed, ...]:
        """The accounts of the roster, each by its lines in force, that may be seen."""
        return tuple(each for each in self.listed if each.key not in self.internal)

    def gone(self) -> tuple[Departed, ...]:
        """The accounts that have left it, and whose history may be seen."""
        return tuple(each for each in self.departed if each.key not in self.internal)

    @cached_property
    def seen(self) -> Mapping[str, Listed]:
        """Everyone whose history may be seen, by key."""
        return {each.key: each for each in (*self.gone(), *self.public())}

    @cached_property
    def unit_names(self) -> Mapping[str, str]:
        """The names of all units, those included that only accounts who have left were under, by id."""
        gone = {each.entry.unit: each.unit_name for each in self.gone()}
        return gone | {unit.id: unit.name for unit in self.units}

    def own(self) -> tuple[Listed, ...]:
        """The public accounts that the organisation runs itself: those that count towards it."""
        return tuple(each for each in self.public() if each.entry.relation == "own" and each.archived_since is None)

    def shown(self, at: datetime) -> dict[Column, Shown]:
        """The public counts that stood at `at`."""
        return {
            (each.key, each.metric): each
            for each in self.store.latest(at)
            if each.key in self.seen and self.stands(self.seen[each.key], each.taken_at, at)
        }

    def fresh(self, shown: Mapping[Column, Shown], column: Column) -> int | None:
        """A count that stood, unless it is too old to be added up."""
        found = shown.get(column)
        return found.count if found and self.at - found.taken_at <= self.max_age else None

    def stands(self, listed: Listed, taken_at: datetime, at: datetime) -> bool:
        """Whether an account's newest count is shown at `at` as such: after it has left, only as long as it is fresh."""
        return not isinstance(listed, Departed) or at - taken_at <= self.max_age

    def fingerprint(self) -> str:
        """Changes with those whose history may be seen, and with how they are listed."""
        entries = ((key, self.seen[key].entry) for key in sorted(self.seen))
        return fingerprint([(key, entry.unit, self.unit_names.get(entry.unit), entry.handle) for key, entry in entries])


class Output(Struct, frozen=True):
    """An entry of the list of what is published."""

    pattern: str
    description: str
    files: Callable[[Edition], Iterator[AnyFile]]
    tables: Mapping[str, Schema] = {}
    """The columns of its tables, by what they are called."""


def fingerprint(value: object) -> str:
    """A short text that changes with a value."""
    return hashlib.blake2b(msgspec.json.encode(value), digest_size=8).hexdigest()
