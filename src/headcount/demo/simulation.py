"""Made-up growth: how many followers an account has at any time, past or future, always the same.

A count is a pure function of the seed, the platform, the handle and the time, so that ninety days of history can be
filled in from what the demo server itself would have said, and a second run of the demo tells the same story.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b
from math import exp, log

from msgspec import Struct

from headcount.clock import Clock
from headcount.demo.growth import Growth
from headcount.model import HEADLINE

ANCHOR = datetime(2026, 1, 1, tzinfo=UTC)
"""When every account has exactly its level: a Thursday."""

SMALLEST, LARGEST = 300, 4_000_000
"""Between these lie the levels, as many of them below 35,000 as above."""

DAY = 86_400.0

# Period in days, share of the growth, and the day after the anchor on which it is slowest: at night, on Sunday, and at
# times that differ from account to account. The shares sum to less than one, so that growth never turns into loss.
NIGHT, SUNDAY = (1.0, 0.50, 0.25), (7.0, 0.25, 3.0)
SEASONS = ((17.3, 0.12), (61.0, 0.08))


class Purge(Struct, frozen=True):
    """A platform removes fake accounts: everybody there loses the same share of followers at once."""

    platform: str
    at: datetime
    share: float


class Simulation:
    """The followers of everybody, everywhere, at any time."""

    def __init__(self, clock: Clock, seed: int = 2026, purge: Purge | None = None) -> None:
        self.clock = clock
        self._purge = purge
        self._seed = seed
        self._grown: dict[tuple[str, str], Growth] = {}

    def count(self, platform: str, handle: str, at: datetime, metric: str = HEADLINE) -> int:
        """How many there are at that time (any zone); a metric other than followers is a fixed share of them."""
        growth = self._grown.get((platform, handle)) or self._grow(platform, handle)
        followers = growth.at((at - ANCHOR).total_seconds() / DAY) * self._left(platform, at)
        return int(followers if metric == HEADLINE else followers * self._share(platform, handle, metric))

    def number(self, platform: str, handle: str) -> int:
        """A number of 128 bits that is the account's own: what its stable ids are made of."""
        return int.from_bytes(self._digest(platform, handle, "id")[:16])

    def _grow(self, platform: str, handle: str) -> Growth:
        level, rate, night, *seasons = self._draws(platform, handle)
        rhythm = [(*NIGHT[:2], NIGHT[2] + 0.25 * (night - 0.5)), SUNDAY]
        rhythm += [(period, share, period * draw) for (period, share), draw in zip(SEASONS, seasons, strict=True)]
        growth = Growth(
            level=SMALLEST * exp(level * log(LARGEST / SMALLEST)),
            rate=-0.04 if rate > 0.9 else 0.03 + 0.5 * rate * rate,
            rhythm=tuple(rhythm),
        )
        return self._grown.setdefault((platform, handle), growth)

    def _left(self, platform: str, at: datetime) -> float:
        """What share of all followers a purge has left."""
        purge = self._purge
        return 1 - purge.share if purge and purge.platform == platform and at >= purge.at else 1.0

    def _share(self, platform: str, handle: str, metric: str) -> float:
        return 0.80 + 0.15 * self._digest(platform, handle, metric)[0] / 255

    def _draws(self, platform: str, handle: str) -> list[float]:
        """Five numbers between nought and one."""
        digest = self._digest(platform, handle, "growth")
        return [int.from_bytes(digest[at : at + 4]) / 2**32 for at in range(0, 20, 4)]

    def _digest(self, platform: str, handle: str, purpose: str) -> bytes:
        name = f"{self._seed}/{platform}/{handle.casefold()}/{purpose}"
        return blake2b(name.encode(), digest_size=32).digest()
