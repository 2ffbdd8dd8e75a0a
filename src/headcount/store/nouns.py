"""What the store knows of accounts over the years, and what people say of them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from headcount.model import Account, Past

MANUAL = "manual"
"""The source of a count that a person entered."""


class Held(Struct, frozen=True):
    """A handle that an account has had."""

    handle: str
    since: datetime
    """When it was first heard, or from when on a person says it."""
    by: str = ""
    """The person who says so; empty: the platform did."""


class Closure(Struct, frozen=True):
    """Why an account is no longer counted."""

    kind: Literal["archived", "handed over"]
    since: datetime
    why: str

    def __str__(self) -> str:
        return f"{self.kind} on {self.since:%Y-%m-%d}"


class Known(Struct, frozen=True):
    """An account that the store knows."""

    key: str
    platform: str
    handles: tuple[str, ...] = ()
    """Every handle it has been known by, each once, the newest last."""
    ids: dict[str, str] = {}
    """Its pinned ids, by scheme."""
    held: tuple[Held, ...] = ()
    """The handles as they followed one another, with their dates; one that it took up again stands there again."""
    closed: Closure | None = None

    @property
    def renamed(self) -> str | None:
        """The handle that a person says it has today; None where the platform has the last word."""
        return self.held[-1].handle if self.held and self.held[-1].by else None

    @property
    def today(self) -> tuple[str, ...]:
        """The handles by which it is still meant: after a hand-over, those that it has taken since.

        Where none was heard before, the first that was heard may be the one that passed on: then a person has to say.
        """
        if self.closed is None or self.closed.kind == "archived":
            return self.handles
        taken = [each for each in self.held if each.since > self.closed.since]
        certain = taken if len(taken) < len(self.held) else [each for each in taken if each.by]
        return tuple(each.handle for each in certain)


class Happening(Struct, frozen=True):
    """What became of an account, as a person says it."""

    kind: Literal["handle", "handover", "archive", "reopen"]
    """It goes by another handle; its handle has passed to another account; it is no longer counted; it is, after all."""
    at: datetime
    who: str
    why: str = ""
    handle: str = ""
    """The new one."""


class Listing(Struct, frozen=True):
    """How the roster lists an account, or listed it last."""

    key: str
    unit: str
    """The unit's id."""
    unit_name: str
    handle: str
    visibility: Literal["public", "internal"]
    relation: Literal["own", "peer"]
    until: datetime | None = None
    """When its last line was over, or it was found to have left the roster (UTC); None: it is there."""


class Entered(Struct, frozen=True):
    """A count that a person entered."""

    account: Account
    metric: str
    count: int
    at: datetime
    places: tuple[tuple[str, datetime], ...]
    """The jobs whose slots it fills."""
    who: str
    noted_at: datetime
    why: str = ""
    granularity: int = 1
    anew: bool = False
    """It stands instead of what was entered for that moment before; otherwise that would contradict it."""
    line: str = ""
    """Where it was read, for complaints: `counts.csv, line 3`."""


class Beside(Struct, frozen=True):
    """The public counts that a count which a person enters has to agree with."""

    before: Past | None
    """The newest one of the account and metric that is older."""
    slots: tuple[tuple[Past, ...], ...]
    """Those of each of its places, the one that is shown first."""
