"""`GET /youtube/v3/channels`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from headcount.demo.answers.youtube.refusals import failure
from headcount.demo.calls import Call, Response, json
from headcount.demo.people import Person
from headcount.demo.words import first_digits
from headcount.demo.world import World

MOST = 50
FILTERS = ("id", "forHandle", "forUsername")


def channels(call: Call, world: World) -> Response:
    """Channels by exactly one filter; those that are not found are left out, and without any there are no items."""
    if invalid := _invalid(call):
        return invalid
    parts = call.query["part"].split(",")
    items = [_item(person, parts, world) for person in _asked(call, world)]
    answer = {
        "kind": "youtube#channelListResponse",
        "etag": "simulated",
        "pageInfo": {"totalResults": len(items), "resultsPerPage": 5},
    }
    return json({**answer, "items": items} if items else answer)


def _invalid(call: Call) -> Response | None:
    filters = [name for name in FILTERS if name in call.query]
    if "part" not in call.query:
        return failure(400, "missingRequiredParameter", "Required parameter: part", domain="youtube.parameter")
    if not filters:
        expected = f"No filter selected. Expected one of: {', '.join(FILTERS)}"
        return failure(400, "missingRequiredParameter", expected, domain="youtube.parameter")
    if len(filters) > 1:
        both = f"Incompatible parameters specified in the request: {', '.join(filters)}"
        return failure(400, "incompatibleParameters", both, domain="youtube.parameter")
    if len(call.query.get("id", "").split(",")) > MOST:
        return failure(
            400, "invalidFilters", "The request specifies an invalid filter parameter.", domain="youtube.parameter"
        )
    return None


def _asked(call: Call, world: World) -> Iterator[Person]:
    """Those whom YouTube shows, in an order of its own."""
    if ids := call.query.get("id"):
        found = [world.identified(channel) for channel in sorted(set(ids.split(",")))]
        omitted = {"suspended", "private", "left_out"}
    else:
        found = [world.named(call.query.get("forHandle", "").removeprefix("@") or call.query.get("forUsername", ""))]
        omitted = {"suspended", "private"}
    yield from (person for person in found if person and person.fate not in omitted)


def _item(person: Person, parts: Sequence[str], world: World) -> Mapping[str, object]:
    item: dict[str, object] = {"kind": "youtube#channel", "etag": "simulated", "id": person.id}
    if "snippet" in parts:
        item["snippet"] = {"title": person.handle, "customUrl": f"@{person.handle.lower()}"}
    if "statistics" in parts:
        hidden = person.fate == "hidden"
        item["statistics"] = {
            "viewCount": str(person.number % 10**10),
            "subscriberCount": "0" if hidden else _subscribers(person, world),
            "hiddenSubscriberCount": hidden,
            "videoCount": str(person.number % 3_000),
        }
    return item


def _subscribers(person: Person, world: World) -> str:
    return "many" if person.fate == "spoilt" else str(first_digits(world.count(person)))
