"""Who is to be asked now and in which order, what that would cost, and how long it may take."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from headcount.clock import INSTANT
from headcount.collect.cost import Estimate, estimate
from headcount.collect.plan import batches, ways
from headcount.collect.turn import Assignment
from headcount.model import EPOCH, HEADLINE, LAST, Account, Job
from headcount.pipeline.collecting.prices import MOST_IN_A_DAY, charging, price
from headcount.pipeline.house import House
from headcount.pipeline.offices import assignments
from headcount.store.reader import Row
from headcount.vitals.followers import followers

LONGEST_RUN = timedelta(hours=1)
"""A run lasts no longer, unless its plan says that it must; and never longer than half its slot."""


class Wanted(Struct, frozen=True):
    """What a run is narrowed to."""

    jobs: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    force: bool = False
    """Even those whose slot is done."""

    def admits(self, account: Account) -> bool:
        """Whether a run so narrowed asks for this account."""
        return (not self.platforms or account.platform in self.platforms) and (
            not self.accounts or account.key in self.accounts
        )


class Plan(Struct, frozen=True):
    """What asking for a job's accounts comes to, by each platform's first source."""

    estimates: tuple[Estimate, ...]
    time: timedelta
    """How long the run may last."""
    paid: frozenset[str]
    """The keys for which nothing more is charged today, once it has run."""


def due(house: House, job: Job, wanted: Wanted, slot: datetime) -> tuple[tuple[Account, ...], tuple[Row, ...]]:
    """Whom to ask for a slot, the most important first; and what fills it of those who are wanted, but are done with it.

    Among equals, whoever was counted longest ago comes first: where a pace does not let everyone through, all have
    their turn.
    """
    # An account that two units claim is in the roster twice, and is asked for once.
    priorities: dict[str, int] = {}
    accounts: dict[str, Account] = {}
    for entry, account in house.due(job):
        if wanted.admits(account):
            accounts[account.key] = account
            priorities[account.key] = min(entry.priority, priorities.get(account.key, LAST))
    filled = frozenset() if wanted.force else house.store.filled(job.name, slot)
    left = [account for account in accounts.values() if account.key not in filled]
    counted = {key: each.taken_at for key, each in followers(house.store, house.clock.now()).items()}
    left.sort(key=lambda account: (priorities[account.key], counted.get(account.key, EPOCH)))
    return tuple(left), _done(house, job, slot, filled & accounts.keys())


def _done(house: House, job: Job, slot: datetime, keys: frozenset[str]) -> tuple[Row, ...]:
    """What fills the slot of each, by key: a count before one that is held, and that before a miss."""
    if not keys:
        return ()
    rows = (row for row in house.store.fills(slot, slot + INSTANT) if row.job == job.name and row.metric == HEADLINE)
    best_last = sorted((row for row in rows if row.key in keys), key=lambda row: row.status, reverse=True)
    best = {row.key: row for row in best_last}
    return tuple(best[key] for key in sorted(best))


def plan(house: House, job: Job, wanted: Wanted, paid: frozenset[str] = frozenset()) -> Plan:
    """What asking them comes to; nothing is sent. `paid` are those whom a job before this one will have paid for."""
    slot = current_slot(house, job)
    accounts, _ = due(house, job, wanted, slot)
    return planned(house, job, slot, accounts, paid)


def planned(
    house: House, job: Job, slot: datetime, accounts: Sequence[Account], paid: frozenset[str] = frozenset()
) -> Plan:
    """What asking these accounts comes to, and how long it may take: as long as it must, within half the slot."""
    paid = paid.union(_paid(house, accounts))
    estimates: list[Estimate] = []
    for assignment in assignments(house.settings, tuple(accounts)):
        estimates += _estimates(assignment, paid)
    needed = max((each.lasts for each in estimates), default=timedelta()) * 1.1
    half = (house.cadence(job).end(slot) - slot) / 2
    time = min(half, max(LONGEST_RUN, needed))
    return Plan(tuple(estimates), time, paid.union(account.key for account in accounts))


def _estimates(assignment: Assignment, paid: Container[str]) -> Iterator[Estimate]:
    """By the first source that can count everybody; one that counts one's own account leaves the others to the next."""
    office, left = assignment.office, assignment.accounts
    for entries in ways(office):
        yield from estimate(office.platform.slug, batches(entries, left), office.options, paid)
        if not entries[0].own:
            return
        left = left[1:]


def current_slot(house: House, job: Job) -> datetime:
    """The slot that it is time for (UTC)."""
    return house.cadence(job).slot(house.clock.now())


def _paid(house: House, accounts: Iterable[Account]) -> Iterator[str]:
    """Those for whom nothing more is charged today."""
    now = house.clock.now()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    charged = {(account.key, HEADLINE): account.platform for account in accounts if charging(account.platform)}
    readings = house.store.pasts(charged, today, MOST_IN_A_DAY) if charged else {}
    for column, slug in charged.items():
        if not any(price(slug, source, readings.get(column, ()), now) for source in charging(slug)):
            yield column[0]
