"""Who is in a history: a dozen accounts on three platforms, and whom it happens to; all of it by the history's seed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import get_args

import numpy as np
from msgspec import Struct

from benchmarks.watching.people import HOUR, PLATFORMS, STEADY, Kind, Person, person

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
"""The first hour of the first history."""
BEFORE = 28 * 24
"""Hours that were counted before anything happens: what the slowest of the rules looks back on."""
QUIET = 2
"""Hours that are run before it happens, as any other."""
AFTER = 16 * 24
EACH = 4
"""Accounts on each platform."""
APART = 0.06
"""No two accounts of a history are nearer to each other than that share: or one's number would pass for the other's."""

KINDS: tuple[Kind, ...] = get_args(Kind)
STEADIEST: tuple[Kind, ...] = tuple(sorted(STEADY - {"bursty"}))


class Cast(Struct, frozen=True):
    """Who is in a history."""

    seed: int
    people: tuple[Person, ...]
    begin: datetime
    """The slot before the first that is run."""
    platform: str
    """The platform that it happens to."""
    victim: Person
    """The account that it happens to, on that platform: one whose count moves nearly every hour."""
    other: Person
    """Another of that platform."""

    @property
    def strikes(self) -> datetime:
        """The first slot in which it happens."""
        return self.begin + (QUIET + 1) * HOUR

    @property
    def by_key(self) -> Mapping[str, Person]:
        """Everybody."""
        return {each.key: each for each in self.people}

    def on(self, platform: str) -> tuple[Person, ...]:
        """Whoever is on that platform."""
        return tuple(each for each in self.people if each.platform == platform)

    @property
    def there(self) -> tuple[Person, ...]:
        """Whoever is on the platform that it happens to."""
        return self.on(self.platform)


def cast(seed: int) -> Cast:
    """The one of that seed."""
    dice = np.random.default_rng(seed)
    start = BEGIN + int(dice.integers(0, 60 * 24)) * HOUR
    people = _people(start, dice)
    platform = PLATFORMS[int(dice.integers(len(PLATFORMS)))]
    there = [each for each in people if each.platform == platform]
    victims = [each for each in there if each.kind in STEADIEST]
    victim = victims[int(dice.integers(len(victims)))]
    others = [each for each in there if each.key != victim.key]
    other = others[int(dice.integers(len(others)))]
    return Cast(seed, people, start + (BEFORE - 1) * HOUR, platform, victim, other)


def _people(start: datetime, dice: np.random.Generator) -> tuple[Person, ...]:
    """So many on each platform, the first of them steady, the rest of any kind."""
    people: list[Person] = []
    for number in range(EACH * len(PLATFORMS)):
        of = STEADIEST if number % EACH == 0 else KINDS
        people.append(_apart(number, of, people, start, dice))
    return tuple(people)


def _apart(
    number: int, of: tuple[Kind, ...], there: list[Person], start: datetime, dice: np.random.Generator
) -> Person:
    while True:
        kind = of[int(dice.integers(len(of)))]
        drawn = person((number, PLATFORMS[number // EACH]), kind, start, BEFORE + AFTER, dice)
        if not any(_near(drawn, each) for each in there):
            return drawn


def _near(one: Person, other: Person) -> bool:
    """Whether their numbers are alike at any time of the history that is run."""
    own, others = (each.followers[BEFORE:].astype(float) for each in (one, other))
    return bool((abs(own - others) <= APART * np.maximum(own, others) + 100).any())


def unlucky(seed: int, key: str, at: datetime, share: float) -> bool:
    """Whether an account is out of luck in the hour: now and then anybody is, and always the same."""
    hour = int((at - BEGIN) / timedelta(hours=1))
    return bool(np.random.default_rng([seed, hour, *key.encode()]).random() < share)
