"""Where keys and values stand in a JSON text, so that a test can put something else there, valid or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

STRING = r'"(?:[^"\\]|\\.)*"'
TOKEN = re.compile(
    rf'(?P<key>{STRING})\s*:|(?P<open>[{{\[])|(?P<close>[}}\]])|(?P<value>{STRING}|[^\s{{}}\[\],:"]+)|[,\s]', re.DOTALL
)


class Spot(Struct, frozen=True):
    """A value, and the key it stands under, if any: `text[start:end]`, `text[key_start:key_end]`."""

    start: int
    end: int
    key_start: int
    key_end: int
    depth: int

    @property
    def has_key(self) -> bool:
        return self.key_end > self.key_start


@cache
def spots(text: str) -> tuple[Spot, ...]:
    """Every value of a sound JSON text, the outermost last."""
    return tuple(_spots(text))


def _spots(text: str) -> Iterator[Spot]:
    key = (0, 0)
    opened: list[tuple[int, tuple[int, int]]] = []
    for token in TOKEN.finditer(text):
        if token["key"]:
            key = token.span("key")
        elif token["open"]:
            opened.append((token.start(), key))
            key = (0, 0)
        elif token["close"]:
            start, under = opened.pop()
            yield Spot(start, token.end(), *under, depth=len(opened))
        elif token["value"]:
            yield Spot(*token.span("value"), *key, depth=len(opened))
            key = (0, 0)


def gaps(text: str) -> list[int]:
    """The places between the tokens of a JSON text, where white space means nothing."""
    return [token.end() for token in TOKEN.finditer(text) if not token["key"]]
