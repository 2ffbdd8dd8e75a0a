"""What was told before, and what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from headcount.news.story import Event, Sending
from headcount.news.words import MOOT
from headcount.store.noticing import Watched

LATELY = timedelta(days=7)


class Memory(Struct, frozen=True):
    """Of the last days, and of whatever is open still."""

    open: tuple[Event, ...] = ()
    """The newest event of every incident that is not over."""
    lately: tuple[Event, ...] = ()
    """Oldest first."""
    sendings: tuple[Sending, ...] = ()
    """Of those events."""

    def of(self, key: str, since: datetime) -> tuple[Event, ...]:
        """What was said of an incident since."""
        return tuple(each for each in self.lately if each.key == key and each.at > since and not is_moot(each))


def remember(store: Watched, at: datetime) -> Memory:
    """What a store knows of what was told."""
    lasting = store.open_events()
    since = min([at - LATELY, *(each.at for each in lasting)])
    return Memory(lasting, store.events(since), store.sendings(since))


def is_moot(event: Event) -> bool:
    """Whether it is the end of an incident that came to no good end: nobody need hear of it."""
    return bool(event.story.figures.get(MOOT))
