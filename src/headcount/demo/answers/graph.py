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

from headcount.demo.contract import Call, Limit, Response, Route, Usage, json, lasting
from headcount.demo.people import World

TOKENS = {"token": "simulated-graph-token", "app_id": "100000000000001", "app_secret": "simulated-app-secret"}
LIVING = ("v22.0", "v23.0", "v24.0", "v25.0", "v26.0")
MOST = 50
CALLS_AN_HOUR = 200
VERSION = re.compile(r"v[0-9]{1,2}\.0")
TIMED_OUT = "left_out"


def error(
    status: int,
    code: int,
    message: str,
    *,
    subcode: int | None = None,
    kind: str = "OAuthException",
    transient: bool = False,
) -> Response:
    """Meta's envelope."""
    body: dict[str, object] = {"message": message, "type": kind, "code": code}
    if subcode is not None:
        body["error_subcode"] = subcode
    if transient:
        body["is_transient"] = True
    return json({"error": {**body, "fbtrace_id": "Simulated"}}, status)


def dead_token(subcode: int | None, message: str) -> Response:
    """A token that is no good, or no longer."""
    return error(400, 190, message, subcode=subcode)


REFUSALS = {
    "expired": dead_token(463, "Error validating access token: Session has expired on Friday, 20-Nov-26 12:00:00 PST."),
    "password_changed": dead_token(460, "Error validating access token: The session has been invalidated."),
    "logged_out": dead_token(467, "Error validating access token: The session is invalid because the user logged out."),
    "invalidated": dead_token(466, "Error validating access token: The session was invalidated explicitly."),
    "app_removed": dead_token(458, "Error validating access token: The user has not authorized application 1."),
    "checkpoint": dead_token(459, "Error validating access token: You cannot access the app till you log in."),
    "unconfirmed": dead_token(464, "Error validating access token: Sessions for the user are not allowed."),
    "no_role": dead_token(492, "Error validating access token: The user must be an administrator of the page."),
    "not_engaged": dead_token(493, "Error validating access token: The user has not engaged the app in 90 days."),
    "wrong_token": dead_token(None, "Invalid OAuth access token - Cannot parse access token"),
    "no_token": error(400, 104, "An access token is required to request this resource."),
    "session": error(400, 102, "Session key invalid or no longer valid"),
    "permission": error(403, 10, "(#10) Application does not have permission for this action"),
    "ppca": error(400, 100, "Object does not exist, or requires the 'Page Public Content Access' feature."),
    "no_proof": error(400, 100, "This endpoint requires either an appsecret_proof or an app token."),
    "transient": error(500, 2, "An unexpected error has occurred. Please retry your request later.", transient=True),
    "unknown_error": error(500, 1, "An unknown error occurred"),
    "app_limit": error(403, 4, "(#4) Application request limit reached", transient=True),
    "user_limit": error(400, 17, "(#17) User request limit reached", transient=True),
    "page_limit": error(403, 32, "(#32) Page request limit reached", transient=True),
    "custom_limit": error(400, 613, "(#613) Calls to this api have exceeded the rate limit.", transient=True),
    "pages_usage": error(400, 80001, "(#80001) There have been too many calls to this Page account."),
    "instagram_usage": error(400, 80002, "(#80002) There have been too many calls to this Instagram account."),
    "abuse": error(403, 368, "The action attempted has been deemed abusive or is otherwise disallowed"),
    "bad_path": error(400, 2500, "Unknown path components: /x"),
    "nginx": Response(
        b"<html>\r\n<head><title>400 Bad Request</title></head>\r\n<body>nginx</body>\r\n</html>\r\n",
        400,
        {"content-type": "text/html"},
    ),
}


def unsupported(node: str) -> Response:
    """No such object, or no permission for it: Meta does not say which."""
    message = (
        f"Unsupported get request. Object with ID '{node}' does not exist, cannot be loaded due to missing permissions, "
        "or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api"
    )
    return error(400, 100, message, subcode=33, kind="GraphMethodException")


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
