"""Stays up and has every job run at its cadence, one run at a time. An error costs its turn, never the next one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime

from msgspec import Struct

from headcount.clock import Clock
from headcount.errors import HeadcountError, Mistake, StoreError
from headcount.news.story import Story
from headcount.pipeline.collecting.collect import nobody
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.house import Premises
from headcount.pipeline.run import Report, run
from headcount.pipeline.timetable import Timetable
from headcount.pipeline.watching.alarm import unopened
from headcount.settings import Settings

LONGEST_NAP = 300.0
"""Seconds after which the clock is looked at again: it may have been set, or the machine suspended."""


class Turn(Struct, frozen=True):
    """What a turn came to."""

    at: datetime
    """When it began, in UTC."""
    jobs: tuple[str, ...]
    report: Report | None
    """None: it came to nothing, and `trouble` says why."""
    next: datetime
    """When the next one is, in UTC."""
    trouble: tuple[str, ...] = ()
    """What is wrong in the configuration, in the roster or with the store, each in its own words."""


class Post(Struct, frozen=True):
    """What a schedule works with."""

    read: Callable[[], Settings]
    """Reads the configuration afresh; raises Mistake."""
    enter: Callable[[Settings], AbstractContextManager[Premises]]
    """Opens the store for a turn; raises StoreError."""
    clock: Clock
    tell: Callable[[Turn], None]


class Schedule:
    """Turns without end, by the configuration as it is at each of them.

    Raises:
        Mistake: what is wrong in the configuration when it is read for the first time.
    """

    def __init__(self, post: Post) -> None:
        self._post = post
        self._settings = post.read()
        self._timetable = Timetable(self._settings)
        self.busy = False
        """Whether a run is under way."""

    async def keep(self) -> None:
        """Wait for each turn and take it, until stopped from outside."""
        while True:
            await self._wait()
            await self.turn()

    async def turn(self) -> None:
        """Run the jobs whose turn it is, and tell what that came to; an edited configuration may have moved the turn."""
        complaint = self._reread()
        at = self._post.clock.now()
        if jobs := self._timetable.take(at):
            self.busy = True
            report, trouble = await self._run(jobs, complaint)
            self.busy = False
            self._post.tell(Turn(at, jobs, report, self.next(), (*complaint, *trouble)))

    def next(self) -> datetime:
        """When the next turn is, in UTC."""
        return self._timetable.next(self._post.clock.now())

    async def _wait(self) -> None:
        """Until the next turn; which one that is, is found out anew when the clock is put back."""
        seen, at = self._post.clock.now(), self.next()
        while seen < at:
            await self._post.clock.sleep(min((at - seen).total_seconds(), LONGEST_NAP))
            before, seen = seen, self._post.clock.now()
            at = self.next() if seen < before else at

    def _reread(self) -> tuple[str, ...]:
        try:
            self._settings = self._post.read()
        except Mistake as mistake:
            return str(mistake), "the configuration is used as it was before"
        self._timetable.follow(self._settings)
        return ()

    async def _run(self, jobs: tuple[str, ...], complaint: tuple[str, ...]) -> tuple[Report | None, tuple[str, ...]]:
        besides = [Story("configuration", "urgent", self._settings.file.name, detail=each) for each in complaint[:1]]
        try:
            with ExitStack() as open_while:
                premises = await self._enter(open_while)
                return await run(premises, Wanted(jobs), nobody, besides), ()
        except HeadcountError as error:
            return None, (str(error),)

    async def _enter(self, open_while: ExitStack) -> Premises:
        try:
            return open_while.enter_context(self._post.enter(self._settings))
        except StoreError as error:
            await unopened(self._settings, self._post.clock, error)
            raise
