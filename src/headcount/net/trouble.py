"""What went wrong on the way, in a sentence: whom it concerns and what to do. Never a query, a header or a user."""

from __future__ import annotations

import aiohttp

from headcount.net.guard import Forbidden

PRIVATE = (
    "is not asked: only the public internet is. If that host is meant, write allow_private_addresses = true in [http]"
)


def explain(error: Exception, host: str) -> str:
    """Why the exchange with `host` brought no complete reply."""
    match error:
        case aiohttp.ClientHttpProxyError():
            return f"the proxy did not connect to {host}: HTTP {error.status}; look at proxy in [http] and the firewall"
        case aiohttp.ClientConnectorError():
            return _unconnected(error)
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientPayloadError():
            return f"{host} broke off before its reply was complete"
        case aiohttp.ClientResponseError():
            return f"{host} sent something that is not HTTP"
        case aiohttp.InvalidURL() | UnicodeError():
            return f"{host} is not a host that can be asked"
        case _:
            return f"the connection to {host} broke: {getattr(error, 'strerror', None) or type(error).__name__}"


def _unconnected(error: aiohttp.ClientConnectorError) -> str:
    """The host of the error may be the proxy."""
    host, why = error.host, error.os_error
    match error:
        case aiohttp.ClientConnectorDNSError():
            return f"{host} has no address ({why.strerror or why}): is the name right, and does DNS work here?"
        case aiohttp.ClientConnectorCertificateError():
            return (
                f"the certificate of {host} is not trusted ({getattr(why, 'verify_message', why)}): "
                "where something here opens TLS, its certificate belongs in ca_bundle in [http]"
            )
        case aiohttp.ClientConnectorSSLError():
            return f"{host} does not speak TLS as we do ({getattr(why, 'reason', None) or 'no reason was given'})"
    if isinstance(why, Forbidden):
        return f"{host}: {why.strerror} and {PRIVATE}"
    return f"{host}, port {error.port}, cannot be connected to ({why.strerror or why}): is a firewall or proxy between?"
