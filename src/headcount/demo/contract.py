"""What a platform's answers declare: plain values in, plain values out; the web is in `responder` and `server` alone.

A file of `answers` ends with what it declares:

    ANSWERS = Answers(
        routes=(Route("GET", "api", "/users/{name}", user, admit=with_token, limit=PER_APP),),
        credentials={"token": "simulated-token"},
    )

Adding a platform is adding its file there; nothing else is edited.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

import msgspec
from msgspec import Struct

from headcount.demo.people import Identify, World
from headcount.model import HEADLINE, Count


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


class Usage(Struct, frozen=True):
    """How much of a limit is used up."""

    amount: int
    used: int
    resets: datetime


def anyone(call: Call) -> str:
    """All share one allowance, as from one address."""
    return ""


def once(call: Call) -> int:
    """A request is one call."""
    return 1


def untold(usage: Usage) -> Mapping[str, str]:
    """The platform's headers say nothing of what is left."""
    return {}


def lasting(**span: float) -> Callable[[datetime], datetime]:
    """A window that begins with the first call: `lasting(minutes=15)`."""
    return lambda start: start + timedelta(**span)


class Limit(Struct, frozen=True):
    """How often a platform lets itself be asked."""

    pool: str
    """Routes that name the same pool share one allowance, other platforms' included."""
    amount: int
    ends: Callable[[datetime], datetime]
    """When the window ends that begins at this time (UTC)."""
    refused: Response
    """What is said once it is used up."""
    tell: Callable[[Usage], Mapping[str, str]] = untold
    """The headers that say what is left."""
    who: Callable[[Call], str] = anyone
    """Whose allowance a call uses: a credential's, or an address's."""
    cost: Callable[[Call], int] = once


def everyone(call: Call) -> Response | None:
    """No credential is asked for."""
    return None


class Route(Struct, frozen=True):
    """One thing that a platform can be asked."""

    method: str
    host: str
    """`api`, `page`: the name by which the platform declares it; `*`: any, as of a federated platform."""
    path: str
    """Below the host, with the parts that vary in braces, as in aiohttp: `/users/{name}`, `/{kind:c|user}/{name}`."""
    answer: Callable[[Call, World], Response]
    admit: Callable[[Call], Response | None] = everyone
    """Why this call is not let in, or None."""
    limit: Limit | None = None


def decimal(handle: str, number: int) -> tuple[str, ...]:
    """An id of 19 digits: more than a double can hold exactly."""
    return (str(10**18 + number % (9 * 10**18)),)


class Answers(Struct, frozen=True):
    """All that the demo server knows of a platform."""

    routes: tuple[Route, ...]
    credentials: Mapping[str, str] = {}
    """By name, as they would stand in the settings: no others are let in."""
    identify: Identify = decimal
    plain: Callable[[str], str] = str
    """A handle as rosters write it (`@NASA`, `user/NASA`) -> the name that the platform knows (`NASA`)."""
    metrics: Mapping[str, Callable[[int], Count]] = MappingProxyType({HEADLINE: Count})
    """What its API counts, and how finely it shows a count."""
    refusals: Mapping[str, Response] = {}
    """What the platform says when it refuses everything, by a name of ours: `Faults(refusal=...)` picks one."""
    page_bytes: int = 0
    """What a real page weighs."""
