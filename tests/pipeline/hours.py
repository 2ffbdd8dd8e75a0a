"""What time the servers of a made-up world say it is: in `Date`, as every server does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime

from aiohttp import web


def telling(app: web.Application, now: Callable[[], datetime | None]) -> web.Application:
    """The server, by another clock (UTC) than this machine's; None: it says no time."""

    async def tell(_: web.Request, response: web.StreamResponse) -> None:
        at = now()
        response.headers.popall("date", None)
        if at is not None:
            response.headers["date"] = format_datetime(at, usegmt=True)

    app.on_response_prepare.append(tell)
    return app
