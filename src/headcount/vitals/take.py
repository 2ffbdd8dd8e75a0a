"""Takes the vitals: everything that is asked of the store for them is asked here, in one moment of it."""

from __future__ import annotations

from datetime import datetime

from headcount.store.reader import Reader
from headcount.vitals.signs import Expectation, Vitals


def take(store: Reader, expected: Expectation, at: datetime) -> Vitals:
    """How everything is that should be there."""
    raise NotImplementedError
