"""What went wrong, as RFC 9457 has it: a sentence for the reader, and nothing of the machine's inside."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

MEDIA = "application/problem+json"


class ProblemShape(Struct, frozen=True):
    """A problem (RFC 9457)."""

    type: Annotated[str, Meta(description="`about:blank`: the status says which kind of problem it is")]
    title: Annotated[str, Meta(description="What the status is called", examples=["Not Found"])]
    status: Annotated[int, Meta(description="The HTTP status", ge=400, le=599, examples=[404])]
    detail: Annotated[str, Meta(description="What is the matter, and what to do about it, in a sentence")]


class Problem(Exception):
    """A question that cannot be answered, and why."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.detail = status, detail
        self.headers = {"Content-Type": MEDIA, "Cache-Control": "no-store", **(headers or {})}
        super().__init__(detail)

    def content(self) -> bytes:
        """As it is sent."""
        return msgspec.json.encode(
            ProblemShape("about:blank", HTTPStatus(self.status).phrase, self.status, self.detail)
        )


def not_found(what: str) -> Problem:
    """Something is not there."""
    return Problem(404, what)


def unavailable(why: str) -> Problem:
    """It would be there at another time."""
    return Problem(503, why, {"Retry-After": "60"})
