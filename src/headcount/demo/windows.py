"""Counts calls against a platform's limits, by the clock that everything else goes by."""

from __future__ import annotations

from datetime import datetime

from headcount.clock import Clock
from headcount.demo.calls import Call
from headcount.demo.limits import Limit, Usage


class Windows:
    """The windows that are open: one a pool and caller."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: dict[tuple[str, str], Usage] = {}

    def spend(self, limit: Limit, call: Call, *, free: bool = False) -> Usage:
        """Count a call, unless it is free; what is used is more than the limit's amount once the window is used up."""
        whose = (limit.pool, limit.who(call))
        usage = self._current(limit, whose, self._clock.now())
        spent = Usage(limit.amount, usage.used + (0 if free else limit.cost(call)), usage.resets)
        self._open[whose] = spent
        return spent

    def _current(self, limit: Limit, whose: tuple[str, str], now: datetime) -> Usage:
        usage = self._open.get(whose)
        return usage if usage and now < usage.resets else Usage(limit.amount, 0, limit.ends(now))
