"""The description of the API is complete, and true: thousands of made-up questions are answered as it says."""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema_rs
import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from schemathesis.core.failures import FailureGroup

from headcount.serve.asgi import App, Receive, Scope, Send
from headcount.serve.openapi import document
from headcount.serve.routes import ROUTES
from tests.serve.village import BASE

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    unsupported_method,
]
SHORT, LONG = 31, 1010
"""Questions a route and kind."""


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(document(ROUTES, BASE))
    return found


async def test_the_description_is_what_is_served(client: httpx.AsyncClient, described: dict[str, Any]) -> None:
    assert (await client.get(f"{BASE}/v1/openapi.json")).json() == described


def test_every_route_is_described_with_its_problems_and_an_example(described: dict[str, Any]) -> None:
    assert list(described["paths"]) == [route.path for route in ROUTES]
    for path, operations in described["paths"].items():
        responses = operations["get"]["responses"]
        assert {"200", "304", "400", "414", "500", "503"} <= set(responses)
        assert ("404" in responses) == ("{" in path)
        for status, response in responses.items():
            for content in response.get("content", {}).values():
                assert "example" in content, (path, status)


def test_every_parameter_says_what_it_means_and_what_it_may_be(described: dict[str, Any]) -> None:
    bounds = {"pattern", "enum", "minimum"}
    for operations in described["paths"].values():
        for parameter in operations["get"]["parameters"]:
            assert parameter["description"]
            assert bounds & set(parameter["schema"]), parameter


def test_every_example_is_of_the_shape_that_it_is_an_example_of(described: dict[str, Any]) -> None:
    for path, operations in described["paths"].items():
        for response in operations["get"]["responses"].values():
            for content in response.get("content", {}).values():
                schema = {**content["schema"], "components": described["components"]}
                assert jsonschema_rs.is_valid(schema, content["example"]), path


def test_an_example_of_another_shape_is_caught(described: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/Latest", "components": described["components"]}
    assert not jsonschema_rs.is_valid(schema, {"at": 5})


def awake(app: App) -> App:
    """The application, which is not told that each question is its last."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            for _ in range(2):
                await send({"type": f"{(await receive())['type']}.complete"})
        else:
            await app(scope, receive, send)

    return answer


def put(app: App, path: str, mode: schemathesis.GenerationMode, number: int) -> int:
    """Put so many made-up questions to a route; how many were put. The first answer that is not as described is raised."""
    schema = schemathesis.openapi.from_asgi(f"{BASE}/v1/openapi.json", awake(app))
    many = settings(
        max_examples=number, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck]
    )
    asked = 0

    @seed(number)
    @given(case=schema[path]["GET"].as_strategy(generation_mode=mode))
    @many
    def ask(case: schemathesis.Case[Any]) -> None:
        nonlocal asked
        asked += 1
        if "{" in path and asked % 3:
            case.path_parameters.update(_real(asked))
        case.call_and_validate(checks=CHECKS)

    ask()
    return asked


def _real(number: int) -> dict[str, str]:
    """An account that there is: made-up ones are hardly ever."""
    keys = ("twitter/energy", "facebook/energygov", "mastodon/lab@mastodon.social", "twitter/lab")
    platform, _, name = keys[number // 2 % len(keys)].partition("/")
    return {"platform": platform, "name": name}


MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


def ask_everything(app: App, number: int) -> int:
    """Put good and bad questions to every route, so many of each; to a route without parameters there are no bad ones."""
    return sum(
        put(app, route.path, mode, number)
        for route in ROUTES
        for mode in MODES
        if mode is schemathesis.GenerationMode.POSITIVE or route.question.__struct_fields__
    )


def test_hundreds_of_questions_are_answered_as_described(app: App) -> None:
    assert ask_everything(app, SHORT) >= 300


@pytest.mark.long
def test_ten_thousand_questions_are_answered_as_described(app: App) -> None:
    assert ask_everything(app, LONG) >= 10_000


async def lying(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers every question with what is described nowhere."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": b'{"at": 5}', "more_body": False})


def test_an_answer_that_is_not_as_described_is_caught(app: App) -> None:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        truly = scope["type"] != "http" or scope["path"].endswith("openapi.json")
        await (app if truly else lying)(scope, receive, send)

    with pytest.raises(FailureGroup):
        put(answer, "/latest", MODES[0], 5)
