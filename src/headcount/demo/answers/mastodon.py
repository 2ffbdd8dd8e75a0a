"""Mastodon: any server, with the look-up by name, accounts by id, and WebFinger.

Fates: `suspended` is said in the profile; `hidden` shows -1, as glitch-soc does; `withheld` is on a server that answers
nobody without a token; `left_out` answers alone only. A server knows its own accounts and nobody else's.
"""

from __future__ import annotations

from collections.abc import Mapping

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.limits import Limit, Usage, lasting
from headcount.demo.people import Person
from headcount.demo.world import World

MOST = 40
USUAL = "mastodon.social"
"""The server of a handle that names none."""


def problem(status: int, error: str) -> Response:
    """Why not, as Mastodon says it."""
    return json({"error": error}, status)


UNKNOWN = problem(404, "Record not found")
MEMBERS_ONLY = problem(401, "This method requires an authenticated user")


def lookup(call: Call, world: World) -> Response:
    """One account by its name, with or without this server behind it."""
    return _one(world.named(_here(call, call.query.get("acct", ""))), world)


def by_id(call: Call, world: World) -> Response:
    """One account by the id that this server gave it."""
    return _one(world.identified(f"{call.parts['host']}/{call.parts['id']}"), world)


def by_ids(call: Call, world: World) -> Response:
    """Up to 40 accounts; who is unknown is left out."""
    asked = [number for number in call.query.get("id[]", "").split(",") if number]
    if len(asked) > MOST:
        return problem(422, "Validation failed")
    found = (world.identified(f"{call.parts['host']}/{number}") for number in asked)
    return json([_profile(person, world) for person in found if person and person.fate not in {"left_out", "withheld"}])


def finger(call: Call, world: World) -> Response:
    """Where an account lives."""
    person = world.named(_here(call, call.query.get("resource", "").removeprefix("acct:")))
    if person is None:
        return Response(b"", 404)
    links = [
        {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": _url(person)},
        {"rel": "self", "type": "application/activity+json", "href": person.ids[1]},
    ]
    return json({"subject": f"acct:{person.handle}", "aliases": [_url(person), person.ids[1]], "links": links})


def _here(call: Call, name: str) -> str:
    user, _, server = name.partition("@")
    return f"{user}@{server or call.parts['host']}"


def _one(person: Person | None, world: World) -> Response:
    if person is None:
        return UNKNOWN
    return MEMBERS_ONLY if person.fate == "withheld" else json(_profile(person, world))


def _profile(person: Person, world: World) -> Mapping[str, object]:
    counts: Mapping[str, object] = {"hidden": -1, "spoilt": "many", "suspended": 0}
    user = person.handle.partition("@")[0]
    profile = {
        "id": person.id.partition("/")[2],
        "username": user,
        "acct": user,
        "display_name": user,
        "locked": person.fate == "private",
        "url": _url(person),
        "uri": person.ids[1],
        "followers_count": counts.get(person.fate, world.count(person)),
        "following_count": person.number % 900,
        "statuses_count": person.number % 3_000,
    }
    return {**profile, "suspended": True} if person.fate == "suspended" else profile


def _url(person: Person) -> str:
    user, _, server = person.handle.partition("@")
    return f"https://{server}/@{user}"


def identify(handle: str, number: int) -> tuple[str, ...]:
    """The id that its server gave it, with the server before it, and its actor's address."""
    user, _, server = plain(handle).partition("@")
    return (f"{server}/{10**17 + number % (9 * 10**17)}", f"https://{server}/users/{user}")


def plain(handle: str) -> str:
    """`@NASA@Mastodon.Social` is `nasa@mastodon.social`."""
    name = handle.removeprefix("@").lower()
    return name if "@" in name else f"{name}@{USUAL}"


def tell(usage: Usage) -> Mapping[str, str]:
    """What is left of the window, which ends at a date."""
    return {
        "x-ratelimit-limit": str(usage.amount),
        "x-ratelimit-remaining": str(max(0, usage.amount - usage.used)),
        "x-ratelimit-reset": usage.resets.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }


def server(call: Call) -> str:
    """Each server counts for itself."""
    return call.parts["host"]


TOO_MANY = problem(429, "Too many requests")
LIMIT = Limit("mastodon", 300, lasting(minutes=5), TOO_MANY, tell, server)
ANSWERS = Answers(
    routes=(
        Route("GET", "*", "/api/v1/accounts/lookup", lookup, limit=LIMIT),
        Route("GET", "*", "/api/v1/accounts/{id}", by_id, limit=LIMIT),
        Route("GET", "*", "/api/v1/accounts", by_ids, limit=LIMIT),
        Route("GET", "*", "/.well-known/webfinger", finger, limit=LIMIT),
    ),
    identify=identify,
    plain=plain,
    refusals={
        "too_many": TOO_MANY,
        "members_only": MEMBERS_ONLY,
        "wrong_token": problem(401, "The access token is invalid"),
        "overloaded": Response(b"<html><body>503</body></html>", 503),
        "another_site": Response(b"<!DOCTYPE html><html><body>Welcome</body></html>"),
    },
)
