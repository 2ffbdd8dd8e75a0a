"""`GET /2/users` and its kin."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from headcount.demo.answers.twitter.refusals import PROBLEMS
from headcount.demo.calls import Call, Response, json
from headcount.demo.people import Person
from headcount.demo.world import World

MOST = 100
NAME = re.compile(r"[A-Za-z0-9_]{1,15}")
ID = re.compile(r"[0-9]{1,19}")

Find = Callable[[str], Person | None]


def by_names(call: Call, world: World) -> Response:
    """Up to 100 users by their names."""
    asked = _listed(call, "usernames")
    return _invalid("usernames", asked, NAME) or _users(call, world, "usernames", asked, world.named)


def by_ids(call: Call, world: World) -> Response:
    """Up to 100 users by their ids."""
    asked = _listed(call, "ids")
    return _invalid("ids", asked, ID) or _users(call, world, "ids", asked, world.identified)


def by_name(call: Call, world: World) -> Response:
    """One user by name."""
    asked = call.parts["username"]
    return _invalid("username", [asked], NAME) or _user(call, world, "username", asked, world.named)


def by_id(call: Call, world: World) -> Response:
    """One user by id."""
    asked = call.parts["id"]
    return _invalid("id", [asked], ID) or _user(call, world, "id", asked, world.identified)


def _listed(call: Call, parameter: str) -> list[str]:
    return [value for value in call.query.get(parameter, "").split(",") if value]


def _invalid(parameter: str, asked: Sequence[str], pattern: re.Pattern[str]) -> Response | None:
    """One value that is out of place fails the whole request."""
    messages = [
        f"The `{parameter}` query parameter value [{value}] does not match ^{pattern.pattern}$"
        for value in asked
        if not pattern.fullmatch(value)
    ]
    if not 1 <= len(asked) <= MOST:
        messages.append(
            f"The number of values in the `{parameter}` query parameter list [{len(asked)}] is not between 1 and {MOST}"
        )
    if not messages:
        return None
    errors = [{"parameters": {parameter: list(asked)}, "message": message} for message in messages]
    detail = "One or more parameters to your request was invalid."
    return json(
        {"errors": errors, "title": "Invalid Request", "detail": detail, "type": f"{PROBLEMS}invalid-request"}, 400
    )


def _users(call: Call, world: World, parameter: str, asked: Sequence[str], find: Find) -> Response:
    """A list of data and one of errors, in X's own order and not the one that was asked for."""
    found = [(value, find(value)) for value in reversed(asked)]
    data = [
        _shown(person, call, world) for _, person in found if person and _open(person) and person.fate != "left_out"
    ]
    errors = [_error(parameter, value, person) for value, person in found if not (person and _open(person))]
    return json({name: items for name, items in (("data", data), ("errors", errors)) if items})


def _user(call: Call, world: World, parameter: str, asked: str, find: Find) -> Response:
    """Where one is asked for, `data` is an object and not a list."""
    person = find(asked)
    if person and _open(person):
        return json({"data": _shown(person, call, world)})
    return json({"errors": [_error(parameter, asked, person)]})


def _open(person: Person) -> bool:
    return person.fate not in {"suspended", "withheld"}


def _shown(person: Person, call: Call, world: World) -> Mapping[str, object]:
    fields = call.query.get("user.fields", "").split(",")
    user: dict[str, object] = {"id": person.id, "name": person.handle, "username": person.handle}
    if "public_metrics" in fields:
        user["public_metrics"] = {
            "followers_count": "many" if person.fate == "spoilt" else world.count(person),
            "following_count": person.number % 900,
            "tweet_count": person.number % 70_000,
            "listed_count": person.number % 4_000,
        }
    if "protected" in fields:
        user["protected"] = person.fate == "private"
    return user


def _error(parameter: str, value: str, person: Person | None) -> Mapping[str, str]:
    about = {"value": value, "parameter": parameter, "resource_id": value, "resource_type": "user"}
    kind = f"{PROBLEMS}resource-not-found"
    if person is None:
        detail = f"Could not find user with {parameter}: [{value}]."
        return {**about, "title": "Not Found Error", "detail": detail, "type": kind}
    if person.fate == "suspended":
        return {**about, "title": "Forbidden", "detail": f"User has been suspended: [{value}].", "type": kind}
    detail = f"Sorry, you are not authorized to see the user with {parameter}: [{value}]."
    kind = f"{PROBLEMS}not-authorized-for-resource"
    return {**about, "title": "Authorization Error", "detail": detail, "type": kind}
