"""Counts as platforms write them on their pages."""

from __future__ import annotations

Units = tuple[tuple[int, str], ...]

LETTERS: Units = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K"))
WORDS: Units = ((1_000_000_000, " billion"), (1_000_000, " million"), (1_000, " thousand"))


def first_digits(value: int, digits: int = 3) -> int:
    """The value cut down to its first digits, the rest nought."""
    return value - value % _step(value, digits)


def short(value: int) -> str:
    """Exactly this value: `2.52M`, `7.78K`, `84`."""
    return _written(value, LETTERS)


def spoken(value: int) -> str:
    """Exactly this value: `2.52 million`."""
    return _written(value, WORDS)


def rounded(value: int, digits: int) -> str:
    """The value rounded to so many digits, but never more coarsely than to whole thousands, millions: `28M`, `448K`."""
    unit = next((size for size, _ in LETTERS if value >= size), 1)
    step = min(unit, _step(value, digits))
    return short((value + step // 2) // step * step)


def _step(value: int, digits: int) -> int:
    return int("1" + "0" * (len(str(value)) - digits))


def _written(value: int, units: Units) -> str:
    for size, name in units:
        if value >= size:
            return f"{value / size:.6f}".rstrip("0").rstrip(".") + name
    return str(value)
