"""Asks a URL what browsers ask before a page of another origin may read it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import aiohttp
from msgspec import Struct

from headcount.errors import DeliveryError
from headcount.net.message import Http
from headcount.net.session import proxy_url, trusted
from headcount.pipeline.publishing.buckets import route_to

EVERYONE = "*"
STRANGERS = ("https://stranger.invalid", "null")
"""Origins that nobody lists: another site, and a page without an origin of its own."""

_PATIENCE = aiohttp.ClientTimeout(total=20, connect=5)
_ALLOWED = "Access-Control-Allow-Origin"


class Answer(Struct, frozen=True):
    """What one origin is told."""

    origin: str
    wanted: bool
    """Whether its pages are to read."""
    allowed: str
    """Access-Control-Allow-Origin; empty: none."""

    @property
    def well(self) -> bool:
        """Whether it is told what was configured."""
        return self.allowed in {EVERYONE, self.origin} if self.wanted else not self.allowed

    def __str__(self) -> str:
        may = "may read" if self.allowed in {EVERYONE, self.origin} else "may not read"
        listed = "is listed" if self.wanted else "is not listed"
        return f"{self.origin} {may}" + ("" if self.well else f", although it {listed} in [serve] cors_origins")


def preflights(url: str, origins: Sequence[str], http: Http) -> tuple[Answer, ...]:
    """What each listed origin is told of a URL, and what strangers are.

    Raises:
        DeliveryError: where nobody answers.
    """
    asked = [*(origin for origin in origins if origin != EVERYONE), *STRANGERS]
    return asyncio.run(_ask_all(url, asked, origins, http))


async def _ask_all(url: str, asked: Sequence[str], origins: Sequence[str], http: Http) -> tuple[Answer, ...]:
    connector = aiohttp.TCPConnector(ssl=trusted(http.ca_bundle))
    proxy = proxy_url(route_to(http, url).proxy)
    async with aiohttp.ClientSession(connector=connector, proxy=proxy, timeout=_PATIENCE) as session:
        allowed = await asyncio.gather(*(_ask(session, url, origin) for origin in asked))
    return tuple(
        Answer(origin, EVERYONE in origins or origin in origins, said)
        for origin, said in zip(asked, allowed, strict=True)
    )


async def _ask(session: aiohttp.ClientSession, url: str, origin: str) -> str:
    headers = {"Origin": origin, "Access-Control-Request-Method": "GET"}
    try:
        async with session.options(url, headers=headers, allow_redirects=False) as reply:
            return ", ".join(reply.headers.getall(_ALLOWED, []))
    except (aiohttp.ClientError, TimeoutError) as error:
        raise DeliveryError(f"{url} did not answer a preflight: {type(error).__name__}") from None
