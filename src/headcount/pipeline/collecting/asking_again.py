"""Whoever's count is doubted is asked again in the same run: a wrong count is worse than none, and than a second question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from operator import eq, ne

from msgspec import structs

from headcount.clock import Clock
from headcount.collect.plan import ways
from headcount.collect.turn import Assignment
from headcount.model import Account, Outcome, plain_source
from headcount.pipeline.offices import office
from headcount.settings import Settings

PAUSE = timedelta(seconds=30)
"""A platform that has erred is given time to come to itself."""

Doubted = Callable[[], Sequence[Outcome]]
"""The readings that are held and had no second answer yet."""

Choice = Callable[[str, str], bool]
"""Whether a source is to be asked where another, the second, has said what is doubted."""


class Second:
    """Asks again, within a run's time."""

    def __init__(self, settings: Settings, clock: Clock, until: datetime) -> None:
        self._settings, self._clock, self._until = settings, clock, until

    async def ask(self, doubted: Doubted, ask: Callable[[Sequence[Assignment]], Awaitable[None]]) -> None:
        """By another source, where the platform has one that answers; else once more by the same, after a pause."""
        if others := tuple(self._assignments(doubted(), ne)):
            await ask(others)
        if doubted() and self._clock.now() + PAUSE < self._until:
            await self._clock.sleep(PAUSE.total_seconds())
            await ask(tuple(self._assignments(doubted(), eq)))

    def _assignments(self, doubted: Iterable[Outcome], is_wanted: Choice) -> Iterator[Assignment]:
        by_source: dict[tuple[str, str], dict[str, Account]] = {}
        for each in doubted:
            way = each.account.platform, plain_source(each.source)
            by_source.setdefault(way, {})[each.account.key] = each.account
        for (slug, source), accounts in by_source.items():
            here = office(self._settings, slug)
            names = (entries[0].name for entries in ways(here))
            if chosen := tuple(name for name in names if is_wanted(name, source)):
                yield Assignment(structs.replace(here, chosen=chosen), tuple(accounts.values()))
