"""What has happened to a reply, and where anything may happen without a reader being unable to notice it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from random import Random

from msgspec import Struct

from tests.platforms.good.reply import Doc, Good, escaped


class Mutant(Struct, frozen=True):
    """A good reply to which something has happened."""

    how: str
    body: bytes
    status: int = 200
    confined: bool = False
    """Only what concerns the watched account was touched: all others must keep their readings."""
    unreadable: bool = False
    """It is not about the watched account any more: nothing may be read for it."""


LONG = re.compile(rb"[0-9]{3}")

Mutator = Callable[[Random, Good], Mutant | None]
"""None: there is nothing of that kind in this reply."""


def counts(good: Good, text: bytes) -> Sequence[tuple[int, int]]:
    """Every place of a text where a count stands."""
    return _places(good.written, text)


@cache
def _keyed(keys: tuple[str, ...]) -> re.Pattern[bytes]:
    return re.compile("|".join(sorted(keys)).encode() or b"(?!)")


@cache
def _places(forms: tuple[str, ...], text: bytes) -> Sequence[tuple[int, int]]:
    return [found.span() for found in re.finditer(b"|".join(re.escape(form.encode()) for form in forms), text)]


def free(rng: Random, good: Good, text: bytes, width: int) -> tuple[int, int]:
    """A stretch of up to `width` bytes that neither overlaps nor touches a count, so that nothing is glued to one."""
    while True:
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + rng.randint(1, width))
        if all(end < first or start > last for first, last in counts(good, text)):
            return start, end


def wordy(rng: Random, good: Good, text: bytes, width: int) -> tuple[int, int]:
    """A free stretch without a number, and no piece of a count's key: moved, it could put a sound number under that key."""
    while True:
        start, end = free(rng, good, text, width)
        keys = (found.span() for found in _keyed(good.keys).finditer(text))
        if not LONG.search(text, start, end) and all(end < first or start > last for first, last in keys):
            return start, end


def target(rng: Random, good: Good) -> tuple[bytes, Doc | None]:
    """The whole body, or what stands in it as a JSON string, which can be broken without breaking the body."""
    inner = [doc for doc in good.docs if doc.escaped]
    doc = rng.choice(inner) if inner and rng.random() < 0.5 else None
    return (doc.text if doc else good.body).encode(), doc


def rough(how: str, good: Good, doc: Doc | None, changed: bytes) -> Mutant:
    if doc is None:
        return Mutant(how, changed)
    body = good.body.replace(escaped(doc.text), escaped(changed.decode("latin-1")), 1)
    return Mutant(f"in the part, {how}", body.encode(), confined=doc.own)


def rewritten(how: str, good: Good, doc: Doc, changed: str) -> Mutant:
    old, new = (escaped(doc.text), escaped(changed)) if doc.escaped else (doc.text, changed)
    body = good.body.replace(old, new, 1).encode("utf-8", "surrogatepass")
    return Mutant(how, body, confined=doc.own and (doc.escaped or _is_json(changed)))


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return False
    return True
