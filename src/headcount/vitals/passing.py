"""Milestones that accounts have passed, as every report, feed and message tells of them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import datetime
from itertools import chain, groupby
from operator import attrgetter

from headcount.measure.milestones import may_have_passed, passages
from headcount.model import EPOCH, HEADLINE
from headcount.store.reader import Reader, Shown
from headcount.vitals.followers import followers


def milestones(store: Reader, keys: Container[str], since: datetime, until: datetime) -> Iterator[tuple[int, Shown]]:
    """The milestones that those accounts have passed, each with the count by which it did, taken from `since` before `until`."""
    for key in _candidates(store, keys, since, until):
        counts = (each for each in store.counts(key, EPOCH, until) if each.metric == HEADLINE)
        yield from ((milestone, each) for milestone, each in passages(counts) if each.taken_at >= since)


def _candidates(store: Reader, keys: Container[str], since: datetime, until: datetime) -> Iterator[str]:
    """Who may have passed one, by the counts of that time and the one before: few, so that few are read from their beginning."""
    before = followers(store, since)
    lately = (each for each in store.counts(None, since, until) if each.metric == HEADLINE and each.key in keys)
    for key, counts in groupby(lately, key=attrgetter("key")):
        if may_have_passed(chain([before[key]] if key in before else [], counts)):
            yield key
