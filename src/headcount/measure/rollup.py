"""Totals that say how much of what they are the total of was counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from headcount.model import Unit

Counts = Mapping[str, Mapping[str, int | None]]
"""The counts of each unit's accounts by their keys, by the unit's id; None is an account without one."""


class Total(Struct, frozen=True):
    """A sum, and of how many accounts out of how many it is."""

    sum: int | None
    """None where nothing was counted: that is not zero."""
    counted: int
    of: int

    @property
    def complete(self) -> bool:
        """Whether every account has a count."""
        return self.counted == self.of


class UnitTotal(Struct, frozen=True):
    """The totals of a unit."""

    own: Total
    """Of the accounts that it runs itself."""
    whole: Total
    """Of these and of all that run under it."""


def total(counts: Iterable[int | None]) -> Total:
    """The total of some accounts' counts."""
    everyone = list(counts)
    known = [count for count in everyone if count is not None]
    return Total(sum(known) if known else None, len(known), len(everyone))


def roll_up(units: Sequence[Unit], counts: Counts) -> dict[str, UnitTotal]:
    """The totals of every unit, by its id, in the units' order; then those of ids that only `counts` knows.

    An account that several units run is counted once in what they come to together. A unit whose parent is not there
    stands at the top. Of units that are under each other, each is in the other's
    whole, once.
    """
    under: dict[str | None, list[str]] = {}
    for unit in units:
        under.setdefault(unit.parent, []).append(unit.id)
    ids = dict.fromkeys([*(unit.id for unit in units), *counts])
    return {
        top: UnitTotal(total(counts.get(top, {}).values()), total(_below(top, under, counts).values())) for top in ids
    }


def _below(top: str, under: Mapping[str | None, Sequence[str]], counts: Counts) -> dict[str, int | None]:
    """The counts of a unit and of all under it, by account."""
    seen: set[str] = set()
    found: dict[str, int | None] = {}
    waiting = [top]
    while waiting:
        unit = waiting.pop()
        if unit not in seen:
            seen.add(unit)
            waiting.extend(under.get(unit, ()))
            found |= counts.get(unit, {})
    return found
