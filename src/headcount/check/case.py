"""What the rules look at: a reading, and beside it what was accepted and what is held of its series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from itertools import pairwise, takewhile

from msgspec import Struct

from headcount.model import Past, replying

RECENT = timedelta(days=30)
"""An older reading says nothing about what is plausible today."""

COURSE = 168
"""The readings from which the usual rate is taken: a week of hours."""

FEWEST = 24
"""With fewer readings nobody knows what is usual."""

CLOSE = timedelta(minutes=30)
"""Readings that are closer together, as those of two jobs are, say nothing of a rate."""

HOUR = timedelta(hours=1)


def same_way(one: Past, other: Past) -> bool:
    """Whether two were counted by one source, as finely, and rounded to the same side; else a segment lies between."""
    this, that = one.count, other.count
    if this.granularity != that.granularity or this.rounding != that.rounding:
        return False
    return one.source == other.source or replying(one.source) == replying(other.source)


class Neighbour(Struct, frozen=True):
    """Another account of the platform, by the same metric."""

    key: str
    shown: int | None = None
    """Its newest public count."""
    said: int | None = None
    """What was said of it in this run, or is held."""
    doubtful: bool = False
    """Whether that is held."""


class Case(Struct, frozen=True, dict=True):
    """A reading to be judged, and the live readings of its series before it, oldest first."""

    past: Sequence[Past]
    now: Past
    redefined: str = ""
    """What the platform has counted otherwise since the accepted reading before; empty: nothing."""
    others: Sequence[Neighbour] = ()
    """The platform's other accounts; looked up only where this one is off its course."""

    @cached_property
    def month(self) -> list[Past]:
        """What was accepted, as far back as it was looked up."""
        return [each for each in self.past if not each.held]

    @cached_property
    def accepted(self) -> list[Past]:
        """What was accepted, as far back as the usual course is taken from."""
        return self.month[-COURSE - 1 :]

    @cached_property
    def last(self) -> Past | None:
        """The newest accepted reading, where it is recent."""
        newest = self.accepted[-1:]
        return newest[0] if newest and self.now.at - newest[0].at <= RECENT else None

    @cached_property
    def held(self) -> list[Past]:
        """What is held since the newest accepted reading, newest first."""
        return list(takewhile(lambda each: each.held, reversed(self.past)))

    @cached_property
    def held_of_its_own(self) -> list[Past]:
        """What is held since its own source was accepted last, newest first, whatever another source said meanwhile."""
        own = (each for each in reversed(self.past) if replying(each.source) == replying(self.now.source))
        return list(takewhile(lambda each: each.held, own))

    @cached_property
    def apart(self) -> list[Past]:
        """The accepted readings that are not close to the next one, or to this one."""
        found = [self.now]
        for each in reversed(self.accepted):
            if found[-1].at - each.at >= CLOSE:
                found.append(each)
        return found[:0:-1]

    @cached_property
    def rates(self) -> list[float]:
        """Heads an hour from one of these to the next, where both were counted in one way."""
        return [rate(earlier, later) for earlier, later in pairwise(self.apart) if same_way(earlier, later)]

    @property
    def before(self) -> Case | None:
        """The newest of the accepted readings that are not close to this one, as it was when it was new."""
        if not self.apart:
            return None
        newest = self.apart[-1]
        return Case([each for each in self.past if each.at < newest.at], newest)


def rate(earlier: Past, later: Past) -> float:
    """Heads an hour; what comes in less than an hour is taken for an hour's."""
    return (later.count.value - earlier.count.value) / max((later.at - earlier.at) / HOUR, 1.0)
