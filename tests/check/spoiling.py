"""Ways in which a number becomes a wrong one: each is to be held, whatever the account."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Spoil = Callable[[Random, int], int]

STATUSES = (200, 404, 429)
STATUS_LEVEL = 10_000
"""Of an account with so many followers and more, a status code is no plausible count."""


def cut_behind(random: Random, count: int) -> int:
    """As a buffer that is too short does."""
    text = str(count)
    return int(text[: random.randrange(1, len(text))])


def cut_before(random: Random, count: int) -> int:
    """As a search that begins too late does."""
    text = str(count)
    return int(text[random.randrange(1, len(text)) :])


def lose_a_digit(random: Random, count: int) -> int:
    """Anywhere."""
    text = str(count)
    place = random.randrange(len(text))
    return int(text[:place] + text[place + 1 :])


def add_a_digit(random: Random, count: int) -> int:
    """Anywhere; a nought in front adds none."""
    text = str(count)
    place = random.randrange(len(text) + 1)
    digit = random.choice("123456789" if place == 0 else "0123456789")
    return int(text[:place] + digit + text[place:])


ALWAYS: dict[str, Spoil] = {
    "digits cut off behind": cut_behind,
    "digits cut off before": cut_before,
    "a digit lost": lose_a_digit,
    "a digit added": add_a_digit,
    "zero": lambda _, __: 0,
    "ten times as many": lambda _, count: 10 * count,
    "a tenth": lambda _, count: count // 10,
    "'15,041' read as 15": lambda _, count: int(f"{count:,}".partition(",")[0]) if count >= 1_000 else 0,
}

SOMETIMES: dict[str, Spoil] = {f"the status {status}": lambda _, __, status=status: status for status in STATUSES}  # type: ignore[misc] # bound as it is now
"""Wrong for an account of `STATUS_LEVEL` and more."""
