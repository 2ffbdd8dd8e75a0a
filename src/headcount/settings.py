"""headcount.toml and the environment, read into one frozen `Settings`; every problem is reported at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from headcount.model import Job
from headcount.net.message import Http, Pace


class Credentials(Mapping[str, str]):
    """What an operator gave for a platform, by name; never shown."""

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        self._given = dict(given or {})

    def __getitem__(self, name: str) -> str:
        return self._given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def __repr__(self) -> str:
        return f"<{', '.join(self._given) or 'no credentials'}>"


class Organization(Struct, frozen=True):
    """Whose accounts they are."""

    name: str
    timezone: str = "UTC"
    week_start: str = "monday"
    roster: Path | None = None
    org_chart: Path | None = None


class PlatformSettings(Struct, frozen=True):
    """What is set for one platform; everything has a default."""

    sources: tuple[str, ...] | None = None
    """Order and choice; None: all that have what they need."""
    pace: Pace | None = None
    hosts: Mapping[str, str] = {}
    options: Mapping[str, str] = {}
    credentials: Credentials = Credentials()


class Table(Struct, frozen=True):
    """A wide CSV: a column is an account."""

    name: str
    job: str
    columns: Mapping[str, tuple[str, str]]
    """Header -> (account key, metric)."""
    time_column: str = "date"
    missing: Literal["blank", "previous"] = "blank"


class Target(Struct, frozen=True):
    """Where files are published."""

    name: str
    to: str
    options: Mapping[str, str] = {}


class Settings(Struct, frozen=True):
    """All that was set, paths resolved, secrets looked up."""

    file: Path
    organization: Organization
    store: str
    """A database URL; a relative SQLite path is resolved against the state folder's parent, the configuration's."""
    state: Path
    http: Http = Http()
    sources: Literal["all", "official"] = "all"
    jobs: Mapping[str, Job] = {}
    tables: Mapping[str, Table] = {}
    platforms: Mapping[str, PlatformSettings] = {}
    targets: tuple[Target, ...] = ()
    max_age_days: int = 7
    """A latest count older than this is not shown in `all_social_data.csv`."""
