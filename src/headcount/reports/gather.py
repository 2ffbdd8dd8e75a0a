"""Gathers a report from one moment of the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from headcount.model import HEADLINE, SIMULATED
from headcount.reports.audience import audience, days, movers, zeros
from headcount.reports.collected import collected
from headcount.reports.courses import Course, courses
from headcount.reports.digest import Digest, Doubt, Mended
from headcount.reports.happened import happened
from headcount.reports.period import Period
from headcount.reports.reached import coming, milestones
from headcount.reports.scope import Scope
from headcount.store.noticing import Remark
from headcount.store.reader import Reader

STATES = {"hold": "awaiting review", "accept": "released", "refuse": "refused"}


def gather(store: Reader, scope: Scope, period: Period, at: datetime) -> Digest:
    """The report of a period, as far as it is over at `at`."""
    start, until = period.start(scope.zone), min(period.end(scope.zone), at)
    news = happened(store, scope, start, until)
    known = courses(store, scope, period, news.recast)
    return Digest(
        organization=scope.organization,
        timezone=scope.timezone,
        period=period,
        until=until,
        simulated=any(_is_simulated(each) for each in known),
        audience=audience(known, period),
        days=days(known, period),
        movers=movers(known, period),
        passed=milestones(store, scope, start, until),
        coming=coming(known, period),
        zeros=tuple(zeros(known, period)),
        outages=news.outages,
        occurrences=news.occurrences,
        doubts=tuple(_doubts(store, scope, start, until)),
        collected=collected(store, scope, start, until),
        mended=tuple(_mended(store, scope, start, until)),
        arrived=tuple(each.account for each in known if each.arrived(period)),
        departed=tuple(each for _, each in sorted(scope.accounts.items()) if each.left and start <= each.left < until),
    )


def _is_simulated(course: Course) -> bool:
    return any(each.source.startswith(SIMULATED) for each in course.days)


def _doubts(store: Reader, scope: Scope, start: datetime, until: datetime) -> Iterator[Doubt]:
    """The readings that were held in the period, each with what became of it; said twice in a run, it is one."""
    held: dict[int, Remark] = {}
    newest: dict[int, Remark] = {}
    for each in store.remarks(start):
        newest[each.reading] = each
        if each.decision == "hold" and start <= each.at < until and _is_told(each, scope):
            held.setdefault(each.reading, each)
    for reading, each in held.items():
        if newest[reading].rule != "said_again":
            yield Doubt(scope.accounts[each.key], each.taken_at, STATES[newest[reading].decision])


def _is_told(remark: Remark, scope: Scope) -> bool:
    return remark.metric == HEADLINE and remark.key in scope.accounts


def _mended(store: Reader, scope: Scope, start: datetime, until: datetime) -> Iterator[Mended]:
    for each in store.corrections():
        if start <= each.at < until and each.key in scope.accounts:
            yield Mended(scope.accounts[each.key], each.at, each.taken_at, each.before, each.after, each.why)
