"""Milestones: by which count an account passed one, that had not reached it before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from headcount.measure.milestones import at_least, passed
from headcount.model import EPOCH, HEADLINE, replying
from headcount.news.story import Story
from headcount.store.reader import Reader, Shown
from headcount.vitals.followers import followers
from headcount.watch.look import Look


def milestones(store: Reader, look: Look, since: datetime) -> Iterator[Story]:
    """Milestones that were passed since for certain, however finely a count is known, each by its first count."""
    for counts in _candidates(store, look, since):
        yield from _passed(counts, since)


def _candidates(store: Reader, look: Look, since: datetime) -> Iterator[Iterable[Shown]]:
    """All counts of whoever may have passed one; of whoever was not counted before, those are of this time."""
    before, until = followers(store, since), look.at + datetime.resolution
    now = {each.key: at_least(each.count or 0, each.granularity) for each in look.accounts()}
    for key in now.keys() & before.keys():
        if passed(_certain(before[key]), now[key]):
            yield store.counts(key, EPOCH, until)
    new = {key for key in now.keys() - before.keys() if passed(0, now[key])}
    if new:
        lately = (each for each in store.counts(None, since, until) if each.key in new)
        yield from (counts for _, counts in groupby(lately, key=attrgetter("key")))


def _passed(counts: Iterable[Shown], since: datetime) -> Iterator[Story]:
    """What was passed by the counts of one source, and had not been reached before by those of any."""
    most: dict[str, int] = {}
    reached = 0
    for each in (count for count in counts if count.metric == HEADLINE):
        source, now = replying(each.source), _certain(each)
        milestone = passed(max(most.get(source, now), reached), now)
        if milestone and each.taken_at >= since:
            yield _story(each, milestone)
        most[source] = max(most.get(source, 0), now)
        reached = reached if each.taken_at >= since else max(reached, now)


def _certain(count: Shown) -> int:
    return at_least(count.count, count.granularity)


def _story(count: Shown, milestone: int) -> Story:
    figures = {"passed": milestone, "count": _certain(count)}
    return Story("milestone", "notice", count.key, str(milestone), count.taken_at, (count.key,), figures=figures)
