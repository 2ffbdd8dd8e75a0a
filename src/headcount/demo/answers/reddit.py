"""Reddit: the app's token, subreddits by id and by name, profiles by name.

Fates: `suspended` is a banned subreddit or a suspended user; `private` a private subreddit; `withheld` is not shown for
legal reasons; `hidden` is a user without a profile; `left_out` is in no answer about many; `spoilt` has no sound count.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import quote

from headcount.demo.calls import Call, Response, json, redirect
from headcount.demo.contract import Answers, Route
from headcount.demo.limits import Limit, Usage, lasting
from headcount.demo.people import Fate, Person
from headcount.demo.world import World

TOKENS = {
    "client_id": "simulated-reddit-id",
    "client_secret": "simulated-reddit-secret",
    "username": "simulated_user",
    "token": "simulated-reddit-token",
}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
WINDOW = 600


def plain(handle: str) -> str:
    """What stands alone is a subreddit."""
    return handle if "/" in handle else f"r/{handle}"


def identify(handle: str, number: int) -> tuple[str, ...]:
    """A kind and seven digits in base 36: `t5_` for a subreddit, `t2_` for a user."""
    digits = "".join(DIGITS[number // 36**place % 36] for place in range(7))
    return (f"{'t2' if handle.startswith('u/') else 't5'}_{digits}",)


def problem(status: int, message: str, **more: str) -> Response:
    """The body of a request that failed."""
    return json({**more, "message": message, "error": status}, status)


def token(call: Call, world: World) -> Response:
    """The app's token, for its id and secret."""
    pair = f"{TOKENS['client_id']}:{TOKENS['client_secret']}"
    if call.headers.get("authorization") != f"Basic {b64encode(pair.encode()).decode()}":
        return UNAUTHORIZED
    if call.form.get("grant_type") != "client_credentials":
        return json({"error": "unsupported_grant_type"})
    return json({"access_token": TOKENS["token"], "token_type": "bearer", "expires_in": 86_400, "scope": "*"})


def admit(call: Call) -> Response | None:
    """With the app's token; whoever does not name a user of Reddit's is slowed down."""
    if call.headers.get("authorization") != f"Bearer {TOKENS['token']}":
        return UNAUTHORIZED
    return None if f"(by /u/{TOKENS['username']})" in call.headers.get("user-agent", "") else TOO_MANY


def info(call: Call, world: World) -> Response:
    """Up to 100 subreddits by their ids, in Reddit's own order; whoever is not shown is left out."""
    found = map(world.identified, reversed(call.query.get("id", "").split(",")))
    shown = [_thing(person, world) for person in found if person and person.fate not in {*UNSHOWN, "left_out"}]
    return json({"kind": "Listing", "data": {"after": None, "dist": len(shown), "children": shown, "before": None}})


def about(call: Call, world: World) -> Response:
    """One subreddit; an unknown name leads to a search."""
    name = call.parts["name"]
    person = world.named(f"r/{name}")
    if person is None:
        return redirect(f"{call.base}/subreddits/search?q={quote(name)}")
    return UNSHOWN.get(person.fate) or json(_thing(person, world))


def user(call: Call, world: World) -> Response:
    """One user with the profile."""
    person = world.named(f"u/{call.parts['name']}")
    if person is None:
        return problem(404, "Not Found")
    name = person.handle.removeprefix("u/")
    if person.fate == "suspended":
        return json({"kind": "t2", "data": {"name": name, "is_suspended": True, "total_karma": 0}})
    data: dict[str, object] = {"name": name, "id": person.id.removeprefix("t2_"), "total_karma": person.number % 9_000}
    if person.fate != "hidden":
        data["subreddit"] = {"display_name": f"u_{name}", "name": "t5_1", "subscribers": _counted(person, world)}
    return json({"kind": "t2", "data": data})


def search(call: Call, world: World) -> Response:
    """Subreddits whose names are like it."""
    return json({"kind": "Listing", "data": {"children": [_thing(world.stranger(), world)]}})


def _thing(person: Person, world: World) -> Mapping[str, object]:
    data = {
        "display_name": person.handle.removeprefix("r/"),
        "display_name_prefixed": person.handle,
        "accounts_active": person.number % 300,
        "subscribers": _counted(person, world),
        "name": person.id,
        "subreddit_type": "public",
    }
    return {"kind": "t5", "data": data}


def _counted(person: Person, world: World) -> object:
    return "many" if person.fate == "spoilt" else world.count(person)


def tell(usage: Usage) -> Mapping[str, str]:
    """What is left of the ten minutes, which are over in ten minutes at most."""
    left = f"{max(0, usage.amount - usage.used)}.0"
    return {"x-ratelimit-used": str(usage.used), "x-ratelimit-remaining": left, "x-ratelimit-reset": str(WINDOW)}


UNAUTHORIZED = problem(401, "Unauthorized")
TOO_MANY = Response(
    b"<!doctype html><title>Too Many Requests</title><h1>whoa there, pardner!</h1>",
    429,
    {"content-type": "text/html; charset=UTF-8", "retry-after": "4"},
)
UNSHOWN: Mapping[Fate, Response] = {
    "suspended": problem(404, "Not Found", reason="banned"),
    "private": problem(403, "Forbidden", reason="private"),
    "withheld": Response(b"", 451),
}
LIMIT = Limit("reddit", 1_000, lasting(seconds=WINDOW), TOO_MANY, tell)

ANSWERS = Answers(
    routes=(
        Route("POST", "login", "/api/v1/access_token", token),
        Route("GET", "api", "/api/info", info, admit, LIMIT),
        Route("GET", "api", "/r/{name}/about", about, admit, LIMIT),
        Route("GET", "api", "/user/{name}/about", user, admit, LIMIT),
        Route("GET", "api", "/subreddits/search", search, admit, LIMIT),
    ),
    credentials=TOKENS,
    identify=identify,
    plain=plain,
    refusals={
        "unauthorized": UNAUTHORIZED,
        "forbidden": problem(403, "Forbidden"),
        "too_many": TOO_MANY,
        "too_many_in_json": problem(429, "Too Many Requests"),
    },
)
