"""The nouns of the house: frozen values that every part shares. Imports nothing of ours.

A **roster** names `Unit`s and the `Account`s they run. A platform says of an account either a `Reading` (a metric and a
`Count`) or a `Miss` (a `Reason`); an `Outcome` is what was said, by which source and when. A `Verdict` is what `check`
makes of a reading, a `Fill` ties an outcome to a job's slot, and a `Run` is one turn of collecting.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Literal, get_args

from msgspec import Struct, field

Rounding = Literal["exact", "rounded", "truncated", "unknown"]

Reason = Literal[
    "not_found",
    "suspended",
    "deactivated",
    "private",
    "hidden",
    "moved",
    "renamed_or_reused",
    "blocked",
    "rate_limited",
    "quota_exhausted",
    "payment_required",
    "bad_credentials",
    "missing_permission",
    "no_credential",
    "shape_changed",
    "unreachable",
    "too_slow",
    "too_big",
    "retired",
    "unsupported",
]
REASONS: frozenset[str] = frozenset(get_args(Reason))

KNOWN_ABSENCES: frozenset[Reason] = frozenset({"retired", "hidden", "unsupported", "no_credential"})
"""Reasons that are nobody's failure: the account has no count to give, and everyone knows why."""

HEADLINE = "followers"
"""The metric by which an account is known to have been counted."""

MOST_HEADS = 10**12
"""More people than any platform can hold: a larger number is a parser's mistake, never an audience."""

LAST = 10**9
"""The priority of an account that was given none: after all that have one."""

SIMULATED = "simulated-"
"""Stands before the source of every count that the demo server made up."""

REPARSED = "reparsed-"
"""Stands before the source of every count that was read later, from a reply that was kept; after `SIMULATED`."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_later(source: str) -> str:
    """The source of a count that was read later, from a reply of `source` that was kept: `reparsed-api`."""
    made_up = SIMULATED if source.startswith(SIMULATED) else ""
    return f"{made_up}{REPARSED}{source.removeprefix(SIMULATED)}"


def replying(source: str) -> str:
    """The source that replied, whether its reply was read at once or later: `api` of `reparsed-api`.

    Counts of the two belong to one segment: the platform said them in the same way.
    """
    return source.replace(REPARSED, "", 1)


def plain_source(source: str) -> str:
    """A source's own name, whoever answered in its place, and whenever that was read: `api` of `simulated-reparsed-api`."""
    return replying(source).removeprefix(SIMULATED)


class Count(Struct, frozen=True):
    """A number of people and how finely it is known.

    `granularity` 1 is an exact count; "1.2M" is 1,200,000 with granularity 100,000. `rounding` says where the true
    number lies: half a step to either side (`rounded`), up to a step above (`truncated`), or either (`unknown`).

    Raises:
        ValueError: for a number that cannot be an audience.
    """

    value: int
    granularity: int = 1
    rounding: Rounding = "exact"

    def __post_init__(self) -> None:
        if not 0 <= self.value <= MOST_HEADS or self.granularity < 1:
            raise ValueError(f"{self.value} (granularity {self.granularity}) is not a number of people")


class Account(Struct, frozen=True):
    """One account of one platform, as a source is asked about it."""

    key: str
    """`platform/name`, permanent."""
    handle: str
    """The handle it goes by today."""
    ids: Mapping[str, str] = {}
    """Its pinned stable ids, by scheme (`graph`, `uc`, ...); ids are compared within a scheme only."""

    @property
    def platform(self) -> str:
        """The slug of its platform."""
        return self.key.partition("/")[0]


class Reading(Struct, frozen=True):
    """A platform's answer about one account: a metric and its count."""

    account: Account
    metric: str
    count: Count
    handle: str | None = None
    """The handle as answered."""
    ids: Mapping[str, str] = {}
    """The stable ids as answered, by scheme."""


class Miss(Struct, frozen=True):
    """Why an account has no count. Never a zero."""

    account: Account
    reason: Reason
    detail: str = ""
    final: bool = True
    """False: another source, or the same one later, may know better."""


class Outcome(Struct, frozen=True):
    """What was said of an account, by which source and when (UTC)."""

    said: Reading | Miss
    source: str
    at: datetime

    @property
    def account(self) -> Account:
        """The account it is about."""
        return self.said.account


class Verdict(Struct, frozen=True):
    """What `check` makes of a reading."""

    decision: Literal["accept", "hold", "refuse"]
    rule: str = ""
    """The rule that spoke; empty where none did."""
    detail: str = ""


ACCEPTED = Verdict("accept")


class Past(Struct, frozen=True):
    """One earlier live reading of a series, as the rules of `check` look back on it."""

    at: datetime
    count: Count
    source: str
    held: bool = False
    reading: int | None = None
    """Its number, where it is in a store."""


class Fill(Struct, frozen=True):
    """An outcome in its place: the slot of a job that it fills."""

    job: str
    slot: datetime
    outcome: Outcome
    verdict: Verdict | None = None
    """Of a reading; a miss has none."""


class Job(Struct, frozen=True):
    """What is collected together, and how often."""

    name: str
    every: str
    """A cadence: `15m`, `1h`, `1d`, `1w`."""
    accounts: tuple[str, ...] = ("*",)
    """Account keys, or `unit:ID`, `platform:SLUG`, `group:NAME`, `*`."""


class Unit(Struct, frozen=True):
    """A part of the organisation that runs accounts: a lab, an office, a person in post."""

    id: str
    name: str
    parent: str | None = None
    abbreviation: str = ""
    holder: str = ""
    """The person in post, where the unit is an office."""
    active: bool = True


class Entry(Struct, frozen=True):
    """One line of a roster: an account and the unit that runs it."""

    unit: str
    """The unit's id."""
    platform: str
    handle: str
    ids: Mapping[str, str] = {}
    name: str = ""
    language: str = ""
    group: str = ""
    priority: int = LAST
    """1 is the most important; a run that cannot ask everyone at once asks those first."""
    relation: Literal["own", "peer"] = "own"
    visibility: Literal["public", "internal"] = "public"
    collect: bool = True
    since: date | None = None
    until: date | None = None
    place: str = ""
    """Where it stands in the file, for complaints: `line 3, column twitter`."""


class Roster(Struct, frozen=True):
    """Whom to count: the units in their order, and what they run."""

    units: tuple[Unit, ...] = ()
    entries: tuple[Entry, ...] = ()


class Bucket(Struct, frozen=True):
    """What is left of a platform's allowance: a token a request."""

    tokens: float
    at: datetime
    """When `tokens` was true (UTC)."""
    shut_until: datetime = EPOCH
    """Nothing is sent before (UTC): the platform said so."""


class Tally(Struct, frozen=True):
    """What a run came to."""

    readings: int = 0
    held: int = 0
    misses: Mapping[str, int] = field(default_factory=dict)
    """Accounts without a reading, by reason."""
    requests: int = 0
    retries: int = 0
    seconds: float = 0.0
    """By the monotonic clock."""
    micros: int = 0
    """What the platforms charge, in millionths of a U.S. dollar."""


class Run(Struct, frozen=True):
    """One turn of collecting a job's slot."""

    id: int
    job: str
    slot: datetime
    started: datetime
    ended: datetime | None = None
    """None: under way, or killed."""
    tally: Tally = Tally()
