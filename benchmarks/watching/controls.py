"""Deliberately bad builds, which the harness has to catch: or its good figures would mean nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from unittest.mock import patch

from msgspec import Struct

from benchmarks.watching.world import LATE, Look
from headcount.check import judge
from headcount.model import ACCEPTED
from headcount.news.story import Story
from headcount.pipeline.house import Premises
from headcount.pipeline.watching.watch import Noticed, watch
from headcount.watch.letter import Carrier, Letter


def mute(_premises: Premises, _carrier: Carrier, _besides: Iterable[Story] = ()) -> Noticed:
    """Never says anything."""
    return Noticed()


def jumpy(premises: Premises, carrier: Carrier, _besides: Iterable[Story] = ()) -> Noticed:
    """Alarms at every single miss."""
    now = premises.clock.now()
    missed = [each for each in premises.store.recent(now) if each.status == "missed" and now - each.taken_at < LATE]
    stories = [Story("account", "warning", each.key, each.reason or "", since=each.taken_at) for each in missed]
    premises.store.tell([("noted", story) for story in stories], now)
    carrier([Letter("first", f"{story.subject} failed", "", "warning") for story in stories], 10.0)
    return Noticed()


class Build(Struct, frozen=True):
    """A build that is bad in one way."""

    look: Look = watch
    spoilt: Callable[[], AbstractContextManager[object]] = nullcontext
    """What is put in the place of something good, while inside."""


GOOD = Build()
BUILDS: Mapping[str, Build] = {
    "mute": Build(look=mute),
    "jumpy": Build(look=jumpy),
    "no quarantine": Build(spoilt=lambda: patch.object(judge, "quarantine", lambda _case: ACCEPTED)),
}


def build(name: str) -> Build:
    """The bad one of that name, or the good one."""
    return BUILDS[name] if name else GOOD
