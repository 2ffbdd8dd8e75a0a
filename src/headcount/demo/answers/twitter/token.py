"""The app's bearer token, and how it is had."""

from __future__ import annotations

from base64 import b64encode

from headcount.demo.answers.twitter.refusals import UNAUTHORIZED
from headcount.demo.calls import Call, Response, json
from headcount.demo.world import World

TOKENS = {
    "bearer_token": "simulated-bearer-token",
    "api_key": "simulated-api-key",
    "api_secret": "simulated-api-secret",
}


def admit(call: Call) -> Response | None:
    """With the app's bearer token."""
    return None if call.headers.get("authorization") == f"Bearer {TOKENS['bearer_token']}" else UNAUTHORIZED


def token(call: Call, world: World) -> Response:
    """The app's bearer token, for its key and secret; asking again gives the same one."""
    pair = f"{TOKENS['api_key']}:{TOKENS['api_secret']}"
    if call.headers.get("authorization") != f"Basic {b64encode(pair.encode()).decode()}":
        return _old_error(99, "Unable to verify your credentials")
    if call.form.get("grant_type") != "client_credentials":
        return _old_error(170, "Missing required parameter: grant_type")
    return json({"token_type": "bearer", "access_token": TOKENS["bearer_token"]})


def _old_error(code: int, message: str) -> Response:
    return json({"errors": [{"code": code, "message": message, "label": "authenticity_token_error"}]}, 403)


def bearer(call: Call) -> str:
    """Whose allowance a call uses."""
    return call.headers.get("authorization", "")
