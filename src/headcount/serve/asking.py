"""A question as it was put, and what it is answered from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec import Struct

from headcount.serve.problem import Problem
from headcount.serve.serving import Serving
from headcount.serve.stand import Shown
from headcount.store.reader import Reader

Q = TypeVar("Q", bound=Struct)


class Grounds(Struct, frozen=True):
    """What an answer is made from."""

    shown: Shown
    store: Reader
    """One moment of the store."""
    at: datetime
    """Now (UTC), rounded down."""
    serving: Serving


def question(kind: type[Q], parameters: list[tuple[str, str]]) -> Q:
    """The question that parameters put.

    Raises:
        Problem: for one that is unknown, is given twice, or has a value that it cannot have.
    """
    given = dict(parameters)
    if len(given) != len(parameters):
        raise Problem(400, "a parameter is given more than once")
    _refuse_unknown(kind, given)
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Problem(400, _plainly(str(error))) from None


def _refuse_unknown(kind: type[Struct], given: Mapping[str, str]) -> None:
    known = kind.__struct_fields__
    if not given.keys() <= set(known):
        raise Problem(400, f"there is a parameter that this route has not; it has {', '.join(known) or 'none'}")


def _plainly(complaint: str) -> str:
    """What msgspec says, in the words of those who ask."""
    complaint = complaint.replace("Object missing required field", "There is no parameter")
    what, _, where = complaint.rpartition(" - at `$.")
    if what:
        return f"{where.removesuffix('`')}: {what[0].lower()}{what[1:]}"
    return complaint[0].lower() + complaint[1:]
