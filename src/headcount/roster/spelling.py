"""The nearest good spelling of a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, good: Iterable[str]) -> str:
    """`did you mean twitter?`, or nothing where no known word is near."""
    by_fold = {each.casefold(): each for each in sorted(good)}
    found = get_close_matches(word.casefold(), by_fold, n=1)
    return f"did you mean {by_fold[found[0]]}?" if found else ""
