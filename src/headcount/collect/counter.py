"""Where the batches of one source are handed in: how many at a time, and until when."""

from __future__ import annotations

import asyncio

from headcount.collect.attend import Desk
from headcount.collect.drive import Ask
from headcount.platforms.kit.contract import Refusal

AT_ONCE = 32
"""Exchanges with one source under way at a time."""

TROUBLES = 5
"""So many batches in a row without an answer, and the source is left alone for this run."""


class Counter:
    """A source while it is asked, or one server of it: what asks and a desk for each of its ways, and whether it has shut."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.asks: dict[int, Ask] = {}
        self.desks: dict[int, Desk] = {}
        self.shut: Refusal | None = None
        self.places = asyncio.Semaphore(AT_ONCE)
        self._troubles = 0

    def note(self, refusal: Refusal | None) -> None:
        """What a batch ended with: one refusal can mean that nobody else need come."""
        troubled = refusal is not None and refusal.reason in ("unreachable", "too_slow")
        self._troubles = self._troubles + 1 if troubled else 0
        if refusal and (refusal.scope != "batch" or self._troubles >= TROUBLES):
            self.shut = refusal
