"""What everybody may read of an event: here it becomes so, for whatever page, feed or report it is then put into."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from msgspec import Struct

from headcount.news.story import Event
from headcount.news.words import public, says, title


class Readers(Struct, frozen=True):
    """Everybody: whom they may read of, by whose clock, and under which names."""

    accounts: frozenset[str]
    """The keys of those of whom they may."""
    zone: tzinfo
    names: Mapping[str, str]
    """What they call the platforms, by slug."""


class Told(Struct, frozen=True):
    """What everybody may read of an event."""

    at: datetime
    title: str
    text: str
    accounts: int
    """So many of those that they may read of were affected."""


def tell(event: Event, readers: Readers) -> Told | None:
    """An event as everybody may read it, a reminder as what it reminds of; None: nobody may."""
    story = public(event.story, readers.accounts)
    if story is None:
        return None
    deed = "opened" if event.deed == "reminded" else event.deed
    text = says(story, deed, readers.zone, readers.names)
    return Told(event.at, title(story, deed, readers.names), text, len(story.accounts))
