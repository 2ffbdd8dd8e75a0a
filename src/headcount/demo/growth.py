"""How an account grows: made up, with days, weeks and seasons in it."""

from __future__ import annotations

from math import exp, sin, tau

from msgspec import Struct

YEAR = 365.25
LONGEST = 100 * YEAR


class Growth(Struct, frozen=True):
    """How an account grows."""

    level: float
    """Followers at the anchor."""
    rate: float
    """Share gained in a year, compounded; negative: lost."""
    rhythm: tuple[tuple[float, float, float], ...]

    def at(self, days: float) -> float:
        """Followers so many days after the anchor; of both signs."""
        passed = max(-LONGEST, min(days, LONGEST))
        for period, share, slowest in self.rhythm:
            passed -= share * period / tau * sin(tau * (days - slowest) / period)
        return self.level * exp(self.rate * passed / YEAR)
