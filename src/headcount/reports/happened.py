"""What did not work, and what happened besides: from the events of the store, as far as everybody may know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct, structs

from headcount.news.story import Deed, Event, Kind, Story
from headcount.news.words import public, says, title
from headcount.reports.digest import Occurrence, Outage
from headcount.reports.scope import Scope
from headcount.store.reader import Reader

LOOK_BACK = timedelta(days=90)
"""An incident that was opened earlier is found if it is open still, or was cleared in the period."""

ELSEWHERE: frozenset[Kind] = frozenset({"held", "milestone", "digest"})
"""What a report tells in a section of its own, from the counts themselves."""


class Incident(Struct, frozen=True):
    """An incident from when it began to when it was over."""

    key: str
    story: Story
    """As it was told last."""
    since: datetime
    until: datetime | None


class Happened(Struct, frozen=True):
    """What the events of a period say, as far as everybody may know."""

    outages: tuple[Outage, ...]
    occurrences: tuple[Occurrence, ...]
    recast: frozenset[str]
    """The keys of those that began to be counted another way."""


def happened(store: Reader, scope: Scope, start: datetime, until: datetime) -> Happened:
    """What happened from `start` until `until`."""
    told = [each for each in events(store, start) if each.at < until]
    noted = [each for each in told if each.deed == "noted" and each.at >= start]
    outages = (_outage(each, scope, until) for each in incidents(told) if (each.until or until) >= start)
    return Happened(
        outages=tuple(sorted(filter(None, outages), key=lambda each: each.since)),
        occurrences=tuple(filter(None, (_occurrence(each, scope) for each in noted))),
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
            yield Incident(each.key, each.story, since, each.at)
        else:
            current[each.key] = Incident(each.key, each.story, since, None)
    yield from current.values()


def _outage(incident: Incident, scope: Scope, until: datetime) -> Outage | None:
    seen = told_to_all(incident.story, scope.accounts)
    if seen is None or seen.kind in ELSEWHERE:
        return None
    deed: Deed = "cleared" if incident.until else "opened"
    # When it began and how long it lasted stand beside it.
    told = structs.replace(seen, since=None, figures={"of": seen.figures["of"]} if "of" in seen.figures else {})
    return Outage(
        title=title(seen, "opened", scope.platforms),
        text=says(told, deed, scope.zone, scope.platforms),
        since=incident.since,
        until=incident.until,
        lasted=(incident.until or until) - incident.since,
        accounts=len(seen.accounts),
    )


def _occurrence(event: Event, scope: Scope) -> Occurrence | None:
    seen = told_to_all(event.story, scope.accounts)
    if seen is None or seen.kind in ELSEWHERE:
        return None
    return Occurrence(event.at, title(seen, "noted", scope.platforms), says(seen, "noted", scope.zone, scope.platforms))


def told_to_all(story: Story, accounts: Mapping[str, object] | Collection[str]) -> Story | None:
    """What everybody may know of a story; None: nothing."""
    return public(story, frozenset(accounts))
