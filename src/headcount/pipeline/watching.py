"""The third stage of a run: what is the matter is found out, told once, and sent to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from headcount.news.story import Event, Story
from headcount.pipeline.house import Premises
from headcount.watch.letter import Carrier


class Watched(Struct, frozen=True):
    """What watching came to."""

    told: tuple[Event, ...] = ()
    """What was new."""
    undelivered: tuple[str, ...] = ()
    """Channels that did not take a letter, each with why."""


def watch(premises: Premises, carrier: Carrier, besides: Iterable[Story] = ()) -> Watched:
    """Look at everything, keep what there is to tell, and send what is to be sent, in ten seconds at most.

    `besides`: what the store cannot know: a wrong roster, a full disk.
    """
    raise NotImplementedError
