"""The one client: sends a request and gives back every complete reply, whatever its status.

One deadline and one size hold for the whole exchange, redirects and body included. Only public addresses are connected
to, unless the operator allows others; what the operator names as the proxy may be anywhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from headcount import __version__
from headcount.clock import SYSTEM, Clock
from headcount.errors import TooSlow, Unreachable
from headcount.net import guard, route
from headcount.net.body import read_body
from headcount.net.bypass import bypasses
from headcount.net.headers import HARMLESS, incoming, outgoing
from headcount.net.message import Get, Http, Post, Reply, Request
from headcount.net.session import new_session, proxy_url, trusted
from headcount.net.trouble import PRIVATE, explain

MOST_CONNECTIONS = 128
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Client:
    """Sends requests while it is open (`async with`).

    Raises:
        Mistake: where the proxy or the certificates that `http` names cannot be used.
    """

    def __init__(self, http: Http, clock: Clock = SYSTEM) -> None:
        self._http, self._clock = http, clock
        self._agent = f"headcount/{__version__}" + (f" (+{http.contact})" if http.contact else "")
        self._proxy = proxy_url(http.proxy)
        self._trust = trusted(http.ca_bundle)
        self._places = asyncio.Semaphore(MOST_CONNECTIONS)

    async def __aenter__(self) -> Self:
        self._direct = new_session(self._trust, guarded=not self._http.allow_private_addresses)
        self._proxied = new_session(self._trust, guarded=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._direct.close()
        await self._proxied.close()

    async def send(self, request: Request, hosts: Mapping[str, str]) -> Reply:
        """The reply to a request, redirects followed as far as they stay below `hosts`.

        The deadline begins when a connection is free, not while others are waited for.

        Raises:
            Unreachable: DNS, TLS, connection, forbidden address, broken transfer.
            TooSlow: the deadline passed.
            TooBig: the body is larger than allowed.
        """
        url = route.locate(request, hosts)
        async with self._places:
            try:
                async with asyncio.timeout(self._http.timeout):
                    return await self._follow(request, url, hosts)
            except TimeoutError:
                raise TooSlow(
                    f"{url.host_port_subcomponent} had not answered in full after {self._http.timeout:g} seconds "
                    "(timeout in [http])"
                ) from None

    async def _follow(self, request: Request, url: URL, hosts: Mapping[str, str]) -> Reply:
        headers = outgoing(request, self._agent, url)
        reply = await self._exchange(request, url, headers)
        for _ in range(MOST_REDIRECTS if isinstance(request, Get) else 0):
            target = route.onward(url, reply.headers.get("location", ""), hosts) if reply.status in REDIRECTS else None
            if target is None:
                break
            if target.origin() != url.origin():
                headers = {name: value for name, value in headers.items() if name in HARMLESS}
            url = target
            reply = await self._exchange(request, url, headers)
        return reply

    async def _exchange(self, request: Request, url: URL, headers: Mapping[str, str]) -> Reply:
        host = url.host_port_subcomponent or ""
        if not self._http.allow_private_addresses and guard.forbidden_name(url.raw_host or ""):
            raise Unreachable(f"{host} {PRIVATE}")
        proxy = None if self._proxy is None or bypasses(url, self._http.no_proxy) else self._proxy
        session = self._proxied if proxy else self._direct
        try:
            async with session.request(
                _method(request), url, headers=headers, data=_form(request), proxy=proxy, allow_redirects=False
            ) as answer:
                if proxy and answer.status == 407:
                    raise Unreachable("the proxy asks for a user and password: write them into proxy in [http]")
                return await self._read(answer, url, host)
        except (aiohttp.ClientError, OSError, UnicodeError) as error:
            raise Unreachable(explain(error, host)) from None

    async def _read(self, answer: aiohttp.ClientResponse, url: URL, host: str) -> Reply:
        headers = incoming(answer.headers)
        encoding = headers.get("content-encoding", "")
        body = await read_body(answer.content.iter_any(), encoding, self._http.max_body, host)
        return Reply(answer.status, headers, body, self._clock.now(), str(url.with_query(None)))


def _method(request: Request) -> str:
    return "GET" if isinstance(request, Get) else "POST"


def _form(request: Request) -> bytes | None:
    return (request.text or urlencode(request.form)).encode() if isinstance(request, Post) else None
