"""What every request passes: only questions come in, and every answer says how browsers have to treat it."""

from __future__ import annotations

import asyncio

from headcount.serve.asgi import ASKED, App, Headers, Message, Receive, Scope, Send
from headcount.serve.problem import Problem

METHODS = ("GET", "HEAD")
ALLOWED = "GET, HEAD, OPTIONS"

LONGEST = 8192
"""Bytes of a path and its question."""

ALWAYS = [
    (b"X-Content-Type-Options", b"nosniff"),
    (b"Content-Security-Policy", b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    (b"Referrer-Policy", b"no-referrer"),
    (b"Server", b"headcount"),
]


class Door:
    """Lets questions in, and nothing else; a client has `patience` seconds to take a piece of its answer."""

    def __init__(self, app: App, patience: float) -> None:
        self._app, self._patience = app, patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *ALWAYS]
            async with asyncio.timeout(self._patience):
                await send(message)

        if scope["method"] == "OPTIONS":
            await _say(with_headers, 204, [(b"Allow", ALLOWED.encode()), (b"Cache-Control", b"max-age=86400")])
        elif problem := _objection(scope):
            await refuse(problem, with_headers, head=scope["method"] == "HEAD")
        else:
            await self._app({**scope, ASKED: scope["path"]}, receive, with_headers)


def _objection(scope: Scope) -> Problem | None:
    if scope["method"] not in METHODS:
        return Problem(405, "nothing can be changed here: ask with GET or HEAD", {"Allow": ALLOWED})
    if len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"]) > LONGEST:
        return Problem(414, f"the address has more than {LONGEST} bytes")
    return None


async def refuse(problem: Problem, send: Send, *, head: bool = False) -> None:
    """Say what the problem is."""
    content = problem.content()
    headers = [(name.encode(), value.encode()) for name, value in problem.headers.items()]
    headers.append((b"Content-Length", str(len(content)).encode()))
    await _say(send, problem.status, headers, b"" if head else content)


async def _say(send: Send, status: int, headers: Headers, content: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content, "more_body": False})
