"""How often a series stands still."""

from __future__ import annotations

from collections.abc import Sequence

CHANCE = 1e-5
"""What happens to a living series as seldom as that is no accident."""


def share_still(still: Sequence[bool]) -> float:
    """The share of readings that say the same as the one before; smoothed: what was never seen is not impossible."""
    return (sum(still) + 1) / (len(still) + 2)
