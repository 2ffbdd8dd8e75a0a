"""What is the matter: what was told, what may be told yet, and which letters wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct, structs

from headcount.news.naming import moment, whom
from headcount.news.story import Severity, Story
from headcount.news.words import advice, title
from headcount.pipeline.house import Premises
from headcount.pipeline.watching.looking import glance
from headcount.pipeline.watching.watch import post_of
from headcount.settings import Settings
from headcount.vitals.affected import still_affected
from headcount.watch.hasty import untold
from headcount.watch.look import Look
from headcount.watch.matter import Parcel
from headcount.watch.memory import remember
from headcount.watch.outbox import due
from headcount.watch.post import Post
from headcount.watch.troubles.everything import find
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


class Untold(Incident, frozen=True):
    """Something that is the matter, and of which nobody was told."""

    certain: bool
    """It is told if it lasts; if not, only if it is so at the next slot too."""


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
    untold: tuple[Untold, ...] = ()
    """What is the matter right now, and was not told."""


def matters(premises: Premises) -> Matters:
    """What is the matter as of the last run that watched, and what has come since."""
    at = premises.clock.now()
    memory, post = remember(premises.store, at), post_of(premises.settings)
    look = glance(premises, memory, at)
    accounts = look.vitals.accounts if look.vitals else ()
    lasting = (_incident(still_affected(each.story, accounts), each.at, post) for each in memory.open)
    return Matters(
        open=tuple(sorted(lasting, key=_since, reverse=True)),
        undelivered=tuple(_undelivered(each) for each in due(memory, post, at)),
        waiting=waiting(memory, post, at),
        untold=tuple(sorted(_untold(look, post), key=_since, reverse=True)),
    )


def waits(premises: Premises) -> list[str]:
    """A line for each channel for which letters wait."""
    at = premises.clock.now()
    return [waits_in_words(each) for each in waiting(remember(premises.store, at), post_of(premises.settings), at)]


def in_words(found: Matters, settings: Settings) -> Iterator[str]:
    """The same for people: times in the organisation's zone."""
    if not found.open and not found.untold:
        yield "nothing is the matter, as far as the last run saw"
    zone, names = settings.organization.zone, post_of(settings).names
    for each in found.open:
        yield f"{each.severity}: {each.title}, since {moment(each.since, zone)}"
        yield from _whom_and_what(each, names)
    for new in found.untold:
        when = "it lasts" if new.certain else "it is so at the next slot too"
        yield f"not told yet: {new.severity}: {new.title}, since {moment(new.since, zone)}; it will be, if {when}"
        yield from _whom_and_what(new, names)
    for letter in found.undelivered:
        yield f"not delivered yet, to {letter.channel}: {letter.title}"
    yield from map(waits_in_words, found.waiting)


def _whom_and_what(each: Incident, names: Mapping[str, str]) -> Iterator[str]:
    if each.affects:
        yield f"    affects {whom(each.affects, None, names)}"
    yield f"    {each.advice}"


def _since(each: Incident) -> datetime:
    return each.since


def _untold(look: Look, post: Post) -> Iterator[Untold]:
    certain = {each.key for each in find(look).stories}
    for each in untold(look):
        yield Untold(**structs.asdict(_incident(each, look.at, post)), certain=each.key in certain)


def _incident(story: Story, noticed: datetime, post: Post) -> Incident:
    return Incident(
        title=title(story, "opened", post.names),
        severity=story.severity,
        since=story.since or noticed,
        kind=story.kind,
        subject=story.subject,
        reason=story.reason,
        affects=story.accounts,
        detail=story.detail,
        advice=advice(story),
    )


def _undelivered(parcel: Parcel) -> Undelivered:
    return Undelivered(parcel.letter.channel, parcel.letter.title)
