"""Instagram: business_discovery through the Graph API, one's own account, and the public page.

The account that comes first in the directory is one's own. Fates: `personal`, `suspended`, `age_gated` and `private` are
unknown to business_discovery; `withheld` lacks a permission; `hidden` answers without its count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from headcount.demo import graph, graph_errors
from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.pages import ballast, meta, page, script
from headcount.demo.people import Person
from headcount.demo.words import rounded
from headcount.demo.world import World

DISCOVERY = re.compile(r"business_discovery\.username\(([^)]*)\)\{([^}]*)\}")
OWN = "17841400000000001"
TOKENS = {name: graph.TOKENS[name] for name in ("token", "app_secret")} | {"user_id": OWN}
UNKNOWN = graph_errors.error(400, 110, "Invalid user id", subcode=2207013)
EXACT_BELOW = 10_000


def identify(handle: str, number: int) -> tuple[str, ...]:
    """The Graph API's id and the number that stands on the public page."""
    return (f"17841{number // 7 % 10**12:012}", str(10**9 + number % (9 * 10**9)))


def node(path: str, query: Mapping[str, str], world: World) -> Response | None:
    """One's own account, and through it whoever else has a professional one."""
    if path not in {OWN, "me"}:
        return graph_errors.unsupported(path)
    fields = query.get("fields", "id")
    if discovery := DISCOVERY.search(fields):
        return _discovered(world.named(discovery[1]), discovery[2].split(","), world)
    return json({**_fields(world.first(), fields.split(","), world), "id": OWN})


def _discovered(person: Person | None, fields: Sequence[str], world: World) -> Response | None:
    if person is None or person.fate in {"personal", "suspended", "age_gated", "private"}:
        return UNKNOWN
    if person.fate == graph.TIMED_OUT:
        return None
    if person.fate == "withheld":
        return graph_errors.REFUSALS["permission"]
    return json({"business_discovery": _fields(person, fields, world), "id": OWN})


def _fields(person: Person, fields: Sequence[str], world: World) -> Mapping[str, object]:
    everything: dict[str, object] = {
        "id": person.id,
        "user_id": person.id,
        "ig_id": int(person.ids[1]),
        "username": person.handle.lower(),
        "name": person.handle,
        "media_count": person.number % 3_000,
    }
    if person.fate != "hidden":
        everything["followers_count"] = "many" if person.fate == "spoilt" else world.count(person)
    return {name: everything[name] for name in dict.fromkeys((*fields, "id")) if name in everything}


def profile(call: Call, world: World) -> Response:
    """A card for whoever asks; the same bare shell for an unknown name as for a visitor who is not welcome.

    Exact numbers are embedded only for what looks like a browser at a person's hand.
    """
    person = world.named(call.parts["name"])
    if person is None or person.fate in {"suspended", "withheld", "left_out"}:
        return page("<title>Instagram</title>")
    scripts = [script({"prefetched": ballast(world.page_bytes)}, 'type="application/json" data-sjs')]
    if call.headers.get("sec-fetch-mode") == "navigate":
        scripts.append(script(_embedded(person, world), 'type="application/json" data-sjs'))
    return page(_card(person, world), *scripts)


def _card(person: Person, world: World) -> str:
    title = f"{person.handle} (@{person.handle.lower()})"
    followers = "Many" if person.fate == "spoilt" else _written(world.count(person))
    about = f"{followers} Followers, {person.number % 900} Following, {person.number % 3_000:,} Posts - "
    about += f"See Instagram photos and videos from {title}"
    card = {"og:title": f"{title} • Instagram photos and videos", "og:description": about, "og:type": "profile"}
    return meta({**card, "og:url": f"https://www.instagram.com/{person.handle.lower()}/"})


def _written(value: int) -> str:
    """Exactly below 10,000; then `11K`, `448K`, `1.04M`, `46.4M`."""
    return f"{value:,}" if value < EXACT_BELOW else rounded(value, 2 if value < 1_000_000 else 3)


def _embedded(person: Person, world: World) -> Mapping[str, object]:
    user = {
        "pk": person.ids[1],
        "username": person.handle.lower(),
        "is_private": person.fate == "private",
        "full_name": person.handle,
        "follower_count": None if person.fate == "spoilt" else world.count(person),
        "following_count": person.number % 900,
        "all_media_count": None,
        "id": person.id,
    }
    return {"require": [["__bbox", {"complete": True, "result": {"data": {"xig_user_by_username": user}}}]]}


WAIT = {"message": "Please wait a few minutes before you try again.", "require_login": True, "status": "fail"}

ANSWERS = Answers(
    routes=(
        *graph.routes(node),
        *graph.routes(node, host="login"),
        Route("GET", "page", "/{name}", profile),
        Route("GET", "page", "/{name}/", profile),
    ),
    credentials=TOKENS,
    identify=identify,
    refusals={
        **graph_errors.REFUSALS,
        "shell": page("<title>Instagram</title>"),
        "login_page": page("<title>Login • Instagram</title>", '<form id="loginForm" method="post"></form>'),
        "wait": json(WAIT, 401),
        "checkpoint": json({"message": "checkpoint_required", "status": "fail"}, 400),
    },
    page_bytes=300_000,
)
