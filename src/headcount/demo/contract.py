"""What a platform's answers declare: plain values in, plain values out; the web is in `responder` and `server` alone.

Each of `answers` ends with what it declares:

    ANSWERS = Answers(
        routes=(Route("GET", "api", "/users/{name}", user, admit=with_token, limit=PER_APP),),
        credentials={"token": "simulated-token"},
    )

Adding a platform is adding its file, or its folder, there; nothing else is edited.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import Struct

from headcount.demo.calls import Call, Response
from headcount.demo.limits import Limit
from headcount.demo.people import Identify
from headcount.demo.world import World
from headcount.model import HEADLINE, Count


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
