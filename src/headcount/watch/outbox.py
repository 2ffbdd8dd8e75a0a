"""What is to be sent now, to which channel: worked out from what was told and what became of messages so far.

- A channel hears of what is at least as severe as it takes. What none of its channels took goes to the others in turn.
- Of an incident that nobody there heard of, its end is not told; what began and ended unheard is told as one.
- A channel that was never written to may be new: of what is over it hears only where nobody else did, and only at once.
- In quiet hours only what is urgent is sent; the rest waits.
- A channel gets so many letters in a day; the last of them carries all that is left. After it only what is urgent is sent, in one
  letter a look: a platform that is down does not wait for tomorrow because an account was renamed today.
- What certainly did not arrive is tried at each run, for three days; what may have arrived, once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from headcount.news.story import Event
from headcount.watch.matter import Matter, Parcel, pack
from headcount.watch.memory import Memory, is_moot
from headcount.watch.post import KEPT, RANK, Post, Recipient, is_about, takes
from headcount.watch.tries import Record

GIVE_UP = timedelta(days=3)
"""What has not arrived by then is old; a reminder has followed it."""

BYGONE = timedelta(hours=12)
"""What was over so long ago is not told to a channel that may not have been there."""


def due(memory: Memory, post: Post, at: datetime) -> tuple[Parcel, ...]:
    """The letters that are to be sent now."""
    record = Record(memory.sendings)
    incidents = tuple(each for each in _incidents(memory.lately) if _is_told(each[-1]))
    return tuple(parcel for each in post.recipients for parcel in _parcels(incidents, record, post, each, at))


def _incidents(events: Sequence[Event]) -> Iterator[tuple[Event, ...]]:
    """Events that belong together: from a beginning to its end, or to now."""
    lasting: dict[str, list[Event]] = {}
    for each in events:
        if each.deed in {"opened", "noted"} and each.key in lasting:
            yield tuple(lasting.pop(each.key))
        lasting.setdefault(each.key, []).append(each)
    yield from map(tuple, lasting.values())


def _is_told(newest: Event) -> bool:
    """Whether people are told of an incident that stands so."""
    return newest.story.kind not in KEPT and not is_moot(newest)


def _parcels(
    incidents: Sequence[tuple[Event, ...]], record: Record, post: Post, recipient: Recipient, at: datetime
) -> Iterator[Parcel]:
    found = (_matter(each, record, post, recipient, at) for each in incidents)
    matters = sorted((each for each in found if each and _may_disturb(each, post, at)), key=_worst_first)
    left = post.most_a_day - record.letters(recipient.name, at)
    alone = matters if len(matters) <= left else matters[: max(left - 1, 0)]
    yield from (pack([each], recipient.name, post) for each in alone)
    rest = [each for each in matters[len(alone) :] if left > 0 or each.severity == "urgent"]
    if rest:
        yield pack(rest, recipient.name, post)


def _may_disturb(matter: Matter, post: Post, at: datetime) -> bool:
    return matter.severity == "urgent" or not post.is_quiet(at)


def _worst_first(matter: Matter) -> tuple[int, int]:
    return -RANK[matter.severity], matter.newest.id


def _matter(
    incident: tuple[Event, ...], record: Record, post: Post, recipient: Recipient, at: datetime
) -> Matter | None:
    """What a channel has to hear of an incident now."""
    arrived = any(record.of(each.id, recipient.name).may_have_arrived for each in incident)
    heard = arrived or _heard_before(incident[0], recipient)
    recent = (each for each in incident if each.at >= at - GIVE_UP)
    waiting = tuple(each for each in recent if _waits(each, record, post, recipient, at, arrived=arrived))
    if not waiting or (waiting[0].deed == "cleared" and not heard) or _is_bygone(incident, record, recipient, at):
        return None
    return Matter(waiting, heard)


def _heard_before(earliest: Event, recipient: Recipient) -> bool:
    """Whether a channel heard of an incident that began longer ago than is remembered: if it takes what was said of it then."""
    return earliest.deed in {"reminded", "cleared"} and takes(recipient, earliest)


def _is_bygone(incident: tuple[Event, ...], record: Record, recipient: Recipient, at: datetime) -> bool:
    """Whether an incident was over before there was any sign of a channel, and is nothing that it has to hear of still."""
    newest = incident[-1]
    if newest.deed not in {"cleared", "noted"} or record.was_tried(recipient.name, newest.at):
        return False
    return newest.at <= at - BYGONE or any(record.has_arrived(each.id, before=at) for each in incident)


def _waits(event: Event, record: Record, post: Post, recipient: Recipient, at: datetime, *, arrived: bool) -> bool:
    """Whether an event is to be told through a channel, and may be now. Whoever heard of an incident hears of its end."""
    if is_about(recipient, event) or not record.may_go(event.id, recipient.name, at):
        return False
    is_meant = takes(recipient, event) or recipient == _stand_in(event, record, post, at)
    return is_meant or (arrived and event.deed == "cleared")


def _stand_in(event: Event, record: Record, post: Post, at: datetime) -> Recipient | None:
    """The channel that is the next in turn, where none of those that should have taken the event did."""
    takers = [each for each in post.recipients if takes(each, event)]
    failed = all(is_about(each, event) or record.is_given_up(event.id, each.name, at) for each in takers)
    if not takers or not failed or record.has_arrived(event.id):
        return None
    return next(_free(event, record, post, at), None)


def _free(event: Event, record: Record, post: Post, at: datetime) -> Iterator[Recipient]:
    """The channels that need not take an event, and could now."""
    others = (each for each in post.recipients if not takes(each, event))
    return (each for each in others if not is_about(each, event) and record.may_go(event.id, each.name, at))
