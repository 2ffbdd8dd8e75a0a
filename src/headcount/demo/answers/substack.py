"""Substack: the profile of an author, as its own pages ask for it.

Fates: `suspended` and `withheld` are unknown; `hidden` and `private` show no subscribers; `spoilt` has no number of them.
"""

from __future__ import annotations

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.limits import Limit, lasting
from headcount.demo.people import Person
from headcount.demo.world import World
from headcount.model import HEADLINE, Count

PROFILE_FOLLOWERS = "profile_followers"
NOT_FOUND = json({"error": "profile not found"}, 404)
TOO_MANY = Response(b"Too Many Requests\n", 429)


def identify(handle: str, number: int) -> tuple[str, ...]:
    """The author's number."""
    return (str(10**6 + number % (9 * 10**6)),)


def profile(call: Call, world: World) -> Response:
    """A profile: its subscribers in a number, in words and roughly, and its followers."""
    person = world.named(call.parts["handle"])
    if person is None or person.fate in {"suspended", "withheld", "left_out"}:
        return NOT_FOUND
    name = person.handle.lower()
    about = {"id": int(person.id), "name": person.handle, "handle": name, "bio": "Read by 1,000,000 subscribers!"}
    publication = {"id": person.number % 10**6, "subdomain": name, "name": person.handle}
    return json({**about, "primaryPublication": publication, **_counted(person, world)})


def _counted(person: Person, world: World) -> dict[str, object]:
    followers = world.count(person, PROFILE_FOLLOWERS)
    if person.fate in {"hidden", "private"}:
        return {"subscriberCountNumber": None, "followerCount": followers}
    heads = world.count(person)
    return {
        "rough_num_free_subscribers_int": 10 ** (len(str(heads)) - 1),
        "subscriberCountString": f"{heads:,} subscribers",
        "subscriberCount": str(heads),
        "subscriberCountNumber": "many" if person.fate == "spoilt" else heads,
        "followerCount": followers,
    }


ANSWERS = Answers(
    routes=(
        Route(
            "GET",
            "page",
            "/api/v1/user/{handle}/public_profile",
            profile,
            limit=Limit("substack", 60, lasting(minutes=1), TOO_MANY),
        ),
    ),
    identify=identify,
    metrics={HEADLINE: Count, PROFILE_FOLLOWERS: Count},
    refusals={"too_many": TOO_MANY, "not_welcome": Response(b"<html><title>Just a moment...</title></html>", 403)},
)
