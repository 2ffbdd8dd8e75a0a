"""What did not work, and what happened besides: from the events of the store, as everybody may read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct, structs

from headcount.news.story import Event, Kind
from headcount.news.told import Readers, Told, tell
from headcount.reports.digest import Outage
from headcount.reports.scope import Scope
from headcount.store.reader import Reader

LOOK_BACK = timedelta(days=90)
"""An incident that was opened earlier is found if it is open still, or was cleared in the period."""

ELSEWHERE: frozenset[Kind] = frozenset({"held", "milestone"})
"""What a report tells in a section of its own, from the counts themselves."""


class Incident(Struct, frozen=True):
    """An incident from when it began to when it was over."""

    last: Event
    """By which it was told last."""
    since: datetime
    until: datetime | None


class Happened(Struct, frozen=True):
    """What the events of a period say, as far as everybody may know."""

    outages: tuple[Outage, ...]
    occurrences: tuple[Told, ...]
    recast: frozenset[str]
    """The keys of those that began to be counted another way."""


def happened(store: Reader, scope: Scope, start: datetime, until: datetime) -> Happened:
    """What happened from `start` until `until`."""
    told = [each for each in events(store, start) if each.at < until and each.story.kind not in ELSEWHERE]
    noted = [each for each in told if each.deed == "noted" and each.at >= start]
    readers = scope.readers
    outages = (_outage(each, readers, until) for each in incidents(told) if (each.until or until) >= start)
    return Happened(
        outages=tuple(sorted(filter(None, outages), key=lambda each: each.since)),
        occurrences=tuple(filter(None, (tell(each, readers) for each in noted))),
        recast=frozenset(each.story.subject for each in noted if each.story.kind == "segment"),
    )


def events(store: Reader, start: datetime) -> Sequence[Event]:
    """The events that a report from `start` on has to know, in their order."""
    found = {each.id: each for each in (*store.open_events(), *store.events(start - LOOK_BACK))}
    return [found[number] for number in sorted(found)]


def incidents(told: Iterable[Event]) -> Iterator[Incident]:
    """The incidents that events tell of; one that comes back after it was over is another."""
    current: dict[str, Incident] = {}
    for each in told:
        if each.deed == "noted":
            continue
        before = current.pop(each.key, None)
        since = before.since if before else each.story.since or each.at
        if each.deed == "cleared":
            yield Incident(each, since, each.at)
        else:
            current[each.key] = Incident(each, since, None)
    yield from current.values()


def _outage(incident: Incident, readers: Readers, until: datetime) -> Outage | None:
    begun = tell(structs.replace(incident.last, deed="opened"), readers)
    told = tell(_undated(incident.last), readers)
    if begun is None or told is None:
        return None
    return Outage(
        title=begun.title,
        text=told.text,
        since=incident.since,
        until=incident.until,
        lasted=(incident.until or until) - incident.since,
        accounts=told.accounts,
    )


def _undated(event: Event) -> Event:
    """When it began and how long it lasted stand beside it."""
    figures = {name: number for name, number in event.story.figures.items() if name == "of"}
    return structs.replace(event, story=structs.replace(event.story, since=None, figures=figures))
