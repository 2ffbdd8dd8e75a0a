"""How many followers accounts have, as everybody may know it."""

from __future__ import annotations

from datetime import datetime

from headcount.model import HEADLINE
from headcount.store.reader import Reader, Shown


def followers(store: Reader, at: datetime) -> dict[str, Shown]:
    """The newest public count of each account's followers that there was at `at`, by key."""
    return {each.key: each for each in store.latest(at) if each.metric == HEADLINE}
