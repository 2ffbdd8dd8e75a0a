"""The hours before: a run judges every count by the last month of its series, and an empty store would flatter it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from benchmarks.parts.truth import SIMULATION
from headcount.demo.answers import answers
from headcount.model import ACCEPTED, Account, Fill, Outcome, Reading, Tally
from headcount.pipeline.house import House, Premises, open_house

HOUR, LATE = timedelta(hours=1), timedelta(minutes=1)


def fill_in(premises: Premises, hours: int) -> None:
    """Fill in the hours before this one with what the demo server would have said then."""
    house = open_house(premises)
    job = house.job("hourly")
    now = house.clock.now()
    slot = house.cadence(job).slot(now)
    run = house.store.begin(job.name, slot - hours * HOUR, now)
    for back in range(hours, 0, -1):
        house.store.append(run.id, list(_fills(house, job.name, slot - back * HOUR)))
    house.store.finish(run.id, now, Tally())


def _fills(house: House, job: str, slot: datetime) -> Iterator[Fill]:
    for _, account in house.people:
        for reading in _readings(account, slot + LATE):
            yield Fill(job, slot, Outcome(reading, "simulated-api", slot + LATE), ACCEPTED)


def _readings(account: Account, at: datetime) -> Iterator[Reading]:
    for metric, shown in answers(account.platform).metrics.items():
        value = SIMULATION.count(account.platform, account.key.partition("/")[2], at, metric)
        yield Reading(account, metric, shown(value), account.handle)
