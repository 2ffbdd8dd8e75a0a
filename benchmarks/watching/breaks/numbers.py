"""Breaks of the numbers themselves: wrong ones, which nobody may see, and true ones that are worth knowing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import ceil, log

import numpy as np

from benchmarks.watching.breaks.contract import Break, Class, there, victim
from benchmarks.watching.cast import BEFORE, Cast, unlucky
from benchmarks.watching.people import HOUR, Person, shown
from benchmarks.watching.script import TRANSIENT
from benchmarks.watching.trouble import Shown, Trouble
from headcount.model import Count
from headcount.news.story import Kind

Troubling = Callable[[Cast], Trouble]
Changed = Callable[[int, np.random.Generator], int]
"""What becomes of a number."""

WEEK = 7 * 24

TENS = (10, 100, 1000)


def of_one(change: Changed) -> Troubling:
    """One account shows a number that something was done to."""

    def trouble(cast: Cast) -> Trouble:
        return Trouble(shows={cast.victim.key: changed(change, cast.seed)})

    return trouble


def of_all(change: Changed) -> Troubling:
    """All of the platform's accounts do, each in its own way."""

    def trouble(cast: Cast) -> Trouble:
        return Trouble(shows={each.key: changed(change, cast.seed + place) for place, each in enumerate(cast.there)})

    return trouble


def changed(change: Changed, seed: int) -> Shown:
    """The same change, by the same dice, each time."""
    return lambda person, at: shown(change(person.heads(at), np.random.default_rng(seed)), person.kind)


def cut(heads: int, dice: np.random.Generator) -> int:
    """One to three of the last digits are lost."""
    return heads // TENS[int(dice.integers(len(TENS)))]


def added(heads: int, dice: np.random.Generator) -> int:
    """One to three digits more."""
    times = TENS[int(dice.integers(len(TENS)))]
    return heads * times + int(dice.integers(times))


def fallen(heads: int, _dice: np.random.Generator) -> int:
    """A twentieth fewer."""
    return round(heads * 0.95)


def purged(heads: int, dice: np.random.Generator) -> int:
    """Two to nine of a hundred fewer."""
    return round(heads * (1 - float(dice.uniform(0.02, 0.09))))


def others(cast: Cast) -> Trouble:
    """Another account's number."""
    return Trouble(shows={cast.victim.key: _of(cast.other)})


def a_row_off(cast: Cast) -> Trouble:
    """Each of the platform's accounts shows the number of the next, as where the rows of a list were shifted by one."""
    following = zip(cast.there, (*cast.there[1:], cast.there[0]), strict=True)
    return Trouble(shows={each.key: _of(other) for each, other in following})


def _of(other: Person) -> Shown:
    return lambda _person, at: Count(other.heads(at))


def stuck(cast: Cast) -> Trouble:
    """The number of the time when it broke, for ever."""
    return Trouble(shows={cast.victim.key: lambda person, _at: person.count(cast.strikes)})


def rounded(cast: Cast) -> Trouble:
    """Three digits, where all were shown before; and the reply does not say so."""

    def three_digits(person: Person, now: datetime) -> Count:
        return Count(shown(person.heads(now), "rounded").value)

    return Trouble(shows={each.key: three_digits for each in cast.there})


def patience(cast: Cast) -> int:
    """Readings after which a standstill of the account that it happens to would be a chance of one in 100,000.

    As `reliability.md` has it, worked out here from the week that was counted before, and one more: the first of them may be
    told from a change. A run that gets no answer is no reading.
    """
    changes = np.diff(cast.victim.followers[BEFORE - WEEK : BEFORE]) == 0
    still, readings = int(changes.sum()), len(changes)
    share = (still + 1) / (readings + 2)
    standing = max(ceil(log(1e-5) / log(share)), 2 * _longest(changes) + 2, 3) + 1
    return standing + sum(
        unlucky(cast.seed, cast.victim.key, cast.strikes + run * HOUR, TRANSIENT) for run in range(standing)
    )


def _longest(still: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    longest = run = 0
    for each in still:
        run = run + 1 if each else 0
        longest = max(longest, run)
    return longest


def _wrong(name: str, trouble: Troubling, *, hours: int = 1) -> Break:
    """A number that nobody may see."""
    return Break(
        name=name, of="number", trouble=trouble, kinds=("held", "together"), about=there, limit=1, hours=hours,
    )  # fmt: skip


def _true(name: str, of: Class, trouble: Troubling, *kinds: Kind) -> Break:
    """A number that is as the platform has it."""
    return Break(
        name=name, of=of, trouble=trouble, kinds=kinds, about=there, limit=2, lasts=False,
        besides=("held", "together", "moved", "purge"),
    )  # fmt: skip


BREAKS = (
    _wrong("digits cut off", of_one(cut), hours=3),
    _wrong("digits added", of_one(added), hours=3),
    _wrong("zero", of_one(lambda _heads, _dice: 0), hours=3),
    _wrong("ten times as many", of_one(lambda heads, _dice: 10 * heads), hours=3),
    _wrong("a status code", of_one(lambda _heads, dice: int(dice.choice([200, 404, 429, 503])))),
    _wrong("another account's number, in two runs", others),
    _wrong("another account's number, in four runs", others, hours=3),
    _wrong("digits cut off, all accounts", of_all(cut)),
    _wrong("zero, all accounts", of_all(lambda _heads, _dice: 0)),
    _wrong("half of it, all accounts, in four runs", of_all(lambda heads, _dice: heads // 2), hours=3),
    _wrong("a quarter more, all accounts, in four runs", of_all(lambda heads, _dice: round(1.25 * heads)), hours=3),
    _wrong("a fifth fewer, all accounts, in four runs", of_all(lambda heads, _dice: round(0.8 * heads)), hours=3),
    _wrong("the next account's number, all accounts, in four runs", a_row_off, hours=3),
    Break(
        name="number that stands still", of="soft", trouble=stuck, kinds=("stuck",), about=victim, limit=patience,
        besides=("held", "moved"),
    ),
    Break(
        name="rounding begins", of="soft", trouble=rounded, kinds=("rounded", "segment"), about=there, limit=3,
        lasts=False, besides=("held", "together", "moved", "purge", "stuck"),
    ),
    _true("purge across a platform", "event", of_all(purged), "purge", "together"),
    _true("an account falls by 5 %", "event", of_one(fallen), "held", "moved"),
)  # fmt: skip
