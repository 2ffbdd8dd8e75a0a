"""Strict decoding: the one function that every body goes through.

Python's parsers accept what no platform means: a key twice (the last wins), `NaN`, `1e999`, `-0`, `true` as 1, nesting
until the stack breaks. Here such a value becomes `Nonsense`, which no type accepts: it spoils the item that holds it and
nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from json import JSONDecodeError
from typing import Annotated, Generic, TypeVar

import msgspec
from msgspec import Meta, Struct, ValidationError

from headcount.errors import ShapeChanged
from headcount.model import MOST_HEADS
from headcount.platforms.contract import Spoilt

T = TypeVar("T")

Heads = Annotated[int, Meta(ge=0, le=MOST_HEADS)]
"""A count as a JSON number."""
HeadsText = Annotated[str, Meta(pattern=r"\A[0-9]{1,12}\Z")]
"""A count as a JSON string of ASCII digits."""
Digits = Annotated[str, Meta(pattern=r"\A[0-9]{1,20}\Z")]
"""A numeric id as a JSON string."""
Id = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"\A[!-~]+\Z")]
"""A stable id: printable ASCII."""

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\A[^\x00-\x1f\ud800-\udfff\ufffd]+\Z")]
"""A handle or a title: text that can be kept and shown."""

_SHOWN = 60
_INDEX = re.compile(r"-?[0-9]")
_LONGEST_NUMBER = 30
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL)


class Nonsense:
    """Stands where a value cannot be trusted; no type accepts it."""

    def __init__(self, why: str) -> None:
        self.why = why

    def __repr__(self) -> str:
        return f"<{self.why}>"


def decode(body: bytes | str, kind: type[T]) -> T:
    """The body as a `kind`.

    Raises:
        ShapeChanged: with the path that is wrong and what stands there, cut short.
    """
    return _convert(_parse(body), kind)


def sift(items: Iterable[object], kind: type[T]) -> Iterator[T | Spoilt]:
    """Each item as a `kind`, or as `Spoilt`: one spoilt item costs nobody else."""
    for number, item in enumerate(items):
        try:
            yield _convert(item, kind)
        except ShapeChanged as error:
            yield Spoilt(f"item {number}: {error}")


def find(value: object, path: str, kind: type[T]) -> T | None:
    """What stands at a path of what was decoded, or None: `rows.-1.title`; `*` is the first item that has the rest.

    Raises:
        ShapeChanged: where something else stands there.
    """
    if isinstance(value, Nonsense):
        raise ShapeChanged(f"{value!r} before {path}")
    if not path:
        return None if value is None else _convert(value, kind)
    step, _, rest = path.partition(".")
    return next((found for each in _at(value, step) if (found := find(each, rest, kind)) is not None), None)


def _at(value: object, step: str) -> Sequence[object]:
    if isinstance(value, list):
        return value if step == "*" else value[int(step) :][:1] if _INDEX.fullmatch(step) else ()
    return [value[step]] if isinstance(value, dict) and step in value else ()


class Matched(Generic[T]):
    """The items of an answer by the name of whom they are about, and those that cannot be used."""

    def __init__(self, found: Mapping[str, T], spoilt: tuple[Spoilt, ...]) -> None:
        self.found = found
        self.spoilt = spoilt


def match(items: Iterable[T | Spoilt], name: Callable[[T], str], asked: Container[str] | None = None) -> Matched[T]:
    """Sort items by whom they are about.

    Two about one that differ are both spoilt, for neither can be believed; and so is one about nobody who was `asked` for.
    """
    found: dict[str, T] = {}
    spoilt: list[Spoilt] = []
    doubtful: set[str] = set()
    for item in items:
        if isinstance(item, Spoilt):
            spoilt.append(item)
        elif asked is not None and name(item) not in asked:
            spoilt.append(Spoilt(f"an answer about {name(item)}, who was not asked for"))
        elif found.setdefault(name(item), item) != item:
            doubtful.add(name(item))
    for whom in doubtful:
        del found[whom]
        spoilt.append(Spoilt(f"two answers about {whom} that differ"))
    return Matched(found, tuple(spoilt))


def _convert(value: object, kind: type[T]) -> T:
    try:
        return msgspec.convert(value, kind)
    except ValidationError as error:
        raise ShapeChanged(f"{error} in {_short(value)}") from None
    except RecursionError:
        raise ShapeChanged(f"nested too deeply: {_short(value)}") from None


def _parse(body: bytes | str) -> object:
    try:
        text = body if isinstance(body, str) else body.decode("utf-8-sig")
        return _DECODER.decode(_whole(text))
    except JSONDecodeError as error:
        raise ShapeChanged(f"not JSON: {error.msg} at character {error.pos} of {_short(body)}") from None
    except UnicodeDecodeError:
        raise ShapeChanged(f"not UTF-8: {_short(body)}") from None
    except RecursionError:
        raise ShapeChanged(f"nested too deeply: {_short(body)}") from None


def _whole(text: str) -> str:
    """Without halves of characters, as stand where a text was cut: they cannot be kept or shown, and msgspec breaks on them."""
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _ESCAPE.sub(lambda escape: r"\ufffd" if escape["half"] else escape[0], text)


def _short(value: object) -> str:
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
