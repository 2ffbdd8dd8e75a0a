"""Made-up hourly histories of eight kinds of account, clean: what the rules have to leave alone.

People join and leave by the hour of the day and the day of the week, in clumps, and now and then in a burst; two hours
of a hundred are missing. The same seed makes the same history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from math import cos, exp, pi
from random import Random

from msgspec import Struct

from headcount.model import Count, Past

BEGIN = datetime(2026, 6, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)

History = Callable[[int, int], list[Past]]
"""So many days, by a seed, from `BEGIN` on."""


class Kind(Struct, frozen=True):
    """How an account lives."""

    level: int
    """Its followers on the first day."""
    joining: float
    """People an hour."""
    leaving: float
    clumps: float = 0.5
    """How much one hour differs from the next, as the variance of its rate."""
    bursts: float = 0.0
    """How many a day; in each, many times as many people join for some hours."""
    digits: int = 0
    """So many are shown, the rest is cut off; 0: all."""
    missing: float = 0.02


KINDS: Mapping[str, Kind] = {
    "tiny": Kind(380, 0.03, 0.02),
    "small": Kind(4_200, 0.4, 0.2),
    "middling": Kind(31_000, 3.0, 1.5),
    "large": Kind(640_000, 40.0, 25.0, clumps=0.3),
    "huge": Kind(8_400_000, 900.0, 500.0, clumps=0.2),
    "bursting": Kind(210_000, 12.0, 5.0, clumps=1.0, bursts=0.05),
    "shrinking": Kind(1_200_000, 20.0, 60.0, clumps=0.3),
    "rounded": Kind(2_170_000, 300.0, 120.0, clumps=0.3, digits=3),
}


def kinds() -> dict[str, History]:
    """Every kind by its name, and how to make a history of it."""
    return {name: partial(history, kind) for name, kind in KINDS.items()}


def history(kind: Kind, days: int, seed: int) -> list[Past]:
    """The clean hourly readings of an account of that kind."""
    random = Random(seed)
    found: list[Past] = []
    for hour, level in enumerate(_levels(kind, random, days * 24)):
        at = BEGIN + hour * HOUR + timedelta(seconds=random.uniform(30, 150))
        if random.random() >= kind.missing:
            found.append(Past(at, shown(level, kind.digits), "api"))
    return found


def shown(level: int, digits: int = 0) -> Count:
    """A number of people as a platform shows it."""
    step = 10 ** max(len(str(level)) - digits, 0) if digits else 1
    return Count(level // step * step, step, "truncated") if step > 1 else Count(level)


def _levels(kind: Kind, random: Random, hours: int) -> Iterator[int]:
    level, burst = kind.level, 0.0
    for hour in range(hours):
        yield level
        burst = random.uniform(10, 60) if random.random() < kind.bursts / 24 else burst * 0.85
        joining = kind.joining * _rhythm(hour) * (1 + burst)
        level += _heads(random, joining, kind.clumps) - _heads(random, kind.leaving, kind.clumps / 4)
        level = max(level, 0)


def _rhythm(hour: int) -> float:
    """The share of its usual rate that an hour of the week has: evenings are busy, nights and weekends quiet."""
    day, of_day = divmod(hour, 24)
    return (1 + 0.6 * cos((of_day - 20) * pi / 12)) * (0.7 if day % 7 in (5, 6) else 1.12)


def _heads(random: Random, mean: float, variance: float) -> int:
    """How many come where `mean` are expected, whose own rate varies."""
    rate = mean * random.gammavariate(1 / variance, variance)
    if rate > 50:
        return max(round(random.gauss(rate, rate**0.5)), 0)
    heads, chance = 0, random.random()
    while chance > exp(-rate):
        heads, chance = heads + 1, chance * random.random()
    return heads
