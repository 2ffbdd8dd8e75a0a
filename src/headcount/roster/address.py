"""A URL in the form in which the platforms' patterns take it."""

from __future__ import annotations

import re
from urllib.parse import unquote

_SCHEME = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_HOST = re.compile(r"[^/?#]*")


def address(text: str) -> str:
    """`host/path?query`: percent-encoding undone; scheme, `www.`, port and trailing slash taken off; host in lower case."""
    bare = unquote(_SCHEME.sub("", text, count=1))
    host = _HOST.match(bare)
    end = host.end() if host else 0
    name = re.sub(r":(?:80|443)$", "", bare[:end].lower()).removeprefix("www.")
    return (name + bare[end:]).rstrip("/")


def host_of(text: str) -> str:
    """The host of a URL, or the server of `name@server`; of anything else, whatever stands where a host would."""
    host = _HOST.match(address(text))
    return host[0].rpartition("@")[2] if host else ""


def at_host(host: str, text: str) -> str:
    """The same path on another host."""
    return _HOST.sub(lambda _: host, address(text), count=1)
