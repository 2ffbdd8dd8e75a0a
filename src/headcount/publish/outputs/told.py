"""What was told, as all that is published tells it: what is the matter now, and what happened of late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import structs

from headcount.news.story import Event
from headcount.news.told import Readers, Told, tell
from headcount.publish.edition import Edition, Listed
from headcount.vitals.affected import still_affected


def told_of(edition: Edition) -> dict[str, Listed]:
    """Of whom is told, by key: of the organisation's own accounts that may be seen, those included that it had once.

    Whom it compares itself with stands in the tables; what happens to them is not for it to tell.
    """
    return {key: each for key, each in edition.seen.items() if each.entry.relation == "own"}


def now(edition: Edition) -> list[Told]:
    """The incidents that are not over, the newest first, each with the accounts that it affects still."""
    accounts = edition.vitals.accounts
    lasting = edition.store.open_events()
    still = (structs.replace(each, story=still_affected(each.story, accounts)) for each in lasting)
    return [told for _, told in _told(edition, still)]


def lately(edition: Edition, since: datetime) -> Iterator[tuple[Event, Told]]:
    """What happened from then on, the newest first; that something is still so is not told again."""
    return _told(edition, (each for each in edition.store.events(since) if each.deed != "reminded"))


def _told(edition: Edition, events: Iterable[Event]) -> Iterator[tuple[Event, Told]]:
    readers = Readers(frozenset(told_of(edition)), edition.zone, edition.names)
    for event in sorted(events, key=lambda each: (each.at, each.id), reverse=True):
        if event.at <= edition.at and (told := tell(event, readers)):
            yield event, told
