"""The nouns of noticing: a `Story` is what is the matter, an `Event` is its telling, a `Sending` its way to one channel.

An incident is the events of one key: `opened`, perhaps `reminded`, in the end `cleared`. What merely happens, and is
over as it happens, is `noted` once. Events are appended and never changed, so they are the log of what broke, the outbox
of messages, the feed and the memory of the weekly report at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

Kind = Literal[
    # incidents: they last
    "network",        # nobody answers: several platforms are out of reach at once
    "platform",       # a platform answers nobody, or refuses us
    "source",         # one way of asking fails, and another is used in its place
    "account",        # one account cannot be counted
    "stale",          # accounts that are due were not asked
    "held",           # a count awaits a person's decision
    "together",       # many counts of one platform went wrong at once
    "stuck",          # a count no longer moves
    "job",            # a job has not run, or does not come to its end
    "press",          # nothing can be printed, so nothing new reaches any target
    "target",         # a target cannot be written, or is no longer written
    "credential",     # a token is about to expire
    "configuration",  # the configuration or the roster is wrong
    "disk",
    "clock",
    "channel",        # people cannot be told this way
    # happenings: they are over as they happen
    "moved",          # a count changed more than it usually does
    "purge",          # many accounts of one platform fell together, by a little: fake accounts were removed
    "milestone",
    "rounded",        # a count is known less finely than before
    "renamed",        # an account goes by another handle
    "segment",        # from here on a series is counted another way
    "digest",         # the report of a week was sent
]  # fmt: skip

Severity = Literal["urgent", "warning", "notice"]
"""urgent: counting or publishing stands still; warning: somebody has to do something; notice: good to know."""

Deed = Literal["opened", "reminded", "cleared", "noted"]


class Story(Struct, frozen=True, omit_defaults=True):
    """What is the matter: as plain facts, so that each reader puts it into its own words and leaves out what it must."""

    kind: Kind
    severity: Severity
    subject: str
    """What it is about: a platform's slug, an account's key, a job, a target, a channel, `twitter.api`, ..."""
    reason: str = ""
    """A reason of the closed list, or the rule that spoke; empty where the kind says it all."""
    since: datetime | None = None
    """When it began, or happened (UTC)."""
    accounts: tuple[str, ...] = ()
    """The keys of those it affects."""
    detail: str = ""
    """What was said, scrubbed; for the operator only, never published."""
    figures: Mapping[str, int] = {}
    """The numbers that belong to it, by name: `count`, `before`, `threshold`, `of` (how many accounts there are), ..."""

    @property
    def key(self) -> str:
        """One incident has one key, however many accounts it grows to."""
        return "/".join(filter(None, (self.kind, self.subject, self.reason)))


class Event(Struct, frozen=True):
    """A story's telling."""

    id: int
    key: str
    """Of the incident, or of the happening: what was noted under a key is not noted again."""
    deed: Deed
    at: datetime
    story: Story


class Sending(Struct, frozen=True):
    """A try to tell an event through a channel. `claimed` without a word after it: nobody knows whether it went out."""

    event: int
    channel: str
    state: Literal["claimed", "sent", "failed"]
    at: datetime
    detail: str = ""
