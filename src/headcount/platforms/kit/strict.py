"""JSON without what Python's parsers accept and no platform means.

A key twice (the last wins), `NaN`, `1e999`, `-0`, nesting until the stack breaks: such a value becomes `Nonsense`, which
no type accepts, so that it spoils the item that holds it and nothing else.
"""

from __future__ import annotations

import json
import re
from json import JSONDecodeError

from msgspec import Struct

from headcount.errors import ShapeChanged

_SHOWN = 60
LONGEST = 4 * 1024 * 1024
"""Bytes of a page or of JSON: none that we ask for comes near, and reading one that does would keep everybody waiting."""
_LONGEST_NUMBER = 30
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL)


class Nonsense:
    """Stands where a value cannot be trusted; no type accepts it."""

    def __init__(self, why: str) -> None:
        self.why = why

    def __repr__(self) -> str:
        return f"<{self.why}>"


def parse(body: bytes | str) -> object:
    """The value of a body.

    Raises:
        ShapeChanged: where it is not JSON.
    """
    bound(body)
    try:
        text = body if isinstance(body, str) else body.decode("utf-8-sig")
        return _DECODER.decode(_whole(text))
    except JSONDecodeError as error:
        raise ShapeChanged(f"not JSON: {error.msg} at character {error.pos} of {short(body)}") from None
    except UnicodeDecodeError:
        raise ShapeChanged(f"not UTF-8: {short(body)}") from None
    except RecursionError:
        raise ShapeChanged(f"nested too deeply: {short(body)}") from None


def bound(body: bytes | str) -> None:
    """Nothing, for a page or JSON of a size that may be read.

    Raises:
        ShapeChanged: where it is larger than any that is asked for.
    """
    if len(body) > LONGEST:
        raise ShapeChanged(f"{len(body):,} bytes, where at most {LONGEST:,} are read")


def _whole(text: str) -> str:
    """Without halves of characters, as stand where a text was cut: they cannot be kept or shown, and msgspec breaks on them."""
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _ESCAPE.sub(lambda escape: r"\ufffd" if escape["half"] else escape[0], text)


def short(value: object) -> str:
    """A value as a complaint shows it, cut short."""
    text = repr(
        value[:_SHOWN] if isinstance(value, str | bytes) else value if isinstance(value, Struct) else _outline(value)
    )
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _outline(value: object) -> object:
    """Enough of a value to recognise it: a repr of all of it could be megabytes, or too deep to print."""
    if isinstance(value, dict):
        return list(value)[:5]
    return f"a list of {len(value)}" if isinstance(value, list) else value


def _unique(pairs: list[tuple[str, object]]) -> object:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Nonsense("the same key twice")


def _number(text: str) -> object:
    sane = len(text) <= _LONGEST_NUMBER and text != "-0"
    return int(text) if sane else Nonsense(f"not a sensible number: {text[:_LONGEST_NUMBER]}")


def _fraction(text: str) -> object:
    value = float(text[:400])
    return value if abs(value) < float("inf") else Nonsense("a number without end")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_int=_number, parse_float=_fraction, parse_constant=Nonsense
)
