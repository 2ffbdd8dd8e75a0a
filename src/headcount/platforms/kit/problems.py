"""What a platform says is wrong, in the body of a reply that may be an answer just as well."""

from __future__ import annotations

from typing import TypeVar

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.net.message import Reply
from headcount.platforms.kit.wire import decode, heard

T = TypeVar("T")

LONGEST = 20_000
"""Bytes: what is longer is an answer, or a page."""


def problem(reply: Reply, kind: type[T], longest: int = LONGEST) -> T:
    """What a short JSON object says is wrong; of anything else, the kind with its defaults: nothing."""
    if len(reply.body) > longest or not reply.body.lstrip().startswith(b"{"):
        return kind()
    try:
        return decode(reply.body, kind)
    except ShapeChanged:
        return kind()


class Message(Struct):
    """The usual shape of an error."""

    message: str = ""


def message(reply: Reply) -> str:
    """The `message` of an error, cut short; of a body that is no such object, the status."""
    told = heard(reply.body, Message)
    return told.message[:200] if told else f"HTTP {reply.status}"
