"""The third stage of a run: what is the matter is found out, told once, and sent to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from headcount import platforms
from headcount.errors import Locked
from headcount.news.story import Event, Sending, Story
from headcount.pipeline.house import Premises
from headcount.pipeline.watching.emergency import is_over
from headcount.pipeline.watching.looking import find_out
from headcount.settings import Settings
from headcount.watch.flips import flips
from headcount.watch.letter import Carrier, Receipt
from headcount.watch.matter import Parcel
from headcount.watch.memory import remember
from headcount.watch.outbox import due
from headcount.watch.post import Post, Quiet, Recipient

BUDGET = 10.0
"""Seconds of a run that watching may take, the sending included."""

SHARE = 0.6
"""The part of what is left that a round of letters may take: the channels that stand in for others get their turn."""

SHORT, TOO_SHORT = 3.0, 2.0
"""Seconds in which a letter can be carried if all is well, and in which none can."""


class Noticed(Struct, frozen=True):
    """What watching came to."""

    told: tuple[Event, ...] = ()
    """What was new."""
    undelivered: tuple[str, ...] = ()
    """Channels that did not take a letter, each with why."""


def watch(premises: Premises, carrier: Carrier, besides: Iterable[Story] = ()) -> Noticed:
    """Look at everything, keep what there is to tell, and send what is to be sent, in ten seconds at most.

    Where another process is watching, it is left to that one; nothing is lost, for what is to be sent is in the store.

    `besides`: what the store cannot know: a wrong roster, a press that cannot be written.
    """
    until = premises.clock.monotonic() + BUDGET
    try:
        with premises.store.lock("watch"):
            at = premises.clock.now()
            memory = remember(premises.store, at)
            told = premises.store.tell(flips(memory, find_out(premises, memory, besides, at), at), at)
            is_over(premises.settings, carrier, SHORT)
            return Noticed(told, tuple(_sent(premises, carrier, at, until)))
    except Locked:
        return Noticed()


def _sent(premises: Premises, carrier: Carrier, at: datetime, until: float) -> Iterator[str]:
    """Send what is to be sent, round by round; what was not taken, and why."""
    post = post_of(premises.settings)
    for _ in range(len(post.recipients) + 1):
        parcels = due(remember(premises.store, at), post, at)
        seconds = SHARE * (until - premises.clock.monotonic())
        if not parcels or seconds < TOO_SHORT:
            return
        yield from _round(premises, carrier, parcels, seconds, at)


def _round(
    premises: Premises, carrier: Carrier, parcels: tuple[Parcel, ...], seconds: float, at: datetime
) -> Iterator[str]:
    """Letters are claimed before they go, so that a process that is killed meanwhile does not send them for ever."""
    premises.store.send(sending for parcel in parcels for sending in _claims(parcel, at))
    receipts = carrier([parcel.letter for parcel in parcels], seconds)
    premises.store.send(
        sending for parcel, receipt in zip(parcels, receipts, strict=True) for sending in _outcomes(parcel, receipt, at)
    )
    for parcel, receipt in zip(parcels, receipts, strict=True):
        if not receipt.sent:
            yield f"{parcel.letter.channel}: {receipt.detail}"


def _claims(parcel: Parcel, at: datetime) -> Iterator[Sending]:
    return (Sending(each.id, parcel.letter.channel, "claimed", at, parcel.name) for each in parcel.events)


def _outcomes(parcel: Parcel, receipt: Receipt, at: datetime) -> Iterator[Sending]:
    """Of a doubtful letter nothing is known, and nothing is kept."""
    if receipt.doubtful and not receipt.sent:
        return
    for each in parcel.events:
        yield Sending(each.id, parcel.letter.channel, "sent" if receipt.sent else "failed", at, receipt.detail)


def post_of(settings: Settings) -> Post:
    """Whom a configuration has told, and how."""
    wanted = settings.watch
    return Post(
        organization=settings.organization.name,
        recipients=tuple(Recipient(each.name, each.at_least) for each in wanted.channels),
        zone=settings.organization.zone,
        names=platforms.names(),
        quiet=Quiet(wanted.quiet.start, wanted.quiet.end) if wanted.quiet else None,
        most_a_day=wanted.most_a_day,
    )
