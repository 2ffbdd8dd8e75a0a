"""An outcome on its way into a slot."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from headcount.store.rows import Values

Track = tuple[int, int, int]
"""A job, an account and a metric."""


class Entry(Struct, frozen=True):
    """An outcome on its way into a slot, as rows without their numbers: a reading, perhaps with a decision, or a miss."""

    job: int
    account: int
    metric: int
    slot: datetime
    run: int | None
    reading: Values | None = None
    decision: Values | None = None
    miss: Values | None = None

    @property
    def track(self) -> Track:
        """Whose slot it is."""
        return self.job, self.account, self.metric
