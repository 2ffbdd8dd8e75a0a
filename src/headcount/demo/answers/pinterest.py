"""Pinterest: the API for the account whose token it is, and the profile pages.

The account that comes first in the directory is one's own. Fates: `suspended` is on no page; `hidden` has no count; `spoilt`
has words in its place; `left_out` stands on a page whose state speaks of others only.
"""

from __future__ import annotations

from collections.abc import Mapping

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.pages import ballast, page, script
from headcount.demo.people import Person
from headcount.demo.world import World

TOKENS = {"token": "simulated-pinterest-token"}
LET_IN = f"Bearer {TOKENS['token']}"
NOT_AUTHENTICATED = json({"code": 2, "message": "Authentication failed."}, 401)
NOT_AUTHORIZED = json({"code": 403, "message": "Not authorized to access the user account."}, 403)
TOO_MANY = json({"code": 8, "message": "You have exceeded your rate limit. Try again later."}, 429)


def own_account(call: Call, world: World) -> Response:
    """The account whose token it is."""
    person = world.first()
    return json({**_user(person, world), "account_type": "BUSINESS", "monthly_views": person.number % 90_000})


def profile(call: Call, world: World) -> Response:
    """A state with the person, between others who stand there too."""
    person = world.named(call.parts["name"])
    shown = [world.stranger()] if person else []
    if person and person.fate not in {"suspended", "left_out"}:
        shown.append(person)
    users = {each.id: _user(each, world) for each in shown}
    state = {"initialReduxState": {"pins": {"feed": ballast(world.page_bytes)}, "users": users}}
    return page("<title>Pinterest</title>", script(state, 'id="__PWS_INITIAL_PROPS__" type="application/json"'))


def _user(person: Person, world: World) -> Mapping[str, object]:
    followers: object = world.count(person)
    if person.fate in {"hidden", "spoilt"}:
        followers = None if person.fate == "hidden" else "many"
    return {
        "id": person.id,
        "username": person.handle,
        "full_name": person.handle,
        "board_count": person.number % 90,
        "follower_count": followers,
        "following_count": person.number % 900,
        "pin_count": person.number % 7_000,
    }


def admit(call: Call) -> Response | None:
    """With the token."""
    return None if call.headers.get("authorization") == LET_IN else NOT_AUTHENTICATED


ANSWERS = Answers(
    routes=(Route("GET", "api", "/v5/user_account", own_account, admit), Route("GET", "page", "/{name}/", profile)),
    credentials=TOKENS,
    refusals={
        "token": NOT_AUTHENTICATED,
        "scope": NOT_AUTHORIZED,
        "too_many": TOO_MANY,
        "wall": page("<title>Pinterest</title>", status=403),
    },
    page_bytes=600_000,
)
