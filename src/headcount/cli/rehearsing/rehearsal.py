"""The demo itself: a simulated past, two simulated days of the real pipeline, and what came of them."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from operator import itemgetter
from pathlib import Path

from headcount.cadence import Cadence
from headcount.cli import opening
from headcount.cli.rehearsing.incidents import Told, incidents
from headcount.cli.rehearsing.staging import stage_config, stage_roster
from headcount.clock import SYSTEM, SteppedClock
from headcount.demo.answers import answers, slugs
from headcount.demo.people import Directory
from headcount.demo.server import DemoServer
from headcount.demo.simulation import Simulation
from headcount.model import ACCEPTED, Account, Fill, Job, Outcome, Reading, Tally
from headcount.pipeline.collecting.collect import nobody
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.collecting.turnout import Turnout
from headcount.pipeline.house import House, Premises, open_house
from headcount.pipeline.run import Report, run
from headcount.pipeline.watching.passing import milestones
from headcount.platforms import platform
from headcount.roster.read import read_roster
from headcount.settings import Settings, load

HOUR = timedelta(hours=1)
LATE = timedelta(minutes=1)
"""After the beginning of a slot, as a timer would be."""

PAST = timedelta(days=90)
HOURS = 48
ZONE = "America/New_York"
"""Of the example's organisation."""
AT_A_TIME = 5_000
"""Fills to a transaction while the past is filled in."""


class Rehearsal:
    """One demo, in a folder of its own; `say` is given every line."""

    def __init__(self, folder: Path, port: int, say: Callable[[str], None]) -> None:
        self._folder, self._port, self._say = folder, port, say
        self._begin = SYSTEM.now().replace(minute=0, second=0, microsecond=0) - HOURS * HOUR
        self._clock = SteppedClock(self._begin)
        self._incidents = incidents(SYSTEM.now(), ZONE)
        self._simulation = Simulation(self._clock, purge=self._incidents.purge)

    async def perform(self, *, stay: bool) -> None:
        """Fill in the past, run the hours since, publish, say where everything is; then `stay` until interrupted."""
        directory = _directory(stage_roster(self._folder))
        async with DemoServer(self._simulation, directory, port=self._port) as server:
            settings = load(stage_config(self._folder, server), os.environ)
            with opening.store(settings) as store:
                premises = Premises(settings, store, self._clock)
                self._fill_in_the_past(open_house(premises))
                await self._run_the_hours(premises)
            self._say_where(settings, server, stay=stay)
            if stay:
                await self._serve(settings)

    async def _serve(self, settings: Settings) -> None:
        """Serve what was published, until interrupted."""
        words = [sys.executable, "-m", "headcount", "--config", str(settings.file), "serve", "--port", "0"]
        child = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
        assert child.stdout
        url = (await child.stdout.readline()).decode().strip()
        self._say(f"served     {url}")
        try:
            await child.wait()
        finally:
            if child.returncode is None:
                child.terminate()

    def _fill_in_the_past(self, house: House) -> None:
        for job in house.settings.jobs.values():
            run = house.store.begin(job.name, house.cadence(job).slot(self._begin - PAST), self._begin)
            fills = self._past(house, job)
            number = 0
            while some := list(islice(fills, AT_A_TIME)):
                number += house.store.append(run.id, some)
            house.store.finish(run.id, self._begin, Tally(readings=number))
            self._say(f"{job.name}: filled in {PAST.days} simulated days, {number:,} counts")
        for at, deed, story in sorted(self._told(house), key=itemgetter(0)):
            house.store.tell([(deed, story)], at)

    def _told(self, house: House) -> Iterator[Told]:
        """What would have been told of that time, had anybody watched then."""
        accounts = [account for _, account in house.current()]
        hourly = [account for _, account in house.due(house.job("hourly"))]
        yield from self._incidents.told(accounts, hourly)
        for story in milestones(house.store, house.store.spans(), self._begin - PAST, self._begin):
            yield story.since or self._begin, "noted", story

    def _past(self, house: House, job: Job) -> Iterator[Fill]:
        """What every slot of the past would have been filled with, had the demo server been asked then."""
        accounts = [account for _, account in house.due(job) if account.platform in slugs()]
        for slot in _slots(house.cadence(job), self._begin - PAST, self._begin):
            for account in accounts:
                for reading in self._readings(account, slot):
                    source = platform(account.platform).sources[0].name
                    said = Outcome(reading, f"simulated-{source}", slot + LATE)
                    yield from self._incidents.fills(Fill(job.name, slot, said, ACCEPTED))

    def _readings(self, account: Account, slot: datetime) -> Iterator[Reading]:
        for metric, shown in answers(account.platform).metrics.items():
            value = self._simulation.count(
                account.platform, answers(account.platform).plain(account.handle), slot + LATE, metric
            )
            yield Reading(account, metric, shown(value), account.handle)

    async def _run_the_hours(self, premises: Premises) -> None:
        reports: list[Report] = []
        for hour in range(HOURS + 1):
            self._clock.move((self._begin + hour * HOUR + LATE - self._clock.now()).total_seconds())
            reports.append(await run(premises, Wanted(), nobody))
        turnouts = [turnout for report in reports for turnout in report.turnouts if turnout.run]
        for name in premises.settings.jobs:
            self._say(_summed_up(name, [turnout for turnout in turnouts if turnout.job == name]))

    def _say_where(self, settings: Settings, server: DemoServer, *, stay: bool) -> None:
        program = sys.argv[0] if Path(sys.argv[0]).name == "headcount" else "headcount"
        config = settings.file
        self._say("Every count is SIMULATED: made up by a local server, marked as such in the store and in every file.")
        for target in settings.targets:
            self._say(f"published  {target.to}")
            self._say(f"report     {Path(target.to) / 'digest.html'}")
            self._say(f"status     {Path(target.to) / 'status.html'}")
        self._say(f"store      {settings.store}")
        self._say(f"look at    {program} --config {config} status")
        if stay:
            self._say(f"server     {server.url} answers as the platforms do, until Ctrl-C; meanwhile, elsewhere:")
            self._say(f"           {program} --config {config} run --force")


def _directory(roster: Path) -> Directory:
    handles: dict[str, list[str]] = {}
    for entry in read_roster(roster).entries:
        if entry.platform in slugs():
            handles.setdefault(entry.platform, []).append(answers(entry.platform).plain(entry.handle))
    return Directory({slug: tuple(some) for slug, some in handles.items()})


def _slots(cadence: Cadence, start: datetime, end: datetime) -> Iterator[datetime]:
    slot = cadence.slot(start)
    while slot < cadence.slot(end):
        yield slot
        slot = cadence.end(slot)


def _summed_up(job: str, turnouts: list[Turnout]) -> str:
    counted = sum(turnout.tally.readings for turnout in turnouts)
    requests = sum(turnout.tally.requests for turnout in turnouts)
    reasons = Counter(miss.reason for turnout in turnouts for miss in turnout.misses())
    absent = ", ".join(f"{number:,} {reason.replace('_', ' ')}" for reason, number in reasons.most_common())
    said = f"{job}: ran {len(turnouts)} times over {HOURS} simulated hours, {counted:,} counts in {requests:,} requests"
    return said + (f" ({absent})" if absent else "")
