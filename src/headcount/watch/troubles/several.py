"""Several accounts in one trouble: whose they are, since when it is so, and platform by platform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from headcount.vitals.signs import AccountSigns

Several = tuple[AccountSigns, ...]


def by_platform(accounts: Iterable[AccountSigns]) -> Iterator[tuple[str, Several]]:
    """The accounts of each platform, by its slug."""
    platform = attrgetter("platform")
    return ((slug, tuple(group)) for slug, group in groupby(sorted(accounts, key=platform), key=platform))


def keys(accounts: Iterable[AccountSigns]) -> tuple[str, ...]:
    """The keys of accounts, in order."""
    return tuple(sorted(each.key for each in accounts))


def earliest(accounts: Iterable[AccountSigns]) -> datetime | None:
    """Since when the first of them is as it is."""
    return min((each.since for each in accounts if each.since), default=None)
