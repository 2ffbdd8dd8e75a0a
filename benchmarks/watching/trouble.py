"""What can be the matter with the world, as plain values: the answers of platforms, the machine, and the people at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from benchmarks.watching.people import Person
from headcount.model import Count, Reason
from headcount.platforms.kit.contract import Refusal

Shown = Callable[[Person, datetime], Count]
"""What a platform shows of an account then."""


class Trouble(Struct, frozen=True):
    """All that is wrong at a time; by default nothing is."""

    refusals: Mapping[str, Refusal] = {}
    """Ways of asking that refuse, as `twitter.api`."""
    misses: Mapping[str, tuple[Reason, str]] = {}
    """Accounts that there is no count of, by key: why, and what was said."""
    shows: Mapping[str, Shown] = {}
    """Accounts that something else is shown of."""
    ids: Mapping[str, str] = {}
    """Accounts that answer with another stable id."""
    handles: Mapping[str, str] = {}
    """Accounts that go by another handle, under their own id."""
    pages: bool = False
    """Where an API refuses, the platform's page is asked."""
    flapping: tuple[str, ...] = ()
    """Accounts that fail for two hours, and are well for two."""
    killed: bool = False
    """Each run is killed when half of its platforms are asked."""
    asleep: bool = False
    """Nobody starts any run."""
    only: tuple[str, ...] = ()
    """Runs are narrowed to these platforms; empty: they are not."""
    target_fault: str = ""
    """Why the target cannot be written."""
    unpublished: bool = False
    """Nobody publishes."""
    roster: str = ""
    """What the roster file holds in place of a roster."""
    full: float = 0.4
    """The share of the store's disk that is used."""
    stepped: timedelta = timedelta()
    """How wrong the machine's clock is."""
    deaf: frozenset[str] = frozenset()
    """Channels that take no letter."""
    expiries: Mapping[str, date] = {}
    """The last days of credentials, as far as they are near."""


def flaps(at: datetime) -> bool:
    """Whether who flaps fails then."""
    return at.hour % 4 < 2
