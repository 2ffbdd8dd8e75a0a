"""What comes in and what goes out, as plain values."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct


class Call(Struct, frozen=True):
    """A request as a handler sees it."""

    base: str
    """Where its host is: `/youtube/page`."""
    parts: Mapping[str, str]
    """What stands in the braces of the route's path."""
    query: Mapping[str, str] = {}
    """A name that is given twice has both values, joined by a comma."""
    form: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}
    """Names in lower case."""


class Response(Struct, frozen=True):
    """What is sent back."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = {}


def json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A value as JSON."""
    kind = {"content-type": "application/json; charset=utf-8"}
    return Response(msgspec.json.encode(value), status, {**kind, **(headers or {})})


def redirect(to: str) -> Response:
    """Go elsewhere."""
    return Response(b"", 302, {"location": to})
