"""TikTok: one's own account, the public profile and the profile for embedding.

The account that comes first in the directory is one's own. Fates: `private` has a code of its own, and is not to be
embedded; `suspended` has another; `withheld` comes without its data; `quiet` has its count only as people see it; `spoilt` has
words in its place.
"""

from __future__ import annotations

from collections.abc import Mapping

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.limits import Limit, lasting
from headcount.demo.pages import ballast, meta, page, script
from headcount.demo.people import Person
from headcount.demo.words import short
from headcount.demo.world import World

TOKENS = {"token": "simulated-tiktok-token"}
CODES = {"private": 10222, "suspended": 10221}
STEPS = ((1_000_000, 100_000), (1_000, 100))


def error(status: int, code: str) -> Response:
    """What the API says instead of an answer."""
    return json({"data": {}, "error": {"code": code, "message": code, "log_id": "2026"}}, status)


BAD_TOKEN = error(401, "access_token_invalid")
NO_SCOPE = error(401, "scope_not_authorized")
TOO_MANY = error(429, "rate_limit_exceeded")


def own(call: Call, world: World) -> Response:
    """The account that gave the token."""
    person = world.first()
    heads = "many" if person.fate == "spoilt" else world.count(person)
    user = {"open_id": f"open-{person.id}", "username": person.handle.lower(), "follower_count": heads}
    return json({"data": {"user": user}, "error": {"code": "ok", "message": "", "log_id": "2026"}})


def profile(call: Call, world: World) -> Response:
    """The public profile, its numbers as people see them and exactly."""
    person = world.named(call.parts["name"])
    if person and person.fate == "withheld":
        return page("<title>TikTok - Make Your Day</title>", '<div id="app"></div>')
    code = CODES.get(person.fate, 0) if person else CODES["suspended"]
    detail = {"statusCode": code, "statusMsg": "", **(_info(person, world) if person and not code else {})}
    state = {"__DEFAULT_SCOPE__": {"webapp.app-context": ballast(world.page_bytes), "webapp.user-detail": detail}}
    data = script(state, 'id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json"')
    return page(meta(_card(person, world)) if person and not code else "", data)


def _info(person: Person, world: World) -> Mapping[str, object]:
    info: dict[str, object] = {"user": {"id": person.id, "uniqueId": person.handle.lower(), "nickname": person.handle}}
    heads = world.count(person)
    if person.fate == "spoilt":
        return {"userInfo": {**info, "stats": {"followerCount": "many"}}}
    info["stats"] = {"followerCount": shown(heads), "followingCount": person.number % 900}
    if person.fate != "quiet":
        info["statsV2"] = {"followerCount": str(heads), "followingCount": str(person.number % 900)}
    return {"userInfo": info}


def shown(heads: int) -> int:
    """A number as people see it."""
    step = next((step for limit, step in STEPS if heads >= limit), 1)
    return heads - heads % step


def _card(person: Person, world: World) -> Mapping[str, str]:
    name, heads = f"{person.handle} (@{person.handle.lower()})", short(shown(world.count(person)))
    about = f"{name} on TikTok | {short(person.number % 900)} Likes. {heads} Followers. Watch {person.handle}'s videos."
    return {"og:title": f"{name} | TikTok", "og:description": about}


def embedded(call: Call, world: World) -> Response:
    """The profile for embedding."""
    person = world.named(call.parts["name"])
    place = f"/embed/@{call.parts['name']}"
    if person is None or person.fate in {*CODES, "withheld"}:
        nothing = {"isError": True, "pageName": "error", "userInfo": {"uniqueId": call.parts["name"]}}
        return page("", _state(place, nothing), status=400)
    heads = "many" if person.fate == "spoilt" else shown(world.count(person))
    user = {"id": person.id, "uniqueId": person.handle.lower(), "followerCount": heads, "privateAccount": False}
    return page("", _state(place, {"isError": False, "userInfo": user, "videoList": ballast(world.page_bytes)}))


def _state(place: str, answer: Mapping[str, object]) -> bytes:
    return script({"source": {"data": {place: answer}}}, 'id="__FRONTITY_CONNECT_STATE__" type="application/json"')


def admit(call: Call) -> Response | None:
    """With the account's token."""
    return None if call.headers.get("authorization") == f"Bearer {TOKENS['token']}" else BAD_TOKEN


ANSWERS = Answers(
    routes=(
        Route("GET", "api", "/v2/user/info/", own, admit, Limit("tiktok", 600, lasting(minutes=1), TOO_MANY)),
        Route("GET", "page", "/@{name}", profile),
        Route("GET", "page", "/embed/@{name}", embedded),
    ),
    credentials=TOKENS,
    refusals={"token": BAD_TOKEN, "scope": NO_SCOPE, "too_many": TOO_MANY, "denied": page("Access Denied", status=403)},
    page_bytes=250_000,
)
