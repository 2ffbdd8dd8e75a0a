"""All that can be set, as frozen values: paths resolved, secrets looked up, defaults filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from headcount.cadence import Cadence
from headcount.model import Job
from headcount.net.message import Http, Pace
from headcount.news.story import Severity
from headcount.settings.credentials import Credentials


class Organization(Struct, frozen=True):
    """Whose accounts they are."""

    name: str
    timezone: str = "UTC"
    week_start: str = "monday"
    roster: Path | None = None
    org_chart: Path | None = None
    annotations: Path | None = None
    """A CSV of events that are published beside the counts."""
    licence: str = ""
    """Under which the published data are given away."""

    @property
    def zone(self) -> ZoneInfo:
        """In which its days begin."""
        return ZoneInfo(self.timezone)


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
    """Header -> (account key, metric). An empty key is a column that no account fills: it stays, and stays empty."""
    time_column: str = "date"
    missing: Literal["blank", "previous"] = "blank"


Encoding = Literal["gzip", "identity"]


class Target(Struct, frozen=True):
    """Where files are published."""

    name: str
    to: str
    """A folder, absolute, or the URL of an object store."""
    options: Mapping[str, str] = {}
    encoding: Encoding = "gzip"
    """How an object store keeps texts: most readers of them unpack gzip by themselves."""


class Metrics(Struct, frozen=True):
    """Where Prometheus finds its figures."""

    public: bool = True
    """At `/metrics` of the HTTP interface: what everybody may know."""
    host: str = ""
    """Of an address of their own, at which everything is said; empty: there is none."""
    port: int = 0


class Serve(Struct, frozen=True):
    """How the HTTP interface presents itself."""

    base_path: str = "/api/social-media"
    cors_origins: tuple[str, ...] = ("*",)
    metrics: Metrics = Metrics()


class Quiet(Struct, frozen=True):
    """Hours in which only what is urgent is told, in the organisation's zone; they may span midnight."""

    start: time
    end: time


class Channel(Struct, frozen=True):
    """A way of telling people."""

    name: str
    url: Mapping[str, str]
    """Under `url`, an Apprise URL: it holds passwords, so it is kept as credentials are."""
    at_least: Severity = "notice"
    """Nothing less severe is told here, unless nobody else could be told."""


class Watch(Struct, frozen=True):
    """Who is told when something breaks."""

    channels: tuple[Channel, ...] = ()
    """Those of `notify` are called `1`, `2`, ... by their place, the others by their names."""
    heartbeat: Mapping[str, str] = Credentials()
    """Under `url`, where there is one: pinged as each run begins, and as it ends."""
    quiet: Quiet | None = None
    most_a_day: int = 6
    """Messages to one channel in a day; what is more is told together, in the last of them."""
    digest: Weekly | None = None
    """When the report of the week is sent by itself, in the organisation's zone; None: never."""


class Weekly(Struct, frozen=True):
    """A time of the week."""

    day: int
    """0 is Monday."""
    at: time


class Evidence(Struct, frozen=True):
    """How much is kept of the replies that nobody could read, or whose counts are in doubt."""

    days: int = 30
    megabytes: int = 256


class Backup(Struct, frozen=True):
    """The copies of the store that `run` makes, one a day."""

    keep: int = 14


class Settings(Struct, frozen=True):
    """All that was set, paths resolved, secrets looked up."""

    file: Path
    organization: Organization
    store: str
    """A database URL; a relative SQLite path has been resolved against the state folder."""
    state: Path
    """Where store, vault, evidence and backups lie: beside the configuration unless it says otherwise."""
    http: Http = Http()
    sources: Literal["all", "official"] = "all"
    jobs: Mapping[str, Job] = {}
    tables: Mapping[str, Table] = {}
    platforms: Mapping[str, PlatformSettings] = {}
    targets: tuple[Target, ...] = ()
    max_age_days: int = 7
    """A latest count older than this is not shown in `all_social_data.csv`."""
    serve: Serve = Serve()
    watch: Watch = Watch()
    backup: Backup = Backup()
    evidence: Evidence = Evidence()
    expiries: Mapping[str, date] = {}
    """The last days of credentials, as far as they were given: `facebook.token` -> day."""

    def cadence(self, job: Job) -> Cadence:
        """How often a job is due, in the organisation's zone."""
        return Cadence(job.every, self.organization.zone, self.organization.week_start)
