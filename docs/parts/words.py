"""Numbers of the declarations, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from headcount.net.message import Pace

_PERIODS = {1: "a second", 60: "a minute", 3_600: "an hour", 86_400: "a day"}
_UNITS = {86_400: "days", 3_600: "hours", 60: "minutes", 1: "seconds"}


def pace(of: Pace) -> str:
    """How many calls in which time: `300 in 15 minutes`, `60 a minute`."""
    return f"{of.amount:,g} {_period(of.per)}"


def _period(seconds: float) -> str:
    if seconds in _PERIODS:
        return _PERIODS[int(seconds)]
    size = next((size for size in _UNITS if seconds % size == 0), 1)
    return f"in {seconds / size:,g} {_UNITS[size]}"


def price(micros: int) -> str:
    """What an account costs for a UTC day."""
    if not micros:
        return "free"
    cents, rest = divmod(micros, 10_000)
    return f"${cents / 100:.2f}" if not rest else f"${micros / 1_000_000:.6f}".rstrip("0")


def sentence(text: str) -> str:
    """A remark as a sentence of its own."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def both(names: Sequence[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {word} ".join([part for part in (", ".join(names[:-1]), *names[-1:]) if part])


def either(texts: Iterable[str]) -> str:
    """What differs, each said once."""
    return both(list(dict.fromkeys(texts)), "or")
