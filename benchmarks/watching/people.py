"""Made-up accounts of eight kinds, and how many follow them hour by hour: always the same for one seed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

import numpy as np
from msgspec import Struct

from headcount.model import Account, Count

HOUR = timedelta(hours=1)
Hours = np.ndarray[tuple[int], np.dtype[np.int64]]
Kind = Literal["large", "middling", "small", "tiny", "calm", "shrinking", "bursty", "rounded"]

LEVELS: Mapping[Kind, tuple[float, float]] = {
    "large": (1e6, 8.4e6),
    "middling": (4e4, 4e5),
    "small": (3e3, 2e4),
    "tiny": (200, 800),
    "calm": (2e5, 1e6),
    "shrinking": (5e4, 1e6),
    "bursty": (1e5, 3e6),
    "rounded": (2e5, 5e6),
}
"""Between which numbers an account of each kind begins."""

GROWTH = 0.12
"""Of its level in a year: what an account usually gains."""
SHRINKING = -0.08
STEADY: frozenset[Kind] = frozenset({"large", "middling", "calm", "bursty"})
"""Kinds whose count moves nearly every hour, exactly known."""

BURST = 1 / (45 * 24)
"""A bursty account goes viral about every 45 days."""
LOUDEST = 40.0
"""Times the usual gain, in the first hour of a burst; it fades with a day."""
FADES = 24
YEAR = 365.25 * 24

PLATFORMS = ("twitter", "youtube", "facebook")
SCHEMES = {"twitter": "x", "youtube": "uc", "facebook": "graph"}


class Person(Struct, frozen=True):
    """An account, and how many follow it in each hour from `start` on."""

    account: Account
    id: str
    kind: Kind
    start: datetime
    followers: Hours

    @property
    def key(self) -> str:
        """Its key."""
        return self.account.key

    @property
    def platform(self) -> str:
        """The slug of its platform."""
        return self.account.platform

    def heads(self, at: datetime) -> int:
        """How many follow it then."""
        return int(self.followers[(at - self.start) // HOUR])

    def count(self, at: datetime) -> Count:
        """What its platform shows of that."""
        return shown(self.heads(at), self.kind)


def shown(heads: int, kind: Kind) -> Count:
    """What a platform shows of a number: all of it, or three digits."""
    step = 10 ** max(len(str(heads)) - 3, 0) if kind == "rounded" else 1
    return Count(heads // step * step, step, "truncated" if step > 1 else "exact")


def person(place: tuple[int, str], kind: Kind, start: datetime, hours: int, dice: np.random.Generator) -> Person:
    """One of that kind, by its number and platform."""
    number, platform = place
    account = Account(f"{platform}/account{number}", f"account{number}")
    low, high = LEVELS[kind]
    level = float(np.exp(dice.uniform(np.log(low), np.log(high))))
    return Person(account, f"id-{number}", kind, start, followers(level, kind, start, hours, dice))


def followers(level: float, kind: Kind, start: datetime, hours: int, dice: np.random.Generator) -> Hours:
    """Gains and losses hour by hour, more by day than by night and fewer at weekends; never less than nobody."""
    usual = abs(SHRINKING if kind == "shrinking" else GROWTH) * level / YEAR
    churn = {"calm": 0.2, "bursty": 2.0}.get(kind, 1.0) * usual
    gains = usual * _cycle(start, hours) * (_bursts(hours, dice) if kind == "bursty" else 1.0)
    moved = _dispersed(gains, dice) * (-1 if kind == "shrinking" else 1)
    moved += dice.poisson(churn, hours) - dice.poisson(churn, hours)
    return np.maximum(round(level) + np.cumsum(moved), 0).astype(np.int64)


def _cycle(start: datetime, hours: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    hour = start.hour + np.arange(hours)
    day = 1 + 0.6 * np.sin(2 * np.pi * (hour % 24 - 9) / 24)
    weekend = (start.weekday() + hour // 24) % 7 >= 5
    return day * np.where(weekend, 0.7, 1.0)


def _bursts(hours: int, dice: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    began = np.where(dice.random(hours) < BURST, LOUDEST, 0.0)
    fading = np.exp(-np.arange(5 * FADES) / FADES)
    return 1 + np.convolve(began, fading)[:hours]


def _dispersed(
    mean: np.ndarray[tuple[int], np.dtype[np.float64]], dice: np.random.Generator
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """More uneven than by chance alone, as people are: a Poisson number around a mean that itself varies by a half."""
    return dice.poisson(mean * dice.gamma(4.0, 1 / 4.0, len(mean)))
