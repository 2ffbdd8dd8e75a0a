"""What Facebook and Instagram share: tokens, proof, errors, Batch, versions and the hourly allowance of an app.

A platform gives a `Node`: what a GET of a path with some fields answers. Fates: `left_out` is an item that timed out,
null in a batch.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import parse_qsl

import msgspec
from msgspec import Struct, structs

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Route
from headcount.demo.graph_errors import REFUSALS, error
from headcount.demo.limits import Limit, Usage, lasting
from headcount.demo.world import World

TOKENS = {"token": "simulated-graph-token", "app_id": "100000000000001", "app_secret": "simulated-app-secret"}
LIVING = ("v22.0", "v23.0", "v24.0", "v25.0", "v26.0")
MOST = 50
CALLS_AN_HOUR = 200
VERSION = re.compile(r"v[0-9]{1,2}\.0")
TIMED_OUT = "left_out"


def admit(call: Call) -> Response | None:
    """With a token, wherever it stands, and a proof of the app's secret that is right if there is one."""
    token = _token(call)
    if token is None:
        return REFUSALS["no_token"]
    if token != TOKENS["token"]:
        return REFUSALS["wrong_token"]
    proof = _given(call, "appsecret_proof")
    if proof and not hmac.compare_digest(proof, _proof(token)):
        return error(400, 100, "Invalid appsecret_proof provided in the API argument", kind="GraphMethodException")
    return None


def _token(call: Call) -> str | None:
    scheme, _, credential = call.headers.get("authorization", "").partition(" ")
    return _given(call, "access_token") or (credential if scheme.lower() in {"bearer", "oauth"} else None)


def _proof(token: str) -> str:
    return hmac.new(TOKENS["app_secret"].encode(), token.encode(), "sha256").hexdigest()


def _given(call: Call, name: str) -> str | None:
    return call.form.get(name) or call.query.get(name)


Node = Callable[[str, Mapping[str, str], World], Response | None]
"""What a GET of a path (without its version) with a query answers; None: it timed out."""


class Item(Struct):
    """One request of a batch."""

    method: str
    relative_url: str


def single(node: Node, call: Call, world: World) -> Response:
    """One object; where it times out, there is nothing but an apology."""
    response = node(call.parts["path"], call.query, world) or REFUSALS["transient"]
    return structs.replace(response, headers={**response.headers, **_served_by(call)})


def batch(node: Node, call: Call, world: World) -> Response:
    """Up to 50 requests in one, answered in their order; each has its own status, and its body is a text."""
    items = _items(call)
    if items is None:
        return error(400, 100, "(#100) param batch must be an array.")
    if len(items) > MOST:
        return error(
            400, -3, f"Too many requests in batch message. Maximum batch size is {MOST}", kind="GraphBatchException"
        )
    with_headers = call.form.get("include_headers", "true") == "true"
    return json(
        [_result(_answered(node, item, world), with_headers=with_headers) for item in items], headers=_served_by(call)
    )


def _items(call: Call) -> list[Item] | None:
    try:
        return msgspec.json.decode(call.form.get("batch", ""), type=list[Item])
    except msgspec.DecodeError:
        return None


def _answered(node: Node, item: Item, world: World) -> Response | None:
    path, _, query = item.relative_url.lstrip("/").partition("?")
    version, _, rest = path.partition("/")
    return node(rest if VERSION.fullmatch(version) else path, dict(parse_qsl(query)), world)


def _result(response: Response | None, *, with_headers: bool) -> Mapping[str, object] | None:
    if response is None:
        return None
    result: dict[str, object] = {"code": response.status, "body": response.body.decode()}
    if with_headers:
        result["headers"] = [{"name": name, "value": value} for name, value in response.headers.items()]
    return result


def _served_by(call: Call) -> Mapping[str, str]:
    """A version that has died is served by the oldest that lives."""
    asked = call.parts.get("version", "")
    return {"facebook-api-version": asked if asked in LIVING else LIVING[0]}


def _calls(call: Call) -> int:
    """Every item of a batch is a call."""
    return len(_items(call) or ()) or 1


def tell(usage: Usage) -> Mapping[str, str]:
    """Per cent of the allowance; nothing is said while it is about nought."""
    percent = min(100, 100 * usage.used // usage.amount)
    usages = {"call_count": percent, "total_time": percent // 2, "total_cputime": percent // 2}
    return {"x-app-usage": msgspec.json.encode(usages).decode()} if percent else {}


HOURLY = Limit(
    "graph", CALLS_AN_HOUR, lasting(hours=1), REFUSALS["app_limit"], tell, lambda call: _token(call) or "", _calls
)


def routes(node: Node, host: str = "api") -> tuple[Route, ...]:
    """What can be asked of a host of the Graph API: its objects, one by one or in a batch."""
    version = "/{version:v[0-9]+[.]0}"
    batches, singles = partial(batch, node), partial(single, node)
    return (
        *(Route("POST", host, path, batches, admit, HOURLY) for path in ("/", version, f"{version}/")),
        Route("GET", host, version + "/{path:.+}", singles, admit, HOURLY),
    )
