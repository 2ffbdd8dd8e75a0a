"""One run of a job: who is due is asked, what they are answered is judged, and the store keeps it as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from datetime import datetime
from functools import partial

from msgspec import Struct, structs

from headcount.collect.turn import Assignment, Event, Means, Refused
from headcount.model import Job, Outcome, Reading
from headcount.net.client import Client
from headcount.pipeline.collecting.asking_again import Second
from headcount.pipeline.collecting.attendance import attended
from headcount.pipeline.collecting.due import Wanted, current_slot, due, planned
from headcount.pipeline.collecting.ledger import Ledger
from headcount.pipeline.collecting.notices import notices
from headcount.pipeline.collecting.timekeeper import Timekeeper
from headcount.pipeline.collecting.turnout import Turnout
from headcount.pipeline.collecting.witness import Witness
from headcount.pipeline.hidden import hidden
from headcount.pipeline.house import House
from headcount.pipeline.offices import assignments
from headcount.roster.select import unmatched

Listener = Callable[[Event], None]


def nobody(event: Event) -> None:
    """Listens to nothing."""


async def collect_job(house: House, job: Job, wanted: Wanted, listen: Listener) -> Turnout:
    """One run of a job, alone. What is answered is in the store as soon as it is known.

    Raises:
        Locked: where another run of the job is under way.
    """
    with house.store.lock(job.name):
        slot = current_slot(house, job)
        accounts, done = due(house, job, wanted, slot)
        strangers = unmatched(house.people, house.roster.units, job.accounts)
        if not accounts:
            return Turnout(job.name, slot, done, strangers=strangers, notices=notices(house, job, ()))
        run = house.store.begin(job.name, slot, house.clock.now())
        ledger = Ledger(house, job, run, [account for _, account in house.people])
        until = run.started + planned(house, job, slot, accounts).time
        witness, timekeeper = Witness(house, run), Timekeeper()
        await Hearing(house, ledger, witness, timekeeper, listen).ask(assignments(house.settings, accounts), until)
        tally = ledger.tally()
        house.store.attend(run.id, attended(ledger.fills, ledger.refusals), house.clock.now())
        house.store.finish(run.id, house.clock.now(), tally)
        told = (*notices(house, job, ledger.fills), *witness.notices(), *timekeeper.notices())
        return Turnout(job.name, slot, done, tuple(ledger.fills), run, tally, strangers, told)


class Hearing(Struct, frozen=True):
    """A run while it asks: what is said is kept, attested and told as it comes."""

    house: House
    ledger: Ledger
    witness: Witness
    timekeeper: Timekeeper
    listen: Listener

    async def ask(self, asked: Sequence[Assignment], until: datetime) -> None:
        """Ask everybody, and once more about whoever's count is doubted."""
        async with Client(self.house.settings.http, self.house.clock) as client:
            means = self._means(client, until)
            await self._hear(asked, means)
            afresh = structs.replace(means, drawer=None)
            second = Second(self.house.settings, self.house.clock, until)
            await second.ask(self.ledger.doubted, partial(self._hear, means=afresh, is_kept=_is_reading))

    def _means(self, client: Client, until: datetime) -> Means:
        store = self.house.store
        return Means(
            self.timekeeper.hearing(client.send),
            store,
            self.house.clock,
            until,
            self.ledger.budget,
            store,
            self.witness.hear,
            hidden(self.house.settings),
        )

    async def _hear(
        self, asked: Sequence[Assignment], means: Means, is_kept: Callable[[Outcome], bool] = lambda _: True
    ) -> None:
        async with aclosing(self.house.ask(asked, means)) as heard:
            async for events in heard:
                outcomes = [event for event in events if isinstance(event, Outcome) and is_kept(event)]
                kept = await asyncio.to_thread(self.ledger.keep, outcomes)
                self.ledger.refusals += [event for event in events if isinstance(event, Refused)]
                await asyncio.to_thread(self.witness.attest, self.ledger.fills)
                for event in (*(event for event in events if not isinstance(event, Outcome)), *kept):
                    self.listen(event)


def _is_reading(outcome: Outcome) -> bool:
    """Whoever is asked about again has a count, though a doubtful one: that there is none now is no answer to it."""
    return isinstance(outcome.said, Reading)
