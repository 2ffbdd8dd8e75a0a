"""What is the matter as the store knows it, and what waits to be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct, structs

from headcount.errors import Mistake
from headcount.news.naming import moment, whom
from headcount.news.story import Event, Severity
from headcount.news.words import advice, title
from headcount.pipeline.expecting import expectation
from headcount.pipeline.house import Premises, open_house
from headcount.pipeline.watching.watch import post_of
from headcount.settings import Settings
from headcount.vitals.affected import still_affected
from headcount.vitals.signs import AccountSigns
from headcount.vitals.take import take
from headcount.watch.matter import Parcel
from headcount.watch.memory import remember
from headcount.watch.outbox import due
from headcount.watch.post import Post
from headcount.watch.waiting import Waiting, waiting
from headcount.watch.waiting import in_words as waits_in_words


class Incident(Struct, frozen=True):
    """Something that is the matter."""

    title: str
    severity: Severity
    since: datetime
    kind: str
    subject: str
    reason: str
    affects: tuple[str, ...]
    """The keys of the accounts."""
    detail: str
    advice: str


class Undelivered(Struct, frozen=True):
    """A letter that has not been delivered yet."""

    channel: str
    title: str


class Matters(Struct, frozen=True):
    """What is the matter, newest first, and what waits to be told."""

    open: tuple[Incident, ...]
    undelivered: tuple[Undelivered, ...]
    waiting: tuple[Waiting, ...] = ()
    """Letters that are kept back on purpose."""


def matters(premises: Premises) -> Matters:
    """What is the matter as of the last run that watched."""
    at = premises.clock.now()
    memory, post = remember(premises.store, at), post_of(premises.settings)
    accounts = _accounts(premises, at)
    lasting = (structs.replace(each, story=still_affected(each.story, accounts)) for each in memory.open)
    found = sorted((_incident(each, post) for each in lasting), key=lambda each: each.since, reverse=True)
    undelivered = tuple(_undelivered(each) for each in due(memory, post, at))
    return Matters(tuple(found), undelivered, waiting(memory, post, at))


def waits(premises: Premises) -> list[str]:
    """A line for each channel for which letters wait."""
    at = premises.clock.now()
    return [waits_in_words(each) for each in waiting(remember(premises.store, at), post_of(premises.settings), at)]


def _accounts(premises: Premises, at: datetime) -> tuple[AccountSigns, ...]:
    """How everyone is; nobody knows where the roster cannot be read."""
    try:
        return take(premises.store, expectation(open_house(premises)), at).accounts
    except Mistake:
        return ()


def in_words(found: Matters, settings: Settings) -> Iterator[str]:
    """The same for people: times in the organisation's zone."""
    if not found.open:
        yield "nothing is the matter, as far as the last run saw"
    zone, names = settings.organization.zone, post_of(settings).names
    for each in found.open:
        yield f"{each.severity}: {each.title}, since {moment(each.since, zone)}"
        if each.affects:
            yield f"    affects {whom(each.affects, None, names)}"
        yield f"    {each.advice}"
    for letter in found.undelivered:
        yield f"not delivered yet, to {letter.channel}: {letter.title}"
    yield from map(waits_in_words, found.waiting)


def _incident(event: Event, post: Post) -> Incident:
    story = event.story
    return Incident(
        title=title(story, "opened", post.names),
        severity=story.severity,
        since=story.since or event.at,
        kind=story.kind,
        subject=story.subject,
        reason=story.reason,
        affects=story.accounts,
        detail=story.detail,
        advice=advice(story),
    )


def _undelivered(parcel: Parcel) -> Undelivered:
    return Undelivered(parcel.letter.channel, parcel.letter.title)
