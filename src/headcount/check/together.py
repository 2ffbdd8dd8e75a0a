"""What the readings of one platform say together: a purge, a fault, or nothing more than each says alone."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Literal

from msgspec import Struct

FEWEST = 3
"""Fewer accounts than that say nothing of their platform."""

PART = 1 / 3
"""The part of a platform's counted accounts that has to agree."""

SLIGHTEST, STEEPEST = 0.003, 0.35
"""The shares that a removal of fake or dormant followers takes from an account."""

PURE = 0.75
"""The part of what changed that has to have fallen so: in a purge nearly nobody rises."""

SPREAD = 0.1
"""The shares of a purge differ by that part of the usual one: accounts have more fakes, or fewer. A fault takes alike."""

DIGITS = 3
"""A count with no more digits than that before its zeros was rounded."""


class Change(Struct, frozen=True):
    """What an account's count became in a run."""

    key: str
    before: int
    """The accepted count before."""
    now: int
    held: bool

    @property
    def fallen(self) -> float:
        """The share of its followers that it lost; less than 0 where it gained."""
        return 1 - self.now / self.before if self.before else 0.0


def together(changes: Sequence[Change], counted: int) -> Literal["purge", "fault"] | None:
    """What it means that so many readings of one platform changed in one run, of the `counted` accounts that it has there.

    A **purge** is the platform removing followers: many fall by a modest share, each by its own. A **fault** is the
    parser's or the platform's: many are held at once, and not as in a purge.
    """
    each = tuple({change.key: change for change in changes}.values())
    if _is_purge(each, counted):
        return "purge"
    return "fault" if many(sum(change.held for change in each), counted) else None


def many(accounts: int, counted: int) -> bool:
    """Whether so many accounts, of the `counted` ones of a platform, say something of the platform."""
    return accounts >= max(FEWEST, PART * counted)


def _is_purge(changes: Sequence[Change], counted: int) -> bool:
    fallen = [change for change in changes if SLIGHTEST <= change.fallen <= STEEPEST and not _abbreviated(change)]
    return many(len(fallen), counted) and len(fallen) >= PURE * len(changes) and differ(fallen)


def differ(fallen: Sequence[Change]) -> bool:
    """Whether each fell by a share of its own, to a number of its own: a fault takes the same share of all."""
    shares = [change.fallen for change in fallen]
    return max(shares) - min(shares) >= SPREAD * median(shares) and len({change.now for change in fallen}) > 1


def _abbreviated(change: Change) -> bool:
    """A fall to a round number, where there was none before, is an abbreviation's."""
    return _is_round(change.now) and not _is_round(change.before)


def _is_round(count: int) -> bool:
    return count % 10 ** max(len(str(count)) - DIGITS, 0) == 0 and len(str(count)) > DIGITS
