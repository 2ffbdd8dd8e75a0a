"""Months in which nothing breaks: now and then an account is out of luck, or a platform is down for one run, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import numpy as np
from msgspec import Struct

from benchmarks.watching.cast import BEFORE, BEGIN, Cast
from benchmarks.watching.people import HOUR, PLATFORMS, Kind, person
from benchmarks.watching.trouble import Trouble
from benchmarks.watching.world import Look, World, world
from headcount.news.story import Event
from headcount.pipeline.watching.watch import watch
from headcount.platforms.kit.contract import Refusal
from headcount.watch.post import KEPT

MONTH = 30 * 24
"""Hours."""
HICCUP = 1 / (10 * 24)
"""About every ten days one platform is down for one run."""
KINDS: tuple[Kind, ...] = get_args(Kind)


class Clean(Struct, frozen=True, kw_only=True):
    """What was told of months in which nothing broke."""

    months: float
    """Account-months."""
    alarms: Mapping[str, int]
    """What people had letters about, of whatever severity, by kind of story."""
    notices: Mapping[str, int]
    """What was noted for the feed and the report of the week only."""
    letters: int
    """To one channel, about all of it."""
    held: int
    """Readings that were held back."""
    readings: int

    @property
    def a_year(self) -> float:
        """Alarms an account and year."""
        return 12 * sum(self.alarms.values()) / self.months


def crowd(seed: int, accounts: int, hours: int) -> Cast:
    """So many accounts of every kind, for so many hours."""
    dice = np.random.default_rng([seed, accounts])
    start = BEGIN + int(dice.integers(0, 60 * 24)) * HOUR
    people = tuple(
        person(
            (number, PLATFORMS[number % len(PLATFORMS)]), KINDS[number % len(KINDS)], start, BEFORE + hours + 1, dice
        )
        for number in range(accounts)
    )
    return Cast(seed, people, start + (BEFORE - 1) * HOUR, people[0].platform, people[0], people[-1])


def clean(folder: Path, seed: int, accounts: int, hours: int, look: Look = watch) -> Clean:
    """What comes of so many hours of so many accounts."""
    people = crowd(seed, accounts, hours)
    dice = np.random.default_rng([seed, hours])
    with world(folder, people, look) as there:
        there.fill_in()
        for _ in range(hours):
            there.befall(_hiccup(dice) if dice.random() < HICCUP else Trouble())
            there.turn()
        return _counted(there, accounts, hours)


def _hiccup(dice: np.random.Generator) -> Trouble:
    slug = PLATFORMS[int(dice.integers(len(PLATFORMS)))]
    return Trouble(refusals={f"{slug}.api": Refusal("unreachable", "HTTP 503")})


def _counted(there: World, accounts: int, hours: int) -> Clean:
    told = [event for event in there.events() if event.deed in ("opened", "noted")]
    remarks = there.store.remarks(there.cast.begin)
    return Clean(
        months=accounts * hours / MONTH,
        alarms=_by_kind([event for event in told if event.story.kind not in KEPT]),
        notices=_by_kind([event for event in told if event.story.kind in KEPT]),
        letters=len(there.postbox.to("first", there.cast.begin)),
        held=len({remark.reading for remark in remarks if remark.decision == "hold"}),
        readings=accounts * hours,
    )


def _by_kind(events: list[Event]) -> Mapping[str, int]:
    return dict(Counter(event.story.kind for event in events).most_common())


def together(parts: list[Clean]) -> Clean:
    """All of it."""
    alarms, notices = Counter[str](), Counter[str]()
    for part in parts:
        alarms.update(part.alarms)
        notices.update(part.notices)
    return Clean(
        months=sum(part.months for part in parts),
        alarms=dict(alarms.most_common()),
        notices=dict(notices.most_common()),
        letters=sum(part.letters for part in parts),
        held=sum(part.held for part in parts),
        readings=sum(part.readings for part in parts),
    )
