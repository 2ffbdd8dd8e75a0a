"""The description of the API (OpenAPI 3.1), from the very types by which questions are read and answers written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from headcount import __version__
from headcount.serve import problem
from headcount.serve.problem import Problem, ProblemShape
from headcount.serve.route import Route

Json = dict[str, Any]

_REF = "#/components/schemas/{name}"
_ABOUT = """How many people follow each account of an organisation, counted by headcount.

Read-only: `GET` and `HEAD`, no credentials. Every answer has an `ETag`, and `If-None-Match` costs nothing. A missing count is null or
left out, and never zero. The published files lie beside `v1/`; `datapackage.json` describes them all.

No answer is without an end: single counts (`step=raw`) and hours are answered for 366 days at once, the matrix for 3660 days, runs by
the thousand; all else has a row an account, or a day at the most. A parameter that a route has not, or that is given twice, is refused."""

_WHEN = {
    304: "The client has it already",
    400: "A parameter is wrong: the detail says which, and how it is written",
    404: "There is no such account",
    414: "The address is too long",
    500: "A fault of the server's own",
    503: "The store cannot be read at the moment, or nothing has been published yet",
}

_DETAILS = {
    400: "tz: there is no time zone of that name; they are written like America/New_York or UTC",
    404: "there is no account of that key: `v1/accounts` lists them all",
    414: "the address has more than 8192 bytes",
    500: "the server could not answer; it has written down why",
    503: "nothing has been published yet: run `headcount publish`",
}

_HEADERS = {
    "ETag": {"description": "Changes with the answer", "schema": {"type": "string", "pattern": '^"[0-9a-z-]+"$'}},
    "Cache-Control": {"description": "How long it holds", "schema": {"type": "string"}},
}


def document(routes: Iterable[Route], base_path: str) -> bytes:
    """The document."""
    routes = tuple(routes)
    _, schemas = msgspec.json.schema_components([*(each.answer for each in routes), ProblemShape], ref_template=_REF)
    found = {
        "openapi": "3.1.0",
        "info": {
            "title": "headcount",
            "version": __version__,
            "summary": "The audience of an organisation's social accounts",
            "description": _ABOUT,
            "license": {"name": "CC0-1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
        },
        "servers": [{"url": f"{base_path}/v1"}],
        "paths": {each.path: {"get": _operation(each)} for each in routes},
        "components": {"schemas": schemas},
    }
    return msgspec.json.encode(found)


def _operation(route: Route) -> Json:
    name = "_".join(part.strip("{}") for part in route.path.split("/") if part)
    return {
        "operationId": name,
        "summary": route.title,
        "description": f"{route.description} The answer holds {route.holds}.",
        "parameters": list(_parameters(route)),
        "responses": {
            "200": {"description": route.title, "headers": _HEADERS, "content": _content(route)},
            "304": {"description": _WHEN[304], "headers": _HEADERS},
            **{str(status): _problem(status) for status in route.statuses},
        },
    }


def _parameters(route: Route) -> Iterator[Json]:
    schema = _schema_of(route)
    for name, about in schema.get("properties", {}).items():
        plain = {word: value for word, value in about.items() if word not in {"description", "examples"}}
        in_path = f"{{{name}}}" in route.path
        yield {
            "name": name,
            "in": "path" if in_path else "query",
            "required": in_path or name in schema.get("required", ()),
            "description": about["description"],
            "schema": plain,
            **({"example": about["examples"][0]} if "examples" in about else {}),
        }


def _schema_of(route: Route) -> Json:
    """The schema of a question."""
    _, schemas = msgspec.json.schema_components([route.question], ref_template=_REF)
    schema: Json = schemas[route.question.__name__]
    return schema


def _content(route: Route) -> Json:
    shape = {"$ref": _REF.format(name=route.answer.__name__)}
    content: Json = {"application/json": {"schema": shape, "example": route.example}}
    if route.has_csv:
        content["text/csv"] = {"schema": {"type": "string"}, "example": _CSV}
    return content


_CSV = "at,count,granularity,source\r\n2026-11-19,1234447,1,api\r\n2026-11-20,1234567,1,api\r\n"


def _problem(status: int) -> Json:
    example = msgspec.json.decode(Problem(status, _DETAILS[status]).content())
    shape = {"$ref": _REF.format(name=ProblemShape.__name__)}
    return {"description": _WHEN[status], "content": {problem.MEDIA: {"schema": shape, "example": example}}}
