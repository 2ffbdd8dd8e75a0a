"""What a run of a job came to."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from headcount.model import KNOWN_ABSENCES, Fill, Miss, Run, Tally
from headcount.store.reader import Row

UNANSWERED = frozenset(
    {
        "unreachable", "too_slow", "blocked", "rate_limited", "quota_exhausted",
        "payment_required", "bad_credentials", "missing_permission", "shape_changed", "too_big",
    }
)  # fmt: skip
"""Reasons that say something of the asking, or of us, and nothing of the account."""


class Turnout(Struct, frozen=True):
    """What a run of a job came to."""

    job: str
    slot: datetime
    done_before: tuple[Row, ...]
    """What fills the slot of each account whose slot was done already."""
    fills: tuple[Fill, ...] = ()
    run: Run | None = None
    """None: nobody was due."""
    tally: Tally = Tally()
    strangers: tuple[str, ...] = ()
    """What the job means and the roster does not have, each in a sentence."""
    notices: tuple[str, ...] = ()
    """What people should know, each in a sentence that says what to do; none of it is a failure of the run."""

    def misses(self) -> tuple[Miss, ...]:
        """Why accounts have no count, known absences included."""
        return tuple(fill.outcome.said for fill in self.fills if isinstance(fill.outcome.said, Miss))

    @property
    def exit_status(self) -> int:
        """0: everyone is accounted for; 1: some have no count; 3: nobody has one in this slot, and that is not the accounts' doing."""
        failures = [miss for miss in self.misses() if miss.reason not in KNOWN_ABSENCES]
        if not failures:
            return 1 if self.strangers else 0
        if self._has_counted():
            return 1
        return 3 if any(miss.reason in UNANSWERED for miss in failures) else 1

    def _has_counted(self) -> bool:
        """Whether anybody has a count in this slot, by this run or by one before."""
        return self.tally.readings + self.tally.held > 0 or any(row.count is not None for row in self.done_before)
