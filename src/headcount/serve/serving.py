"""How an installation is served: all that the API is told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from msgspec import Struct

from headcount.clock import SYSTEM, Clock
from headcount.store.reader import Reader
from headcount.vitals.signs import Slots


class Serving(Struct, frozen=True):
    """How an installation is served."""

    open: Callable[[], Reader]
    """Opens the store, for reading alone; each worker does so once."""
    press: Path
    """Where editions are printed."""
    timezone: str
    """Whose days are meant where a question names no zone."""
    base_path: str = "/api/social-media"
    """Of everything but `/healthz` and `/metrics`; empty, or a slash and more."""
    origins: tuple[str, ...] = ("*",)
    """Whose pages may read it; `*`: anyone's."""
    periods: Mapping[str, timedelta] = {}
    """How often each job counts, by its name."""
    cadences: Mapping[str, Slots] = {}
    """The slots of each job."""
    targets: tuple[str, ...] = ()
    """Where files are published, by name."""
    sources: Mapping[str, tuple[str, ...]] = {}
    """The sources of each platform that can be asked, best first."""
    has_metrics: bool = True
    """Whether everybody may have the figures for Prometheus, at `/metrics`."""
    max_age: timedelta = timedelta(days=7)
    """A count older than this is in no total."""
    patience: float = 30.0
    """Seconds in which a client has to take a piece of an answer."""
    clock: Clock = SYSTEM

    @property
    def shortest(self) -> timedelta:
        """How often something is counted."""
        return min(self.periods.values(), default=timedelta(days=1))

    @property
    def longest(self) -> timedelta:
        """How often anything is counted at the least."""
        return max(self.periods.values(), default=timedelta(days=1))
