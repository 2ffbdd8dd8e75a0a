"""What each address leads to."""

from __future__ import annotations

from functools import partial
from urllib.parse import parse_qsl

import msgspec
from litestar import Response

from headcount.metrics.exposition import form_for
from headcount.publish.delivery.headers import FOR_A_MINUTE
from headcount.serve import openapi, page
from headcount.serve.alive import alive
from headcount.serve.asgi import ASKED
from headcount.serve.asking import question
from headcount.serve.desk import Desk
from headcount.serve.document import Whole
from headcount.serve.figures import FRESH, View, for_everybody
from headcount.serve.files import Files
from headcount.serve.problem import Problem
from headcount.serve.reply import AnyRequest, Reply, reply, sent
from headcount.serve.route import Route
from headcount.serve.routes import ROUTES
from headcount.serve.serving import Serving
from headcount.serve.shelf import Workshop
from headcount.serve.stand import Stand

ROOM = 128 * 1024 * 1024
"""Bytes of answers and files that are kept in memory."""

MOST_PARAMETERS = 20


class Service:
    """Answers what is asked of an installation."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._stand = Stand(serving.press)
        self._reader = serving.open()
        self._workshop = Workshop(ROOM)
        self._desk = Desk(serving, self._reader, self._workshop)
        self._files = Files(self._workshop)
        self._description = openapi.document(ROUTES, serving.base_path)

    def close(self) -> None:
        """Let go of the store."""
        self._workshop.close()
        self._reader.close()

    async def answer(self, to: Route, request: AnyRequest) -> Reply:
        """Answer a question."""
        asked = question(to.question, [*_in_path(request), *_in_query(request)])
        return await reply(request, await self._desk.answer(to, asked, self._stand.newest()))

    async def describe(self, request: AnyRequest) -> Reply:
        """The description of the API."""
        return await reply(request, Whole(self._description, "application/json", FOR_A_MINUTE, self._workshop))

    async def list_files(self, request: AnyRequest) -> Reply:
        """The page that lists the files. Its links need the slash at the end of its address."""
        if not _path(request).endswith("/"):
            return Response(b"", status_code=308, headers={"Location": f"{self._serving.base_path}/"})
        content = page.page(self._stand.newest())
        return await reply(request, Whole(content, page.MEDIA, FOR_A_MINUTE, self._workshop))

    async def send_file(self, request: AnyRequest) -> Reply:
        """A published file."""
        name = _path(request).removeprefix(f"{self._serving.base_path}/")
        return await self._files.send(request, self._stand.newest(), name)

    async def alive(self, _: AnyRequest) -> Reply:
        """How the service is; it is looked at once a second at most."""
        second = int(self._serving.clock.now().timestamp())
        look = partial(alive, self._serving, self._stand, self._reader)
        found = await self._workshop.made(("alive", second), lambda: msgspec.json.encode(look()))
        status = 200 if msgspec.json.decode(found)["status"] == "ok" else 503
        headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
        return Response(found, status_code=status, headers=headers)

    async def figures(self, request: AnyRequest) -> Reply:
        """The figures for Prometheus that everybody may know; they are worked out every few seconds at most."""
        form = form_for(sent(request, "accept"))
        view = View(self._serving, self._stand.newest(), self._reader)
        made_in = int(self._serving.clock.now().timestamp()) // FRESH
        made = await self._workshop.made(("figures", form.media, made_in), lambda: form.written(for_everybody(view)))
        return await reply(request, Whole(made, form.media, "no-store", self._workshop))


def _path(request: AnyRequest) -> str:
    """As it was asked for."""
    return str(dict(request.scope)[ASKED])


def _in_path(request: AnyRequest) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in request.path_params.items()]


def _in_query(request: AnyRequest) -> list[tuple[str, str]]:
    text = request.scope["query_string"].decode("latin-1")
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        raise Problem(400, f"there are more than {MOST_PARAMETERS} parameters") from None
