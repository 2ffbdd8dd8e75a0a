"""One run of a job: who is due is asked, what they are answered is judged, and the store keeps it as it comes."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from headcount import platforms
from headcount.check.judge import judge
from headcount.check.rules import RECENT
from headcount.collect.courier import Budget
from headcount.collect.plan import Estimate, batches, estimate, ways
from headcount.collect.run import collect
from headcount.collect.turn import Assignment, Event, Means
from headcount.model import HEADLINE, KNOWN_ABSENCES, Account, Fill, Job, Miss, Outcome, Reading, Run, Tally, Verdict
from headcount.net.client import Client
from headcount.pipeline.house import House
from headcount.pipeline.offices import assignments

Listener = Callable[[Event], None]


def nobody(event: Event) -> None:
    """Listens to nothing."""


LONGEST_RUN = timedelta(hours=1)
"""Nothing is waited for longer than that, or than half the slot."""

UNANSWERED = frozenset(
    {
        "unreachable", "too_slow", "blocked", "rate_limited", "quota_exhausted",
        "payment_required", "bad_credentials", "missing_permission",
    }
)  # fmt: skip
"""Reasons that say something of the asking, and nothing of the account."""


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


class Turnout(Struct, frozen=True):
    """What a run of a job came to."""

    job: str
    slot: datetime
    done_before: int
    """Accounts whose slot was done already."""
    fills: tuple[Fill, ...] = ()
    run: Run | None = None
    """None: nobody was due."""
    tally: Tally = Tally()

    def misses(self) -> tuple[Miss, ...]:
        """Why accounts have no count, known absences included."""
        return tuple(fill.outcome.said for fill in self.fills if isinstance(fill.outcome.said, Miss))

    @property
    def exit_status(self) -> int:
        """0: everyone is accounted for; 1: some have no count; 3: nobody could be asked at all."""
        failures = [miss for miss in self.misses() if miss.reason not in KNOWN_ABSENCES]
        if not failures:
            return 0
        nothing = self.tally.readings + self.tally.held == 0
        return 3 if nothing and all(miss.reason in UNANSWERED for miss in failures) else 1


def due(house: House, job: Job, wanted: Wanted) -> tuple[tuple[Account, ...], int]:
    """Whom to ask now; and how many more are wanted, but their slot is done."""
    # An account that two units claim is in the roster twice, and is asked for once.
    accounts = {account.key: account for _, account in house.due(job) if wanted.admits(account)}.values()
    filled = frozenset() if wanted.force else house.store.filled(job.name, _slot(house, job))
    left = tuple(account for account in accounts if account.key not in filled)
    return left, len(accounts) - len(left)


def plan(house: House, job: Job, wanted: Wanted) -> tuple[Estimate, ...]:
    """What asking them comes to, by each platform's first source; nothing is sent."""
    accounts, _ = due(house, job, wanted)
    planned: list[Estimate] = []
    for assignment in assignments(house.settings, accounts):
        first = next(iter(ways(assignment.office)), ())
        planned += estimate(assignment.office.platform.slug, batches(first, assignment.accounts))
    return tuple(planned)


async def collect_job(house: House, job: Job, wanted: Wanted, listen: Listener) -> Turnout:
    """One run of a job, alone. What is answered is in the store as soon as it is known.

    Raises:
        Locked: where another run of the job is under way.
    """
    with house.store.lock(job.name):
        slot = _slot(house, job)
        accounts, done = due(house, job, wanted)
        if not accounts:
            return Turnout(job.name, slot, done)
        run = house.store.begin(job.name, slot, house.clock.now())
        ledger = _Ledger(house, job, run)
        await _ask(house, job, assignments(house.settings, accounts), ledger, listen)
        house.store.finish(run.id, house.clock.now(), ledger.tally())
        return Turnout(job.name, slot, done, tuple(ledger.fills), run, ledger.tally())


async def _ask(house: House, job: Job, asked: Sequence[Assignment], ledger: _Ledger, listen: Listener) -> None:
    now = house.clock.now()
    until = now + min(LONGEST_RUN, (house.cadence(job).end(_slot(house, job)) - _slot(house, job)) / 2)
    async with Client(house.settings.http, house.clock) as client:
        means = Means(client.send, house.store, house.clock, until, ledger.budget)
        async for events in collect(asked, means):
            await asyncio.to_thread(ledger.keep, [event for event in events if isinstance(event, Outcome)])
            for event in events:
                listen(event)


class _Ledger:
    """Keeps a run's outcomes, judged, and adds them up."""

    def __init__(self, house: House, job: Job, run: Run) -> None:
        self._house, self._job, self._run = house, job, run
        self._started = house.clock.monotonic()
        self.budget = Budget()
        self.fills: list[Fill] = []

    def keep(self, outcomes: Iterable[Outcome]) -> None:
        """Append outcomes to the store; when this returns they are on the disk."""
        fills = [Fill(self._job.name, self._run.slot, outcome, self._verdict(outcome)) for outcome in outcomes]
        if fills:
            self._house.store.append(self._run.id, fills)
            self.fills += fills

    def tally(self) -> Tally:
        """What the run has come to so far."""
        readings = [fill for fill in self.fills if isinstance(fill.outcome.said, Reading)]
        headline = [fill for fill in readings if _metric(fill) == HEADLINE]
        held = sum(1 for fill in headline if fill.verdict and fill.verdict.decision != "accept")
        return Tally(
            readings=len(headline) - held,
            held=held,
            misses=dict(
                Counter(fill.outcome.said.reason for fill in self.fills if isinstance(fill.outcome.said, Miss))
            ),
            requests=self.budget.requests,
            retries=self.budget.retries,
            seconds=round(self._house.clock.monotonic() - self._started, 3),
            micros=sum(_price(fill.outcome) for fill in headline),
        )

    def _verdict(self, outcome: Outcome) -> Verdict | None:
        if isinstance(outcome.said, Miss):
            return None
        reading = outcome.said
        past = self._house.store.past(reading.account.key, reading.metric, outcome.at - RECENT)
        return judge(past, reading.count, outcome.at)


def _metric(fill: Fill) -> str:
    return fill.outcome.said.metric if isinstance(fill.outcome.said, Reading) else ""


def _price(outcome: Outcome) -> int:
    """What the platform charges for it, in millionths of a dollar; what is simulated costs nothing."""
    sources = platforms.platform(outcome.account.platform).sources
    return next((source.micros for source in sources if source.name == outcome.source), 0)


def _slot(house: House, job: Job) -> datetime:
    return house.cadence(job).slot(house.clock.now())
