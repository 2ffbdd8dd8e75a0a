"""The one client: sends a request and gives back every complete reply, whatever its status.

One deadline and one size hold for the whole exchange, redirects and body included. Only public addresses are connected
to, unless the operator allows others; what the operator names as the proxy may be anywhere.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import aiohttp
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from multidict import CIMultiDictProxy
from yarl import URL

from headcount import __version__
from headcount.clock import SYSTEM, Clock
from headcount.errors import Mistake, TooSlow, Unreachable
from headcount.net import guard, route
from headcount.net.body import read_body
from headcount.net.message import Get, Http, Post, Reply, Request
from headcount.net.trouble import PRIVATE, explain

MOST_CONNECTIONS = 128
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})

LONGEST_HEADER = 32 * 1024
"""Bytes: the policies that large sites send do not fit into aiohttp's 8 KiB."""

HARMLESS = frozenset({"accept", "accept-encoding", "accept-language", "user-agent"})
"""The headers that a redirect takes along to another origin; any other could be a secret."""

_HEADER = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]*")


class Client:
    """Sends requests while it is open (`async with`).

    Raises:
        Mistake: where the proxy or the certificates that `http` names cannot be used.
    """

    def __init__(self, http: Http, clock: Clock = SYSTEM) -> None:
        self._http, self._clock = http, clock
        self._agent = f"headcount/{__version__}" + (f" (+{http.contact})" if http.contact else "")
        self._proxy = _proxy(http.proxy)
        self._trust = _trust(http.ca_bundle)
        self._places = asyncio.Semaphore(MOST_CONNECTIONS)

    async def __aenter__(self) -> Self:
        self._direct = _session(self._trust, guarded=not self._http.allow_private_addresses)
        self._proxied = _session(self._trust, guarded=False)
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
        headers = self._headers(request, url)
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
        proxy = None if self._proxy is None or route.bypasses(url, self._http.no_proxy) else self._proxy
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
        headers = _joined(answer.headers)
        encoding = headers.get("content-encoding", "")
        body = await read_body(answer.content.iter_any(), encoding, self._http.max_body, host)
        return Reply(answer.status, headers, body, self._clock.now(), str(url.with_query(None)))

    def _headers(self, request: Request, url: URL) -> dict[str, str]:
        own = {name.lower(): value for name, value in request.headers.items()}
        headers = {"user-agent": self._agent, "accept": "*/*", **own, "accept-encoding": "gzip"}
        if isinstance(request, Post):
            headers["content-type"] = "application/x-www-form-urlencoded"
        if not all(_HEADER.fullmatch(value) for value in headers.values()):
            raise Unreachable(
                f"a header for {url.host} holds a character that none may: has a credential a stray line end?"
            )
        return headers


class _Connector(aiohttp.TCPConnector):
    """A connector that never uses a connection again on which something came that nobody asked for.

    It would be taken for the reply to the next request: another account's count. (aiohttp issue 13656)
    """

    async def _get(self, key: ConnectionKey, traces: list[Trace]) -> Connection | None:
        while connection := await super()._get(key, traces):
            if connection.protocol is not None and not connection.protocol.should_close:
                return connection
            connection.close()
        return None


def _session(trust: ssl.SSLContext, *, guarded: bool) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=_Connector(limit=0, ssl=trust, socket_factory=guard.public_socket if guarded else None),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(),
        auto_decompress=False,
        max_line_size=LONGEST_HEADER,
        max_field_size=LONGEST_HEADER,
    )


def _trust(bundle: Path | None) -> ssl.SSLContext:
    """The system's certificates, and those of the bundle."""
    context = ssl.create_default_context()
    if bundle:
        try:
            context.load_verify_locations(capath=bundle) if bundle.is_dir() else context.load_verify_locations(bundle)
        except OSError as error:
            raise Mistake(f"ca_bundle in [http]: {bundle} cannot be read as certificates ({error.strerror})") from None
    return context


def _proxy(text: str | None) -> URL | None:
    """Where the proxy is. Its user and password stay in it and are shown nowhere."""
    try:
        proxy = URL(text) if text else None
    except ValueError:
        proxy = URL()
    if proxy is not None and (proxy.scheme not in ("http", "https") or not proxy.host):
        raise Mistake("proxy in [http] is not the URL of an HTTP proxy: write http://HOST:PORT")
    return proxy


def _method(request: Request) -> str:
    return "GET" if isinstance(request, Get) else "POST"


def _form(request: Request) -> bytes | None:
    return urlencode(request.form).encode() if isinstance(request, Post) else None


def _joined(headers: CIMultiDictProxy[str]) -> dict[str, str]:
    """Names in lower case, repeated ones joined; bytes that are not text are marked as such."""
    joined: dict[str, str] = {}
    for name, value in headers.items():
        text = value if value.isascii() else value.encode(errors="surrogateescape").decode(errors="replace")
        joined[name.lower()] = f"{joined[name.lower()]}, {text}" if name.lower() in joined else text
    return joined
