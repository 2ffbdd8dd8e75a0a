"""What was told, as `status.html` tells it: what is the matter now, and what happened of late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct, structs

from headcount.news.story import Event, Story
from headcount.news.words import public, says, title
from headcount.publish.edition import Edition
from headcount.vitals.affected import still_affected


class Told(Struct, frozen=True):
    """What everybody may read of an event."""

    at: datetime
    title: str
    says: str


def now(edition: Edition) -> list[Told]:
    """The incidents that are not over, the newest first, each with the accounts that it affects still."""
    accounts = edition.vitals.accounts
    lasting = edition.store.open_events()
    return _told(edition, (structs.replace(each, story=still_affected(each.story, accounts)) for each in lasting))


def told_since(edition: Edition, since: datetime) -> list[Told]:
    """What was told from then on, the newest first; that something is still so is not told again."""
    return _told(edition, (event for event in edition.store.events(since) if event.deed != "reminded"))


def _told(edition: Edition, events: Iterable[Event]) -> list[Told]:
    newest_first = sorted(events, key=lambda event: event.id, reverse=True)
    return [_as_told(edition, event, story) for event, story in _seen(edition, newest_first)]


def _seen(edition: Edition, events: Iterable[Event]) -> Iterator[tuple[Event, Story]]:
    seen = frozenset(edition.seen)
    for event in events:
        if event.at <= edition.at and (story := public(event.story, seen)):
            yield event, story


def _as_told(edition: Edition, event: Event, story: Story) -> Told:
    deed = "opened" if event.deed == "reminded" else event.deed
    return Told(event.at, title(story, deed, edition.names), says(story, deed, edition.zone, edition.names))
