"""What is said of gaps: the words of `gaps.json`. All times are UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from msgspec import Struct, field

from headcount.model import Reason

Status = Literal["missed", "held", "refused", "not_asked"]


class Slots(Protocol):
    """The slots of a job: a cadence."""

    def slot(self, at: datetime) -> datetime:
        """The start of the slot that `at` falls in."""

    def end(self, slot: datetime) -> datetime:
        """When the slot that starts at `slot` ends."""


class Filled(Protocol):
    """What became of an account in a slot of a job; of several attempts, the last comes last."""

    @property
    def job(self) -> str:
        """The job."""

    @property
    def slot(self) -> datetime:
        """The slot's start."""

    @property
    def key(self) -> str:
        """The account."""

    @property
    def metric(self) -> str:
        """What was, or should have been, counted."""

    @property
    def status(self) -> str:
        """`accepted`, `held`, `refused`, `missed`."""

    @property
    def reason(self) -> Reason | None:
        """Why it was missed."""


class Gap(Struct, frozen=True, kw_only=True):
    """Slots of a job, one after the other, in which an account has no public count, all for the same reason.

    A slot in which the job did not run at all does not end a gap, and is no part of it.
    """

    account: str
    metric: str
    job: str
    start: datetime = field(name="from")
    """The start of the first slot."""
    end: datetime = field(name="to")
    """The end of the last."""
    slots: int
    status: Status
    """missed: no answer gave a count; held: it awaits review; refused: it was found wrong, or withdrawn; not_asked: the
    job ran, and did not ask for this account."""
    reason: Reason | None
    """Why a missed one was missed."""
    known: bool
    """It is nobody's failure: the account has no count to give, and everyone knows why."""


class Pause(Struct, frozen=True, kw_only=True):
    """Slots of a job, one after the other, in which it counted nobody: no run took them up, or none came to anything."""

    job: str
    start: datetime = field(name="from")
    end: datetime = field(name="to")
    slots: int
    reason: Literal["not_run"] = "not_run"


class Course(Struct, frozen=True, kw_only=True):
    """How a job ran, from the first slot that it filled to the last that is over."""

    job: str
    start: datetime | None = field(name="from")
    """None: it has filled none yet."""
    end: datetime = field(name="to")
    slots: int
    """So many were due."""
    run: int
    """In so many of them it ran."""
    share: float | None
    """The one of the other."""


class Series(Struct, frozen=True, kw_only=True):
    """An account that a job counts, or once did: from then on, each slot has a count or is in a gap."""

    account: str
    job: str
    start: datetime = field(name="from")
    """Its first slot."""


class Findings(Struct, frozen=True, kw_only=True):
    """Every gap, until the slots that are still open."""

    jobs: tuple[Course, ...] = ()
    series: tuple[Series, ...] = ()
    gaps: tuple[Gap, ...] = ()
    unasked: tuple[Gap, ...] = ()
    """Those whom the newest runs have not asked for: who has left the roster, is archived, or was left out. It becomes a
    gap when the account is asked for again."""
    not_run: tuple[Pause, ...] = ()
