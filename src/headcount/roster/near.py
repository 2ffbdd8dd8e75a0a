"""Words that are one slip of the finger apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import takewhile
from operator import eq

_SHORTEST = 5
"""Of shorter words, too many are one letter apart and both right."""
_ALIKE = 0.85


def is_slip(one: str, other: str) -> bool:
    """Whether one letter is missing, too many, another one, or two have changed places; case is ignored.

    A digit or a sign more or less is a way to tell accounts apart, and no slip.
    """
    first, second = _differing(one.casefold(), other.casefold())
    return (
        min(len(one), len(other)) >= _SHORTEST
        and (first + second).isalpha()
        and (len(first) <= 1 >= len(second) or (len(first) == 2 and first == second[::-1]))
    )


def is_near(one: str, other: str) -> bool:
    """Whether one may be a corrected spelling of the other: a slip, or nearly all letters in the same order."""
    return is_slip(one, other) or SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= _ALIKE


def _differing(one: str, other: str) -> tuple[str, str]:
    """What is left of two words without what they begin and end with alike."""
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    end = _alike(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def _alike(one: str, other: str) -> int:
    """With how many of the same letters two words begin."""
    return sum(takewhile(bool, map(eq, one, other)))


class Neighbours:
    """Words by what is left of them without one letter: two that are a slip apart have such a rest in common."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_rest: dict[str, set[str]] = {}
        for word in set(words):
            for rest in _rests(word):
                self._by_rest.setdefault(rest, set()).add(word)

    def of(self, word: str) -> list[str]:
        """Those that are a slip away from it, in alphabetical order."""
        sharing = set[str]().union(*(self._by_rest.get(rest, ()) for rest in _rests(word)))
        return sorted(other for other in sharing if is_slip(word, other))


def _rests(word: str) -> Iterator[str]:
    yield word
    yield from (word[:number] + word[number + 1 :] for number in range(len(word)))
