"""Vimeo: users by name and by id, and their public pages.

Fates: `suspended` is not found; `spoilt` has words where its count would be; `left_out` has a page without a profile;
`renamed` is found under its new name and by its id.
"""

from __future__ import annotations

from collections.abc import Mapping

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.limits import Limit, Usage, lasting
from headcount.demo.pages import meta, page, script
from headcount.demo.people import Person
from headcount.demo.world import World

TOKENS = {"token": "simulated-vimeo-token"}
SITE = "https://vimeo.com"


def problem(status: int, code: int, message: str) -> Response:
    """What Vimeo says instead of an answer."""
    told = {"error": "Something strange occurred.", "link": None, "developer_message": message, "error_code": code}
    return json(told, status)


UNKNOWN = problem(404, 5000, "The specified resource does not exist.")
BAD_TOKEN = problem(401, 8003, "The access token is not valid.")
NOT_ALLOWED = problem(403, 3200, "The app does not have the ability to do this.")
TOO_MANY = problem(429, 9000, "Too many API requests.")


def user(call: Call, world: World) -> Response:
    """Whoever has that id, or goes by that name."""
    person = world.identified(call.parts["whom"]) or world.named(call.parts["whom"])
    if person is None or person.fate == "suspended":
        return UNKNOWN
    uri = f"/users/{person.id}"
    connections = {
        "following": _connection(f"{uri}/following", person.number % 900),
        "followers": _connection(f"{uri}/followers", _heads(person, world)),
    }
    answer = {"uri": uri, "name": person.handle, "link": f"{SITE}/{person.handle.lower()}"}
    return json({**answer, "metadata": {"connections": connections}})


def _connection(uri: str, total: object) -> Mapping[str, object]:
    return {"uri": uri, "options": ["GET"], "total": total}


def _heads(person: Person, world: World) -> object:
    return "many" if person.fate == "spoilt" else world.count(person)


def profile(call: Call, world: World) -> Response:
    """The page of a user, with data for search engines."""
    person = world.named(call.parts["name"])
    if person is None or person.fate == "suspended":
        return page("<title>VimeUhOh</title>", "<h1>Sorry, we couldn't find that page</h1>", status=404)
    link = f"{SITE}/{person.handle.lower()}"
    about: list[Mapping[str, object]] = [
        {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": []}
    ]
    if person.fate != "left_out":
        about.append(_profile(person, world, link))
    return page(meta({"og:url": link, "og:title": person.handle}), script(about, 'type="application/ld+json"'))


def _profile(person: Person, world: World, link: str) -> dict[str, object]:
    counted = {
        "@type": "InteractionCounter",
        "interactionType": "https://schema.org/FollowAction",
        "userInteractionCount": _heads(person, world),
    }
    entity = {"@type": "Person", "name": person.handle, "identifier": person.id, "url": link}
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "mainEntity": {**entity, "interactionStatistic": counted},
    }


def admit(call: Call) -> Response | None:
    """With the app's token."""
    return None if call.headers.get("authorization") == f"Bearer {TOKENS['token']}" else BAD_TOKEN


def tell(usage: Usage) -> Mapping[str, str]:
    """What is left of the minute."""
    left = max(0, usage.amount - usage.used)
    return {"x-ratelimit-limit": str(usage.amount), "x-ratelimit-remaining": str(left)}


def identify(handle: str, number: int) -> tuple[str, ...]:
    """A number of up to nine digits."""
    return (str(1_000 + number % 10**9),)


ANSWERS = Answers(
    routes=(
        Route("GET", "api", "/users/{whom}", user, admit, Limit("vimeo", 50, lasting(minutes=1), TOO_MANY, tell)),
        Route("GET", "page", "/{name}", profile),
    ),
    credentials=TOKENS,
    identify=identify,
    refusals={
        "token": BAD_TOKEN,
        "scope": NOT_ALLOWED,
        "too_many": TOO_MANY,
        "riddle": page("<title>Verify to continue</title>", status=403),
    },
)
