"""What a client has already, and which part it wants: conditional requests and ranges, as RFC 9110 has them."""

from __future__ import annotations

import re

from msgspec import Struct

from headcount.serve.problem import Problem

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Part(Struct, frozen=True):
    """Some bytes of a body."""

    first: int
    last: int
    """Included."""
    of: int

    def __str__(self) -> str:
        """As `Content-Range` has it."""
        return f"bytes {self.first}-{self.last}/{self.of}"


def has(none_match: str, tag: str) -> bool:
    """Whether `If-None-Match` says that the client has what the tag is of."""
    return none_match.strip() == "*" or tag in _TAG.findall(none_match)


def part(wanted: str, size: int) -> Part | None:
    """The part that `Range` asks for; None: everything, also where it cannot be understood or asks for several parts.

    Raises:
        Problem: where nothing of it is there.
    """
    match = _RANGE.fullmatch(wanted.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first and last and int(first) > int(last):
        return None
    begin = int(first) if first else max(0, size - int(last))
    if begin >= size or (not first and int(last) == 0):
        raise Problem(416, f"this file has {size} bytes, and none of those", {"Content-Range": f"bytes */{size}"})
    return Part(begin, min(int(last), size - 1) if first and last else size - 1, size)
