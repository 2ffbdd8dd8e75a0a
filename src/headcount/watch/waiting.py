"""Letters that wait: until quiet hours end, or for the next day, as a channel has had its letters of this one."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime, time

from msgspec import Struct, structs

from headcount.watch.memory import Memory
from headcount.watch.outbox import due
from headcount.watch.post import Post


class Waiting(Struct, frozen=True):
    """What waits to be told through a channel."""

    channel: str
    letters: int
    until: time | None = None
    """In the organisation's zone: when quiet hours end; None: it has had its letters of the day."""


def waiting(memory: Memory, post: Post, at: datetime) -> tuple[Waiting, ...]:
    """The letters that would be sent now, but for quiet hours and the bound of the day."""
    goes = {(each.letter.channel, event.id) for each in due(memory, post, at) for event in each.events}
    all_of_it = due(memory, structs.replace(post, quiet=None, most_a_day=sys.maxsize), at)
    kept = Counter(each.letter.channel for each in all_of_it if (each.letter.channel, each.events[0].id) not in goes)
    until = post.quiet.end if post.quiet and post.is_quiet(at) else None
    return tuple(Waiting(channel, letters, until) for channel, letters in kept.items())


def in_words(waits: Waiting) -> str:
    """`mail: 1 letter waits until 07:00 (quiet hours)`."""
    number = "1 letter waits" if waits.letters == 1 else f"{waits.letters} letters wait"
    why = f"until {waits.until:%H:%M} (quiet hours)" if waits.until else "(it has had its letters of the day)"
    return f"{waits.channel}: {number} {why}"
