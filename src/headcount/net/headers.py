"""The headers that go out, and those that come back."""

from __future__ import annotations

import re

from multidict import CIMultiDictProxy
from yarl import URL

from headcount.errors import Unreachable
from headcount.net.message import Post, Request

HARMLESS = frozenset({"accept", "accept-encoding", "accept-language", "user-agent"})
"""The headers that a redirect takes along to another origin; any other could be a secret."""

_HEADER = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]*")


def outgoing(request: Request, sender: str, url: URL) -> dict[str, str]:
    """A request's own headers, and those that go with every request.

    Raises:
        Unreachable: where one of them holds a character that none may.
    """
    own = {name.lower(): value for name, value in request.headers.items()}
    headers = {"user-agent": sender, "accept": "*/*", **own, "accept-encoding": "gzip"}
    if isinstance(request, Post):
        headers["content-type"] = "text/plain; charset=utf-8" if request.text else "application/x-www-form-urlencoded"
    if not all(_HEADER.fullmatch(value) for value in headers.values()):
        raise Unreachable(
            f"a header for {url.host} holds a character that none may: has a credential a stray line end?"
        )
    return headers


def incoming(headers: CIMultiDictProxy[str]) -> dict[str, str]:
    """Names in lower case, repeated ones joined; bytes that are not text are marked as such."""
    joined: dict[str, str] = {}
    for name, value in headers.items():
        text = value if value.isascii() else value.encode(errors="surrogateescape").decode(errors="replace")
        joined[name.lower()] = f"{joined[name.lower()]}, {text}" if name.lower() in joined else text
    return joined
