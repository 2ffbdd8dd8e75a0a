"""What is the matter as the store knows it, and what waits to be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from headcount.news.naming import moment, whom
from headcount.news.story import Event, Severity
from headcount.news.words import advice, title
from headcount.pipeline.house import Premises
from headcount.pipeline.watching.watch import post_of
from headcount.settings import Settings
from headcount.watch.matter import Parcel
from headcount.watch.memory import remember
from headcount.watch.outbox import due
from headcount.watch.post import Post


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


def matters(premises: Premises) -> Matters:
    """What is the matter as of the last run that watched."""
    at = premises.clock.now()
    memory, post = remember(premises.store, at), post_of(premises.settings)
    found = sorted((_incident(each, post) for each in memory.open), key=lambda each: each.since, reverse=True)
    return Matters(tuple(found), tuple(_waiting(each) for each in due(memory, post, at)))


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


def _waiting(parcel: Parcel) -> Undelivered:
    return Undelivered(parcel.letter.channel, parcel.letter.title)
