"""GitHub: users and organisations by name and by id, with a token or without one.

What has not changed since is answered with 304, and not counted. Fates: `suspended` is not found; `withheld` lies behind its
organisation's own wall; `spoilt` has words where its count would be; `renamed` is found by its id only.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.limits import Limit, Usage, lasting
from headcount.demo.people import Person
from headcount.demo.world import World

TOKENS = {"token": "simulated-github-token"}
LET_IN = f"Bearer {TOKENS['token']}"
DOCS = "https://docs.github.com/rest"


def problem(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """What GitHub says instead of an answer."""
    return json({"message": message, "documentation_url": DOCS, "status": str(status)}, status, headers)


UNKNOWN = problem(404, "Not Found")
WALL = problem(
    403, "Although you appear to have the correct authorization, the organization has an IP allow list enabled."
)
BAD_TOKEN = problem(401, "Bad credentials")
PRIMARY = problem(403, "API rate limit exceeded for 192.0.2.7.", {"x-ratelimit-remaining": "0"})
SECONDARY = problem(403, "You have exceeded a secondary rate limit.", {"retry-after": "60"})
NAMELESS = problem(
    403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header."
)


def by_name(call: Call, world: World) -> Response:
    """Whoever goes by that name."""
    return _user(call, world, world.named(call.parts["name"]))


def by_id(call: Call, world: World) -> Response:
    """Whoever has that id."""
    return _user(call, world, world.identified(call.parts["id"]))


def _user(call: Call, world: World, person: Person | None) -> Response:
    if person is None or person.fate == "suspended":
        return UNKNOWN
    if person.fate == "withheld":
        return WALL
    answer = json(_shown(person, world))
    tag = sha256(call.headers.get("authorization", "").encode() + answer.body).hexdigest()
    return Response(answer.body, headers={**answer.headers, "etag": f'W/"{tag}"'})


def _shown(person: Person, world: World) -> Mapping[str, object]:
    return {
        "login": person.handle,
        "id": int(person.id),
        "type": "Organization" if person.number % 2 else "User",
        "name": person.handle,
        "public_repos": person.number % 400,
        "followers": "many" if person.fate == "spoilt" else world.count(person),
        "following": person.number % 90,
        "created_at": "2011-01-25T18:44:36Z",
    }


def admit(call: Call) -> Response | None:
    """Anybody, but nobody with a wrong token."""
    return None if call.headers.get("authorization", LET_IN) == LET_IN else BAD_TOKEN


def tell(usage: Usage) -> Mapping[str, str]:
    """What is left of the hour."""
    left = {
        "limit": usage.amount,
        "remaining": max(0, usage.amount - usage.used),
        "reset": int(usage.resets.timestamp()),
    }
    return {f"x-ratelimit-{name}": str(value) for name, value in left.items()}


def identify(handle: str, number: int) -> tuple[str, ...]:
    """A number of up to nine digits."""
    return (str(1_000 + number % 10**9),)


def caller(call: Call) -> str:
    """A token's own allowance, or that of the address."""
    return call.headers.get("authorization", "")


LIMIT = Limit("github", 5_000, lasting(hours=1), PRIMARY, tell, caller)

ANSWERS = Answers(
    routes=(
        Route("GET", "api", "/users/{name}", by_name, admit, LIMIT),
        Route("GET", "api", "/orgs/{name}", by_name, admit, LIMIT),
        Route("GET", "api", "/user/{id}", by_id, admit, LIMIT),
    ),
    credentials=TOKENS,
    identify=identify,
    refusals={"token": BAD_TOKEN, "primary": PRIMARY, "secondary": SECONDARY, "nameless": NAMELESS},
)
