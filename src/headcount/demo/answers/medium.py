"""Medium: people as JSON, publications as pages with their data embedded.

Fates: `suspended` says so; `quiet` is not sent as JSON; `age_gated` has nothing but a link with its followers; `spoilt` has words
where its count would be; `left_out` has a page with others only.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from headcount.demo.calls import Call, Response
from headcount.demo.contract import Answers, Route
from headcount.demo.pages import ballast, page, script
from headcount.demo.people import Person
from headcount.demo.words import rounded
from headcount.demo.world import World

GUARD = b"])}while(1);</x>"
NOBODY = page("<title>Medium</title>", "<p>PAGE NOT FOUND</p>", "<h2>Out of nothing, something.</h2>")
PREFIX = "publication/"


def person(call: Call, world: World) -> Response:
    """Somebody, as JSON where it is asked for and can be had."""
    someone = world.named(call.parts["name"])
    if "format" in call.query and not (someone and someone.fate in {"quiet", "age_gated", "left_out"}):
        return _guarded(_told(someone, world))
    if someone is None or someone.fate == "suspended":
        return NOBODY
    return _with_link(someone, world) if someone.fate == "age_gated" else _page(_user(someone, world), someone, world)


def publication(call: Call, world: World) -> Response:
    """A publication, never as JSON."""
    found = world.named(PREFIX + call.parts["slug"])
    if found is None or found.fate == "suspended":
        return NOBODY
    collection = {"id": found.id, "slug": _name(found).lower(), "subscriberCount": _heads(found, world)}
    return _page({f"Collection:{found.id}": collection}, found, world)


def _name(someone: Person) -> str:
    return someone.handle.removeprefix(PREFIX)


def _heads(someone: Person, world: World) -> object:
    return "many" if someone.fate == "spoilt" else world.count(someone)


def _told(someone: Person | None, world: World) -> Mapping[str, object]:
    if someone is None:
        return {"success": False, "error": "No user found", "v": 3}
    if someone.fate == "suspended":
        return {"success": False, "error": f"User @{someone.handle} is suspended", "v": 3}
    stats = {"userId": someone.id, "usersFollowedByCount": _heads(someone, world), "usersFollowedCount": 18}
    user = {"userId": someone.id, "name": someone.handle, "username": someone.handle, "isSuspended": False}
    return {"success": True, "payload": {"user": user, "references": {"SocialStats": {someone.id: stats}}}, "v": 3}


def _guarded(answer: Mapping[str, object]) -> Response:
    return Response(GUARD + msgspec.json.encode(answer), headers={"content-type": "application/json; charset=utf-8"})


def _user(someone: Person, world: World) -> Mapping[str, object]:
    if someone.fate == "left_out":
        return {}
    stats = {"followerCount": _heads(someone, world)}
    return {f"User:{someone.id}": {"id": someone.id, "username": someone.handle, "socialStats": stats}}


def _page(entries: Mapping[str, object], someone: Person, world: World) -> Response:
    """With somebody who is recommended first."""
    state = {**_user(world.stranger(), world), "ROOT_QUERY": {"posts": ballast(world.page_bytes)}, **entries}
    return page(f"<title>{_name(someone)} | Medium</title>", script(state, prefix="window.__APOLLO_STATE__ = "))


def _with_link(someone: Person, world: World) -> Response:
    heads = rounded(world.count(someone), 2)
    link = f'<a class="pw-follower-count" href="/@{someone.handle}/followers?source=user_profile">{heads} followers</a>'
    return page(f"<title>{someone.handle} | Medium</title>", link)


def identify(handle: str, number: int) -> tuple[str, ...]:
    """Twelve hexadecimal digits."""
    return (f"{number % 16**12:012x}",)


ANSWERS = Answers(
    routes=(Route("GET", "page", "/@{name}", person), Route("GET", "page", "/{slug}", publication)),
    identify=identify,
    refusals={"check": page("<title>Just a moment...</title>", status=403)},
    page_bytes=200_000,
)
