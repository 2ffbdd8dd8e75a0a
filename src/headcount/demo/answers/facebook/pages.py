"""Pages as the Graph API has them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from headcount.demo import graph, graph_errors
from headcount.demo.calls import Response, json
from headcount.demo.people import Person
from headcount.demo.world import World

NUMERIC = re.compile(r"[0-9]{5,20}")
FIELDS = ("id", "name", "username", "link", "followers_count", "fan_count", "verification_status")
LIKES = "likes"


def identify(handle: str, number: int) -> tuple[str, ...]:
    """A Page has two numbers: the one that the Graph API speaks of, and its profile's."""
    profile = f"1000{number % 10**11:011}"
    return (handle if NUMERIC.fullmatch(handle) else f"1{number // 7 % 10**14:014}", profile)


def node(path: str, query: Mapping[str, str], world: World) -> Response | None:
    """A Page, with the fields that were asked for."""
    person = world.identified(path) or world.named(path)
    if person is None:
        return _nobody(path)
    if person.fate == graph.TIMED_OUT:
        return None
    fields = query.get("fields", "name,id").split(",")
    return _refused(person, path) or _unheard_of(fields) or json(_fields(person, fields, world))


def _nobody(path: str) -> Response:
    if NUMERIC.fullmatch(path):
        return graph_errors.unsupported(path)
    return graph_errors.error(404, 803, f"(#803) Some of the aliases you requested do not exist: {path}")


def _refused(person: Person, path: str) -> Response | None:
    if person.fate == "personal":
        return graph_errors.error(400, 803, f"(#803) Cannot query users by their username ({path})")
    if person.fate == "withheld":
        return graph_errors.REFUSALS["permission"]
    return graph_errors.unsupported(path) if person.fate in {"suspended", "private"} else None


def _unheard_of(fields: Sequence[str]) -> Response | None:
    wrong = next((field for field in fields if field not in FIELDS), None)
    if wrong is None:
        return None
    return graph_errors.error(400, 100, f"(#100) Tried accessing nonexisting field ({wrong}) on node type (Page)")


def _fields(person: Person, fields: Sequence[str], world: World) -> Mapping[str, object]:
    followers, likes = world.count(person), world.count(person, LIKES)
    everything: dict[str, object] = {
        "id": person.id,
        "name": title(person),
        "username": person.handle,
        "link": f"https://www.facebook.com/{person.handle}",
        "verification_status": "blue_verified",
    }
    if person.fate != "hidden":
        everything |= {"followers_count": "many" if person.fate == "spoilt" else followers, "fan_count": likes}
    return {name: everything[name] for name in dict.fromkeys((*fields, "id")) if name in everything}


def title(person: Person) -> str:
    """A name with digits in it, which are nobody's count."""
    return f"{person.handle} Channel 7"
