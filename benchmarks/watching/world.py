"""One history's world: a clock that is moved, a store on the disk, and everything of a run but the platforms themselves."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from benchmarks.watching.cast import BEFORE, Cast, unlucky
from benchmarks.watching.installation import JOB, TARGET, furnish, roster, troubled
from benchmarks.watching.people import HOUR, SCHEMES, Person
from benchmarks.watching.post import DeadMan, Postbox
from benchmarks.watching.script import TRANSIENT, Killed, Script
from benchmarks.watching.trouble import Trouble
from headcount.clock import SteppedClock
from headcount.errors import Mistake
from headcount.model import ACCEPTED, Fill, Outcome, Reading, Tally
from headcount.news.story import Event, Story
from headcount.pipeline import run as running
from headcount.pipeline.collecting.collect import nobody
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.house import Premises
from headcount.pipeline.publishing.publish import Published
from headcount.pipeline.watching import alarm
from headcount.pipeline.watching.watch import Noticed, watch
from headcount.settings import Settings
from headcount.store.noticing import Delivered
from headcount.store.open import open_store
from headcount.store.sql import SqlStore
from headcount.watch.letter import Carrier

LATE = timedelta(minutes=1)
"""After the hour, when a run begins."""

DISK = 10**12
"""Bytes of the disk that the store is said to be on."""

Look = Callable[[Premises, Carrier, Iterable[Story]], Noticed]


class Usage(NamedTuple):
    """Of a disk, in bytes."""

    total: int
    used: int
    free: int


class Machine(SteppedClock):
    """A machine's clock, which may be wrong."""

    wrong = timedelta()

    def be_wrong(self, by: timedelta) -> None:
        """From now on it is wrong by that; durations are right all the same."""
        self._at += by - self.wrong
        self.wrong = by


class World:
    """An installation whose runs meet with trouble; `look` is how it watches."""

    def __init__(self, folder: Path, cast: Cast, store: SqlStore, look: Look = watch) -> None:
        self.cast, self.store, self._look = cast, store, look
        self._settings = furnish(folder, cast)
        self.slot = cast.begin
        self.clock = Machine(cast.begin + LATE)
        self.script = Script(cast.by_key, partial(unlucky, cast.seed, share=TRANSIENT))
        self.postbox = Postbox(self.clock)
        self.dead_man = DeadMan(HOUR)

    @property
    def trouble(self) -> Trouble:
        """What is the matter with it."""
        return self.script.trouble

    @property
    def now(self) -> datetime:
        """The true time, whatever the machine's clock says."""
        return self.slot + LATE

    def resume(self, hours: int) -> None:
        """Go on so many hours after the beginning: what happened in them is in the store already."""
        self.slot += hours * HOUR
        self.clock.move(hours * HOUR.total_seconds())
        self.dead_man.hear(self.now)

    def befall(self, trouble: Trouble) -> None:
        """From now on that is the matter."""
        self.script.trouble = trouble
        self.clock.be_wrong(trouble.stepped)
        self.postbox.deaf = trouble.deaf
        path = self._settings.organization.roster
        assert path
        path.write_text(trouble.roster or roster(self.cast))

    def turn(self) -> None:
        """An hour passes, and what is to run is run."""
        self.slot += HOUR
        self.clock.move((self.now - (self.clock.now() - self.clock.wrong)).total_seconds())
        if self.trouble.asleep:
            return
        try:
            asyncio.run(self._run())
        except Killed:
            return
        self.dead_man.hear(self.now)

    def look_only(self) -> None:
        """Somebody looks, and nothing is collected."""
        with self._stand_ins():
            running.watch_alone(self._premises())

    async def _run(self) -> None:
        with self._stand_ins(), suppress(Mistake):
            await running.run(self._premises(), Wanted(platforms=self.trouble.only), nobody)

    def _premises(self) -> Premises:
        return Premises(troubled(self._settings, self.trouble), self.store, self.clock, self.script.ask)

    @contextmanager
    def _stand_ins(self) -> Iterator[None]:
        """In the places of what a run has outside: its targets, its channels, and the disk."""
        with (
            patch.multiple(running, publish=self._publish, carriage=self._carriage, watch=self._look),
            patch.multiple(alarm, carriage=self._carriage, watch=self._look),
            patch.object(shutil, "disk_usage", self._disk),
        ):
            yield

    def _carriage(self, _settings: Settings) -> Carrier:
        return self.postbox

    def _publish(self, _premises: Premises) -> tuple[Published, ...]:
        fault = self.trouble.target_fault
        if not self.trouble.unpublished:
            self.store.delivered([Delivered(TARGET, self.clock.now(), fault, 5, 20)])
        return (Published(TARGET, TARGET, 5, 20, fault),)

    def _disk(self, _place: object) -> Usage:
        used = round(self.trouble.full * DISK)
        return Usage(DISK, used, DISK - used)

    def told(self) -> Iterator[Event]:
        """Every event that a letter has gone out for, oldest first."""
        sent = {sending.event for sending in self.store.sendings(self.cast.people[0].start) if sending.state == "sent"}
        yield from (event for event in self.events() if event.id in sent)

    def events(self) -> tuple[Event, ...]:
        """Everything that it has found to tell."""
        return self.store.events(self.cast.people[0].start)

    def fill_in(self) -> None:
        """What was counted before anything happens."""
        run = self.store.begin(JOB, self.cast.begin, self.cast.begin + LATE)
        self.store.append(run.id, list(_fills(self.cast)))
        self.store.finish(run.id, self.cast.begin + LATE, Tally(readings=len(self.cast.people)))
        self.store.delivered([Delivered(TARGET, self.cast.begin + 2 * LATE, "", 5, 20)])


def _fills(cast: Cast) -> Iterator[Fill]:
    for hour in range(BEFORE):
        slot = cast.begin - (BEFORE - 1 - hour) * HOUR
        for each in cast.people:
            if not unlucky(cast.seed, each.key, slot + LATE, TRANSIENT):
                yield Fill(JOB, slot, Outcome(_reading(each, slot), "api", slot + LATE), ACCEPTED)


def _reading(each: Person, slot: datetime) -> Reading:
    return Reading(each.account, "followers", each.count(slot), each.account.handle, {SCHEMES[each.platform]: each.id})


@contextmanager
def world(folder: Path, cast: Cast, look: Look = watch) -> Iterator[World]:
    """One in that folder, with whatever has happened there already; its store is open while inside."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(open_store(f"sqlite:///{folder}/headcount.db", folder)) as store:
        yield World(folder, cast, store, look)
