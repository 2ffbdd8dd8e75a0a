"""One run of a job: who is due is asked, what they are answered is judged, and the store keeps it as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from datetime import datetime

from headcount.collect.run import collect
from headcount.collect.turn import Assignment, Event, Means, Refused
from headcount.model import Job, Outcome
from headcount.net.client import Client
from headcount.pipeline.attendance import attended
from headcount.pipeline.due import Wanted, current_slot, due, planned
from headcount.pipeline.house import House
from headcount.pipeline.ledger import Ledger
from headcount.pipeline.notices import notices
from headcount.pipeline.offices import assignments
from headcount.pipeline.turnout import Turnout
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
        await _ask(house, assignments(house.settings, accounts), until, ledger, listen)
        tally = ledger.tally()
        house.store.attend(run.id, attended(ledger.fills, ledger.refusals), house.clock.now())
        house.store.finish(run.id, house.clock.now(), tally)
        told = notices(house, job, ledger.fills)
        return Turnout(job.name, slot, done, tuple(ledger.fills), run, tally, strangers, told)


async def _ask(house: House, asked: Sequence[Assignment], until: datetime, ledger: Ledger, listen: Listener) -> None:
    async with Client(house.settings.http, house.clock) as client:
        means = Means(client.send, house.store, house.clock, until, ledger.budget, house.store)
        async with aclosing(collect(asked, means)) as heard:
            async for events in heard:
                kept = await asyncio.to_thread(ledger.keep, [event for event in events if isinstance(event, Outcome)])
                ledger.refusals += [event for event in events if isinstance(event, Refused)]
                for event in (*(event for event in events if not isinstance(event, Outcome)), *kept):
                    listen(event)
