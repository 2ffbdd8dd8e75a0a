"""What the newest readings of each platform say together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from headcount.check.together import Change, together
from headcount.model import HEADLINE, Run
from headcount.store.reader import Reader, Row
from headcount.vitals.followers import followers
from headcount.vitals.signs import Vitals
from headcount.watch.look import Together

LATELY = timedelta(days=1)


def jointly(store: Reader, vitals: Vitals, at: datetime) -> Mapping[str, Together]:
    """What each platform's readings of one run say together, where they say anything; of several runs the newest."""
    runs = sorted((run for run in store.runs() if run.started > at - LATELY), key=_started)
    with store.moment() as moment:
        newest = [row for row in moment.newest(at) if row.metric == HEADLINE and row.count is not None]
        return {slug: found for run in runs for slug, found in _of_run(moment, vitals, run, newest)}


def _started(run: Run) -> datetime:
    return run.started


def _of_run(store: Reader, vitals: Vitals, run: Run, newest: Iterable[Row]) -> Iterator[tuple[str, Together]]:
    rows = [row for row in newest if row.run == run.id]
    before = _before(store, run) if rows else {}
    changes = [_change(row, before[row.key]) for row in rows if row.count != before.get(row.key, row.count)]
    for slug in {each.platform for each in vitals.accounts}:
        counted = {each.key for each in vitals.accounts if each.platform == slug} & before.keys()
        if found := _together(changes, counted, run.started):
            yield slug, found


def _before(store: Reader, run: Run) -> dict[str, int]:
    """The public counts that there were when a run began, by key."""
    return {key: each.count for key, each in followers(store, run.started).items()}


def _together(changes: Iterable[Change], counted: Collection[str], at: datetime) -> Together | None:
    here = [each for each in changes if each.key in counted]
    what = together(here, len(counted))
    return Together(what, tuple(sorted(each.key for each in here)), at) if what else None


def _change(row: Row, before: int) -> Change:
    return Change(row.key, before, row.count or 0, held=row.status == "held")
