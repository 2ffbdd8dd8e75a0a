"""Who is told, and when people want to be left alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, tzinfo

from msgspec import Struct

from headcount.news.story import Event, Kind, Severity

RANK: Mapping[Severity, int] = {"notice": 0, "warning": 1, "urgent": 2}

KEPT: frozenset[Kind] = frozenset({"moved", "rounded", "segment", "digest"})
"""What is noted for the feed and the report of the week, and not sent: it happens often, and nobody has to do anything."""


class Recipient(Struct, frozen=True):
    """A channel, as far as it matters who is told what."""

    name: str
    at_least: Severity = "notice"


class Quiet(Struct, frozen=True):
    """Hours in which only what is urgent is told; they may span midnight."""

    start: time
    end: time

    def holds(self, at: datetime) -> bool:
        """Whether a local time is one of them."""
        now = at.time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


class Post(Struct, frozen=True, kw_only=True):
    """Whom an organisation has told, and how."""

    organization: str
    recipients: tuple[Recipient, ...] = ()
    zone: tzinfo = UTC
    names: Mapping[str, str] = {}
    """What the platforms are called, by slug."""
    quiet: Quiet | None = None
    most_a_day: int = 6
    """Letters to one channel."""

    def is_quiet(self, at: datetime) -> bool:
        """Whether people want to be left alone."""
        return self.quiet is not None and self.quiet.holds(at.astimezone(self.zone))


def takes(recipient: Recipient, event: Event) -> bool:
    """Whether a channel is told of an event."""
    return RANK[event.story.severity] >= RANK[recipient.at_least]


def is_about(recipient: Recipient, event: Event) -> bool:
    """Whether it says that the channel itself does not work. A reminder of it is sent there too: that is how it is tried."""
    return event.story.kind == "channel" and event.story.subject == recipient.name and event.deed == "opened"
