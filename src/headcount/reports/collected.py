"""What was counted out of what was due. An account is due in every slot of a job from when the job first asked for it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct, field

from headcount.model import HEADLINE, KNOWN_ABSENCES
from headcount.reports.digest import Collected
from headcount.reports.scope import Listed, Scope
from headcount.store.reader import Reader, Row

EARLIER = timedelta(days=8)
"""Before the period: whom a job asked for then is due from the period's beginning, whatever ran in it."""

RANK = {"missed": 0, "refused": 1, "held": 2, "accepted": 3}
"""Of several attempts at a slot the best counts."""


class Tally(Struct):
    """What became of the slots of an account."""

    due: int
    counted: int = 0
    held: int = 0
    missed: Counter[str] = field(default_factory=Counter)

    def take(self, row: Row) -> None:
        """A slot, as it stands."""
        if row.status == "accepted":
            self.counted += 1
        elif row.status == "held":
            self.held += 1
        elif row.reason in KNOWN_ABSENCES:
            self.due -= 1
        else:
            self.missed[row.reason or "refused"] += 1


def collected(store: Reader, scope: Scope, start: datetime, until: datetime) -> tuple[Collected, ...]:
    """By job, of the slots that began from `start` on and were over at `until`."""
    found: dict[str, dict[str, dict[datetime, Row]]] = {job: {} for job in scope.jobs}
    for row in store.fills(start - EARLIER, until):
        if row.job in found and row.metric == HEADLINE and row.key in scope.accounts:
            slots = found[row.job].setdefault(row.key, {})
            slots[row.slot] = _better(slots.get(row.slot), row)
    return tuple(each for job, fills in found.items() for each in _of_job(scope, job, fills, start, until))


def _better(one: Row | None, other: Row) -> Row:
    return other if one is None or RANK[other.status] >= RANK[one.status] else one


def _of_job(
    scope: Scope, job: str, fills: Mapping[str, Mapping[datetime, Row]], start: datetime, until: datetime
) -> Iterator[Collected]:
    slots = tuple(_slots(scope, job, start, until))
    asked = fills or {key: {} for key, jobs in scope.counted_by.items() if job in jobs and key in scope.accounts}
    tallies = {key: _tally(scope.accounts[key], slots, asked[key]) for key in sorted(asked)}
    yield _sum(job, "", tallies.values())
    for name in sorted({scope.accounts[key].platform for key in tallies}):
        yield _sum(job, name, (each for key, each in tallies.items() if scope.accounts[key].platform == name))


def _tally(account: Listed, slots: Sequence[datetime], fills: Mapping[datetime, Row]) -> Tally:
    begins = min(fills, default=slots[0] if slots else None)
    first = bisect_left(slots, begins) if begins else 0
    last = bisect_left(slots, account.left) if account.left else len(slots)
    due = slots[first:last]
    tally = Tally(len(due))
    for slot in due:
        if slot in fills:
            tally.take(fills[slot])
    return tally


def _sum(job: str, platform: str, tallies: Iterable[Tally]) -> Collected:
    each = tuple(tallies)
    due, counted, held = sum(t.due for t in each), sum(t.counted for t in each), sum(t.held for t in each)
    missed = sum((t.missed for t in each), Counter[str]())
    return Collected(
        job=job,
        platform=platform,
        accounts=sum(1 for t in each if t.due),
        due=due,
        counted=counted,
        held=held,
        missed=dict(missed.most_common()),
        not_asked=due - counted - held - missed.total(),
    )


def _slots(scope: Scope, job: str, start: datetime, until: datetime) -> Iterator[datetime]:
    cadence = scope.jobs[job]
    slot = cadence.slot(start)
    while cadence.end(slot) <= until:
        if slot >= start:
            yield slot
        slot = cadence.end(slot)
