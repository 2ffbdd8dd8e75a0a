"""Who is to be asked now, and what that would cost."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from headcount.collect.plan import Estimate, batches, estimate, ways
from headcount.model import Account, Job
from headcount.pipeline.house import House
from headcount.pipeline.offices import assignments


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


def due(house: House, job: Job, wanted: Wanted, slot: datetime) -> tuple[tuple[Account, ...], int]:
    """Whom to ask for a slot; and how many more are wanted, but are done with it."""
    # An account that two units claim is in the roster twice, and is asked for once.
    accounts = {account.key: account for _, account in house.due(job) if wanted.admits(account)}.values()
    filled = frozenset() if wanted.force else house.store.filled(job.name, slot)
    left = tuple(account for account in accounts if account.key not in filled)
    return left, len(accounts) - len(left)


def plan(house: House, job: Job, wanted: Wanted) -> tuple[Estimate, ...]:
    """What asking them comes to, by each platform's first source; nothing is sent."""
    accounts, _ = due(house, job, wanted, current_slot(house, job))
    planned: list[Estimate] = []
    for assignment in assignments(house.settings, accounts):
        first = next(iter(ways(assignment.office)), ())
        planned += estimate(assignment.office.platform.slug, batches(first, assignment.accounts))
    return tuple(planned)


def current_slot(house: House, job: Job) -> datetime:
    """The slot that it is time for (UTC)."""
    return house.cadence(job).slot(house.clock.now())
