"""Whose pages may read the answers: everybody's, or those of the origins on a list, and nobody with credentials."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from headcount.serve.asgi import App, Headers, Message, Receive, Scope, Send

PREFLIGHT: Headers = [
    (b"Access-Control-Allow-Methods", b"GET, HEAD"),
    (b"Access-Control-Allow-Headers", b"*"),
    (b"Access-Control-Max-Age", b"86400"),
]
EXPOSED = (b"Access-Control-Expose-Headers", b"Content-Range, ETag")


class Cors:
    """Adds to every answer what browsers want to know, errors and preflights included."""

    def __init__(self, app: App, origins: Iterable[str], not_for_pages: str = "") -> None:
        """`not_for_pages`: the path of what no page of another origin may read."""
        self._app, self._not_for_pages = app, not_for_pages
        self._origins = frozenset(origin.encode() for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["path"] == self._not_for_pages:
            await self._app(scope, receive, send)
            return
        said = self._headers(scope["headers"], preflight=scope["method"] == "OPTIONS")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *said]
            await send(message)

        await self._app(scope, receive, with_headers)

    def _headers(self, asked: Iterable[Any], *, preflight: bool) -> Headers:
        if b"*" in self._origins:
            return [*self._leave(b"*", preflight=preflight)]
        vary: Headers = [(b"Vary", b"Origin")]
        origins = [value for name, value in asked if name.lower() == b"origin"]
        if len(origins) == 1 and origins[0] in self._origins:
            vary += self._leave(origins[0], preflight=preflight)
        return vary

    def _leave(self, origin: bytes, *, preflight: bool) -> Headers:
        return [(b"Access-Control-Allow-Origin", origin), EXPOSED, *(PREFLIGHT if preflight else [])]
