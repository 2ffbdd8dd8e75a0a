"""What a client sends through: guarded connections, the certificates that it trusts, the proxy."""

from __future__ import annotations

import ssl
from pathlib import Path

import aiohttp
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from yarl import URL

from headcount.errors import Mistake
from headcount.net import guard

LONGEST_HEADER = 32 * 1024
"""Bytes: the policies that large sites send do not fit into aiohttp's 8 KiB."""


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


def new_session(trust: ssl.SSLContext, *, guarded: bool) -> aiohttp.ClientSession:
    """A session; guarded, it connects to public addresses only."""
    return aiohttp.ClientSession(
        connector=_Connector(limit=0, ssl=trust, socket_factory=guard.public_socket if guarded else None),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(),
        auto_decompress=False,
        max_line_size=LONGEST_HEADER,
        max_field_size=LONGEST_HEADER,
    )


def trusted(bundle: Path | None) -> ssl.SSLContext:
    """The system's certificates, and those of the bundle."""
    context = ssl.create_default_context()
    if bundle:
        try:
            context.load_verify_locations(capath=bundle) if bundle.is_dir() else context.load_verify_locations(bundle)
        except OSError as error:
            raise Mistake(f"ca_bundle in [http]: {bundle} cannot be read as certificates ({error.strerror})") from None
    return context


def proxy_url(text: str | None) -> URL | None:
    """Where the proxy is. Its user and password stay in it and are shown nowhere."""
    try:
        proxy = URL(text) if text else None
    except ValueError:
        proxy = URL()
    if proxy is not None and (proxy.scheme not in ("http", "https") or not proxy.host):
        raise Mistake("proxy in [http] is not the URL of an HTTP proxy: write http://HOST:PORT")
    return proxy
