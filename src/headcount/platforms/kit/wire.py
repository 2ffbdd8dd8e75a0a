"""Strict decoding: the one function that every body goes through, and the kinds of values that platforms write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, ValidationError

from headcount.errors import ShapeChanged
from headcount.model import MOST_HEADS
from headcount.platforms.kit.contract import Spoilt
from headcount.platforms.kit.strict import Nonsense, parse, short

T = TypeVar("T")

_MOST_ITEMS = 5_000
_UNSHOWN = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffd"
"""What moves a cursor, turns the direction of writing, or cannot be kept."""

Heads = Annotated[int, Meta(ge=0, le=MOST_HEADS)]
"""A count as a JSON number."""
HeadsText = Annotated[str, Meta(pattern=r"\A[0-9]{1,12}\Z")]
"""A count as a JSON string of ASCII digits."""
Digits = Annotated[str, Meta(pattern=r"\A[0-9]{1,20}\Z")]
"""A numeric id as a JSON string."""
Id = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"\A[!-~]+\Z")]
"""A stable id: printable ASCII."""

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=rf"\A[^{_UNSHOWN}]+\Z")]
"""A handle or a title: text that can be kept and shown."""
_INDEX = re.compile(r"-?[0-9]")


def decode(body: bytes | str, kind: type[T]) -> T:
    """The body as a `kind`.

    Raises:
        ShapeChanged: with the path that is wrong and what stands there, cut short.
    """
    return _convert(parse(body), kind)


def heard(body: bytes | str, kind: type[T]) -> T | None:
    """The body as a `kind`, or None where it is something else: for the words that may stand beside a status."""
    try:
        return decode(body, kind)
    except ShapeChanged:
        return None


def sift(items: Iterable[object], kind: type[T]) -> Iterator[T | Spoilt]:
    """Each item as a `kind`, or as `Spoilt`: one spoilt item costs nobody else."""
    for number, item in enumerate(items):
        if number == _MOST_ITEMS:
            raise ShapeChanged(f"more than {_MOST_ITEMS:,} items")
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


def _convert(value: object, kind: type[T]) -> T:
    try:
        return msgspec.convert(value, kind)
    except ValidationError as error:
        raise ShapeChanged(f"{error} in {short(value)}") from None
    except RecursionError:
        raise ShapeChanged(f"nested too deeply: {short(value)}") from None


Json = dict[str, object]
"""A JSON object whose members are looked at one by one."""
