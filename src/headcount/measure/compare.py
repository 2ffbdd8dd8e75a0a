"""Two tables of counts side by side: where they agree, by how much they do not, and what only one of them has."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from msgspec import Struct

Table = Mapping[str, Mapping[str, int | None]]
"""Column -> row -> count; None where the cell is empty."""


class Comparison(Struct, frozen=True):
    """A column of two tables."""

    column: str
    both: int = 0
    """Rows in which both have a count."""
    same: int = 0
    typically: float | None = None
    """The median of what they differ by where they do, in per cent of the first."""
    most: float | None = None
    """The largest such difference, in per cent."""
    worst: str = ""
    """The row in which it stands."""
    only_first: int = 0
    """Rows in which only the first has a count."""
    only_second: int = 0


def compare(first: Table, second: Table) -> list[Comparison]:
    """Every column that both have, in the order of the first."""
    return [_column(name, first[name], second[name]) for name in first if name in second]


def _column(name: str, first: Mapping[str, int | None], second: Mapping[str, int | None]) -> Comparison:
    one = {row: count for row, count in first.items() if count is not None}
    other = {row: count for row, count in second.items() if count is not None}
    both = [row for row in one if row in other]
    apart = {row: 100 * abs(other[row] - one[row]) / max(one[row], 1) for row in both if other[row] != one[row]}
    worst = max(apart, key=apart.__getitem__, default="")
    return Comparison(
        column=name,
        both=len(both),
        same=len(both) - len(apart),
        typically=round(median(apart.values()), 3) if apart else None,
        most=round(apart[worst], 3) if apart else None,
        worst=worst,
        only_first=len(one) - len(both),
        only_second=len(other) - len(both),
    )
