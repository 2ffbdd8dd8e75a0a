"""The application: which address leads to what."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import cast

from litestar import Litestar, Response, route
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from headcount.errors import StoreError
from headcount.serve.asgi import App
from headcount.serve.cors import Cors
from headcount.serve.door import Door
from headcount.serve.problem import Problem, not_found, unavailable
from headcount.serve.reply import AnyRequest, Reply
from headcount.serve.routes import ROUTES
from headcount.serve.service import Service
from headcount.serve.serving import Serving

LOG = logging.getLogger("headcount.serve")

METRICS = "/metrics"

Handle = Callable[[AnyRequest], Awaitable[Reply]]


def application(serving: Serving) -> App:
    """Everything that is served, as an ASGI application.

    Raises:
        StoreError: where the store cannot be opened.
    """
    service = Service(serving)
    base = serving.base_path
    handlers = [
        _at("/healthz", service.alive),
        *([_at(METRICS, service.figures)] if serving.has_metrics else []),
        *(_at(f"{base}/v1{each.path}".replace("}", ":str}"), partial(service.answer, each)) for each in ROUTES),
        _at(f"{base}/v1/openapi.json", service.describe),
        _at(base or "/", service.list_files),
        _at(f"{base}/{{name:path}}", service.send_file),
    ]
    litestar = Litestar(
        handlers,
        exception_handlers={Problem: _say, HTTPException: _say_http, StoreError: _say_store, 500: _say_bug},
        on_shutdown=[service.close],
        openapi_config=None,
        logging_config=None,
    )
    return Cors(Door(cast(App, litestar), serving.patience), serving.origins, not_for_pages=METRICS)


def _at(path: str, handle: Handle) -> HTTPRouteHandler:
    async def handler(request: AnyRequest) -> Reply:
        return await handle(request)

    return route(path, http_method=["GET", "HEAD"])(handler)


def _say(_: AnyRequest, problem: Problem) -> Reply:
    return Response(problem.content(), status_code=problem.status, headers=problem.headers)


def _say_http(request: AnyRequest, error: HTTPException) -> Reply:
    """What Litestar refuses is not there: methods have been looked at before."""
    if error.status_code >= 500:
        return _say_bug(request, error)
    return _say(request, not_found("there is nothing at this address; the API is described by `v1/openapi.json`"))


def _say_store(request: AnyRequest, error: StoreError) -> Reply:
    LOG.warning("%s", error)
    return _say(request, unavailable("the store cannot be read at the moment; try again in a minute"))


def _say_bug(request: AnyRequest, error: Exception) -> Reply:
    LOG.error("a request could not be answered", exc_info=error)
    return _say(request, Problem(500, "the server could not answer; it has written down why"))
