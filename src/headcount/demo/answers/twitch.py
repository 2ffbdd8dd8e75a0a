"""Twitch: the app's token, `GET /helix/users` and `GET /helix/channels/followers`.

Fates: `suspended` and `left_out` are in no answer about users; `spoilt` has no sound count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.limits import Limit, Usage, lasting
from headcount.demo.people import Person
from headcount.demo.world import World

MOST = 100
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{0,24}")
TOKENS = {
    "client_id": "simulatedtwitchclientid",
    "client_secret": "simulatedtwitchsecret",
    "token": "simulatedtwitchtoken",
}


def identify(handle: str, number: int) -> tuple[str, ...]:
    """A number of nine digits."""
    return (str(10**8 + number % (9 * 10**8)),)


def problem(status: int, error: str, message: str) -> Response:
    """The body of a request that failed."""
    return json({"error": error, "status": status, "message": message}, status)


def token(call: Call, world: World) -> Response:
    """The app's token, for its id and secret."""
    if call.form.get("client_id") != TOKENS["client_id"]:
        return json({"status": 400, "message": "invalid client"}, 400)
    if call.form.get("client_secret") != TOKENS["client_secret"]:
        return json({"status": 403, "message": "invalid client secret"}, 403)
    if call.form.get("grant_type") != "client_credentials":
        return json({"status": 400, "message": "missing grant type"}, 400)
    return json({"access_token": TOKENS["token"], "expires_in": 5_011_271, "token_type": "bearer"})


def admit(call: Call) -> Response | None:
    """With the app's token, and its id beside it."""
    if call.headers.get("authorization") != f"Bearer {TOKENS['token']}":
        return UNAUTHORIZED
    same = call.headers.get("client-id") == TOKENS["client_id"]
    return None if same else problem(401, "Unauthorized", "Client ID and OAuth token do not match")


def users(call: Call, world: World) -> Response:
    """Up to 100 users by their names and ids; whoever is unknown is left out, and a name that none may have fails all."""
    names, ids = (call.query[what].split(",") if what in call.query else [] for what in ("login", "id"))
    if not 1 <= len(names) + len(ids) <= MOST or not all(map(NAME.fullmatch, (*names, *ids))):
        return problem(400, "Bad Request", "Invalid login names, emails or IDs in request")
    found = [*map(world.named, names), *map(world.identified, ids)]
    return json({"data": [_user(person) for person in reversed(found) if person and _shown(person)]})


def _shown(person: Person) -> bool:
    return person.fate not in {"suspended", "left_out"}


def _user(person: Person) -> Mapping[str, object]:
    return {
        "id": person.id,
        "login": person.handle.lower(),
        "display_name": person.handle,
        "type": "",
        "broadcaster_type": "partner",
        "view_count": person.number % 70_000,
    }


def followers(call: Call, world: World) -> Response:
    """How many follow a channel, without saying which; nobody, where there is no such channel."""
    if not call.query.get("broadcaster_id", "").isdigit():
        return problem(400, "Bad Request", 'The parameter "broadcaster_id" was malformed')
    person = world.identified(call.query["broadcaster_id"])
    total: object = world.count(person) if person and _shown(person) else 0
    if person and person.fate == "spoilt":
        total = "many"
    return json({"total": total, "data": [], "pagination": {}})


def tell(usage: Usage) -> Mapping[str, str]:
    """What is left of the minute's points."""
    return {
        "ratelimit-limit": str(usage.amount),
        "ratelimit-remaining": str(max(0, usage.amount - usage.used)),
        "ratelimit-reset": str(int(usage.resets.timestamp())),
    }


UNAUTHORIZED = problem(401, "Unauthorized", "Invalid OAuth token")
TOO_MANY = problem(429, "Too Many Requests", "Too Many Requests")
POINTS = Limit("twitch", 800, lasting(minutes=1), TOO_MANY, tell)

ANSWERS = Answers(
    routes=(
        Route("POST", "login", "/oauth2/token", token),
        Route("GET", "api", "/helix/users", users, admit, POINTS),
        Route("GET", "api", "/helix/channels/followers", followers, admit, POINTS),
    ),
    credentials=TOKENS,
    identify=identify,
    refusals={
        "unauthorized": UNAUTHORIZED,
        "forbidden": problem(403, "Forbidden", "The app is not allowed to do this"),
        "too_many": TOO_MANY,
        "bad_request": problem(400, "Bad Request", "Invalid login names, emails or IDs in request"),
    },
)
