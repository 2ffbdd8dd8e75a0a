"""Bluesky: `getProfiles`, `getProfile` and the public page.

Fates: `suspended` and `withheld` (deactivated by its owner) are left out of an answer about many, and said when asked for
alone; `left_out` is left out too, and answers alone; `hidden` and `private` are shown to members only, on the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.limits import Limit, Usage, lasting
from headcount.demo.pages import ballast, page, script
from headcount.demo.people import Person
from headcount.demo.world import World

MOST = 25
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
ACTOR = re.compile(r"did:[a-z]+:[A-Za-z0-9._:-]+|(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z][A-Za-z0-9-]*")
MEMBERS_ONLY = "This author has chosen to make their posts visible only to people who are signed in."
GONE = {
    "suspended": ("AccountTakedown", "Account has been suspended"),
    "withheld": ("AccountDeactivated", "Account is deactivated"),
}


def problem(status: int, error: str, message: str) -> Response:
    """Why not, as Bluesky says it."""
    return json({"error": error, "message": message}, status)


def profiles(call: Call, world: World) -> Response:
    """Up to 25, in the order in which they are asked for; who is not there is left out."""
    actors = [actor for actor in call.query.get("actors", "").split(",") if actor]
    if not 1 <= len(actors) <= MOST:
        return problem(400, "InvalidRequest", f"Error: actors must not have more than {MOST} elements")
    for place, actor in enumerate(actors):
        if not ACTOR.fullmatch(actor):
            return problem(400, "InvalidRequest", f"Error: actors/{place} must be a valid did or a handle")
    found = (_found(actor, world) for actor in actors)
    return json({"profiles": [_profile(person, world) for person in found if person and _shown(person)]})


def profile(call: Call, world: World) -> Response:
    """One, or why not."""
    actor = call.query.get("actor", "")
    if not ACTOR.fullmatch(actor):
        return problem(400, "InvalidRequest", "Error: actor must be a valid did or a handle")
    person = _found(actor, world)
    if person is None:
        return problem(400, "InvalidRequest", "Profile not found")
    return problem(400, *GONE[person.fate]) if person.fate in GONE else json(_profile(person, world))


def _found(actor: str, world: World) -> Person | None:
    return world.identified(actor) if actor.startswith("did:") else world.named(actor)


def _shown(person: Person) -> bool:
    return person.fate not in GONE and person.fate != "left_out"


def _profile(person: Person, world: World) -> Mapping[str, object]:
    return {
        "did": person.id,
        "handle": person.handle,
        "displayName": person.handle,
        "associated": {"lists": 0, "feedgens": 0, "starterPacks": 0, "labeler": False},
        "labels": [],
        "createdAt": "2023-09-21T16:05:03.068Z",
        "followersCount": "many" if person.fate == "spoilt" else world.count(person),
        "followsCount": person.number % 900,
        "postsCount": person.number % 3_000,
    }


def public_page(call: Call, world: World) -> Response:
    """The profile, with its data for search engines; without it for an unknown name, and for who is shown to members only."""
    person = _found(call.parts["actor"], world)
    if person is None or person.fate in GONE:
        return page("<title>Bluesky</title>")
    if person.fate in {"hidden", "private"}:
        return page("<title>Bluesky</title>", f"<p>{MEMBERS_ONLY}</p>")
    data = script({"prefetched": ballast(world.page_bytes)}, 'type="application/json"')
    return page(f"<title>{person.handle} — Bluesky</title>", _json_ld(person, world), data)


def _json_ld(person: Person, world: World) -> bytes:
    """What people wrote stands in it with its line breaks as they are, as on the real page."""
    entity = {
        "@type": "Person",
        "name": person.handle,
        "alternateName": f"@{person.handle}",
        "identifier": person.id,
        "description": "We count LINEBREAK what is counted",
        "interactionStatistic": [_interaction("Follow", "many" if person.fate == "spoilt" else world.count(person))],
        "agentInteractionStatistic": [_interaction("Follow", 211), _interaction("Write", person.number % 3_000)],
    }
    value = {"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": entity}
    return script(value, 'type="application/ld+json"').replace(b"LINEBREAK", b"\n")


def _interaction(kind: str, value: object) -> Mapping[str, object]:
    return {
        "@type": "InteractionCounter",
        "interactionType": f"https://schema.org/{kind}Action",
        "userInteractionCount": value,
    }


def identify(handle: str, number: int) -> tuple[str, ...]:
    """A DID of the kind that most accounts have."""
    return ("did:plc:" + "".join(ALPHABET[number >> 5 * place & 31] for place in range(24)),)


def plain(handle: str) -> str:
    """`@nasa` is `nasa.bsky.social`."""
    name = handle.removeprefix("@").lower()
    return name if "." in name or ":" in name else f"{name}.bsky.social"


def tell(usage: Usage) -> Mapping[str, str]:
    """What is left of the window."""
    return {
        "ratelimit-limit": str(usage.amount),
        "ratelimit-remaining": str(max(0, usage.amount - usage.used)),
        "ratelimit-reset": str(int(usage.resets.timestamp())),
        "ratelimit-policy": f"{usage.amount};w=300",
    }


TOO_MANY = problem(429, "RateLimitExceeded", "Rate Limit Exceeded")
LIMIT = Limit("bluesky", 3_000, lasting(minutes=5), TOO_MANY, tell)
ANSWERS = Answers(
    routes=(
        Route("GET", "api", "/xrpc/app.bsky.actor.getProfiles", profiles, limit=LIMIT),
        Route("GET", "api", "/xrpc/app.bsky.actor.getProfile", profile, limit=LIMIT),
        Route("GET", "page", "/profile/{actor}", public_page),
    ),
    identify=identify,
    plain=plain,
    refusals={
        "too_many": TOO_MANY,
        "upstream": problem(502, "UpstreamFailure", "Upstream Failure"),
        "forbidden": Response(b"<html><body>Forbidden</body></html>", 403),
    },
    page_bytes=20_000,
)
