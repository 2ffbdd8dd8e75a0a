"""Every error that headcount raises on purpose.

    HeadcountError              .exit_status, .again (when trying once more may help; None: never by itself)
    ├── Mistake            2    the command, the configuration or the roster is wrong: every fault at once
    ├── Locked             4    another run of the same job is under way
    ├── Unable             3    the work itself could not be done
    │   ├── StoreError          the store cannot be opened, read or written
    │   └── DeliveryError       a target could not be written
    │       └── Superseded      another publisher has put a newer set there meanwhile
    ├── NoReply                 a request brought no complete reply: .reason is its word in the closed list
    │   ├── Unreachable         DNS, TLS, connection, broken transfer, forbidden address
    │   ├── TooSlow             the deadline passed
    │   ├── TooBig              the body is larger than anything we ask for
    │   └── LeftAlone           not asked: others were refused in a way that holds for everybody
    ├── ShapeChanged            a reply lacks the shape that its source reads
    └── Exhausted               the allowance of a pool is used up until .again

Everything an outsider can cause ends in one of these; anything else is a bug of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from headcount.model import Reason


class HeadcountError(Exception):
    """The root: what happened, where, and what to do about it, in words for the reader."""

    exit_status = 3
    again: datetime | None = None


class Fault(Struct, frozen=True):
    """One thing that is wrong in a file that a person wrote."""

    file: str
    what: str
    line: int | None = None
    column: str | None = None
    hint: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f", line {self.line}"
        if self.column is not None:
            place += f", column {self.column}"
        return f"{place}: {self.what}" + (f" ({self.hint})" if self.hint else "")


class Mistake(HeadcountError):
    """The command, the configuration or the roster is wrong."""

    exit_status = 2

    def __init__(self, faults: Sequence[Fault] | str) -> None:
        self.faults = () if isinstance(faults, str) else tuple(faults)
        super().__init__(faults if isinstance(faults, str) else "\n".join(map(str, faults)))


class Locked(HeadcountError):
    """Another run of the same job is under way; it will do the work."""

    exit_status = 4


class Unable(HeadcountError):
    """The work itself could not be done."""


class StoreError(Unable):
    """The store cannot be opened, read or written."""


class DeliveryError(Unable):
    """A target could not be written; every reading is safe in the store, and the next publish catches up."""


class Superseded(DeliveryError):
    """Another publisher has put a newer set there meanwhile: nothing was rolled back."""


class NoReply(HeadcountError):
    """A request brought no complete reply."""

    reason: Reason = "unreachable"


class Unreachable(NoReply):
    """DNS, TLS, the connection or the transfer failed, or the address is one that must not be asked."""


class TooSlow(NoReply):
    """The whole exchange took longer than its deadline."""

    reason: Reason = "too_slow"


class TooBig(NoReply):
    """The body is larger than anything we ask for."""

    reason: Reason = "too_big"


class LeftAlone(NoReply):
    """Not asked: others were refused meanwhile in a way that holds for everybody; the reason is theirs."""

    def __init__(self, message: str, reason: Reason) -> None:
        super().__init__(message)
        self.reason = reason


class ShapeChanged(HeadcountError):
    """A reply lacks the shape that its source reads; the message names the path and shows what stood there."""


class Exhausted(HeadcountError):
    """The allowance of a pool is used up; `again` says until when."""

    def __init__(self, message: str, again: datetime) -> None:
        super().__init__(message)
        self.again = again
