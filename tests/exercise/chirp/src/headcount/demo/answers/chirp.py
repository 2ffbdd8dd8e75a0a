"""Chirp: birds by their names and ids, and their nests."""

from __future__ import annotations

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.pages import page, script
from headcount.demo.people import Person
from headcount.demo.world import World

KEY = "simulated-key"
UNKNOWN_KEY = json({"error": "no such key"}, 401)


def with_key(call: Call) -> Response | None:
    """The one key that there is."""
    return None if call.headers.get("x-chirp-key") == KEY else UNKNOWN_KEY


def birds(call: Call, world: World) -> Response:
    """The birds that there are, in any order."""
    wanted = [world.named(name) for name in call.query.get("names", "").split(",")]
    people = wanted + [world.identified(number) for number in call.query.get("ids", "").split(",")]
    return json({"birds": [_bird(person, world) for person in people if person and person.fate != "left_out"]})


def nest(call: Call, world: World) -> Response:
    """The nest of a bird."""
    person = world.named(call.parts["name"])
    if person is None or person.fate == "left_out":
        return page("<title>Nobody</title>", status=404)
    return page(f"<title>{person.handle}</title>", script(_bird(person, world), 'id="nest" type="application/json"'))


def _bird(person: Person, world: World) -> dict[str, object]:
    watchers = "many" if person.fate == "spoilt" else world.count(person)
    return {"id": person.id, "name": person.handle, "watchers": watchers, "caged": person.fate == "suspended"}


ANSWERS = Answers(
    routes=(Route("GET", "api", "/v1/birds", birds, admit=with_key), Route("GET", "page", "/@{name}", nest)),
    credentials={"key": KEY},
    plain=lambda handle: handle.removeprefix("@"),
    refusals={"unknown_key": UNKNOWN_KEY},
)
