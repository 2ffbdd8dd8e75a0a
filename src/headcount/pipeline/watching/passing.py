"""Milestones, as they are noted: by which count an account passed one."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import datetime

from headcount.news.story import Story
from headcount.store.reader import Reader, Shown
from headcount.vitals import passing


def milestones(store: Reader, keys: Container[str], since: datetime, until: datetime) -> Iterator[Story]:
    """Milestones that those accounts have passed from `since` until before `until`, each by its first count."""
    return (_story(*found) for found in passing.milestones(store, keys, since, until))


def _story(milestone: int, count: Shown) -> Story:
    figures = {"passed": milestone, "count": count.count}
    return Story("milestone", "notice", count.key, str(milestone), count.taken_at, (count.key,), figures=figures)
