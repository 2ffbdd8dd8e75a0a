"""Threads: profile discovery, the insights of one's own account, and the public page.

The account that comes first in the directory is one's own. Fates: `suspended`, `private`, `personal` and `age_gated` are
not discovered, nor is one whose profile is `left_out`; `withheld` lacks a permission; `hidden` and `spoilt` are answered
without a count. A page knows neither `suspended` nor `withheld` nor `left_out`.
"""

from __future__ import annotations

from collections.abc import Mapping

from headcount.demo import graph_errors
from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.limits import Limit, lasting
from headcount.demo.pages import ballast, meta, page, script
from headcount.demo.people import Person
from headcount.demo.words import rounded
from headcount.demo.world import World

TOKENS = {"token": "simulated-threads-token"}
ALLOWED = {f"Bearer {TOKENS['token']}"}
EXCEPTION = "THApiException"
UNSEEN = {"suspended", "private", "personal", "age_gated"}
EXACT_BELOW = 1_000


def identify(handle: str, number: int) -> tuple[str, ...]:
    """The number that the API gives an account, and the one that stands on its page."""
    return (str(10**16 + number % (9 * 10**16)), str(10**10 + number // 7 % (9 * 10**10)))


def admit(call: Call) -> Response | None:
    """With a token, in the header or in the address."""
    if "authorization" not in call.headers and "access_token" not in call.query:
        return graph_errors.REFUSALS["no_token"]
    let_in = call.headers.get("authorization") in ALLOWED or call.query.get("access_token") == TOKENS["token"]
    return None if let_in else graph_errors.REFUSALS["wrong_token"]


def lookup(call: Call, world: World) -> Response:
    """A public profile, by its exact name."""
    person = world.named(call.query.get("username", ""))
    if person is None or person.fate in UNSEEN:
        return graph_errors.error(400, 100, "The requested user could not be found.", subcode=33, kind=EXCEPTION)
    if person.fate == "left_out":
        return json({"data": []})
    if person.fate == "withheld":
        return graph_errors.error(400, 10, "Application does not have permission for this action", kind=EXCEPTION)
    return json(_fields(person, call, world))


def _fields(person: Person, call: Call, world: World) -> Mapping[str, object]:
    everything: dict[str, object] = {"username": person.handle.lower(), "name": person.handle, "is_verified": True}
    if person.fate != "hidden":
        everything["follower_count"] = "many" if person.fate == "spoilt" else world.count(person)
    asked = call.query.get("fields", "username,name").split(",")
    return {name: everything[name] for name in asked if name in everything}


def me(call: Call, world: World) -> Response:
    """Whose the token is."""
    return json({"id": world.first().id, "username": world.first().handle.lower()})


def insights(call: Call, world: World) -> Response:
    """What the owner of the token is told of it: totals, and values by day."""
    person = world.first()
    totals = {"likes": person.number % 9_000, "followers_count": world.count(person)}
    asked = call.query.get("metric", "").split(",")
    return json({"data": [_insight(person, name, totals[name]) for name in asked if name in totals]})


def _insight(person: Person, name: str, total: int) -> Mapping[str, object]:
    about = {"name": name, "period": "day", "title": name, "id": f"{person.id}/insights/{name}/day"}
    return {**about, "total_value": {"value": total}}


def profile(call: Call, world: World) -> Response:
    """A card, and the exact count for what looks like a browser; a login card for a name that nobody has."""
    person = world.named(call.parts["name"])
    if person is None or person.fate in {"suspended", "withheld", "left_out"}:
        return LOGIN_CARD
    scripts = [script({"prefetched": ballast(world.page_bytes)}, 'type="application/json" data-sjs')]
    if call.headers.get("sec-fetch-mode") == "navigate":
        scripts.append(script(_embedded(person, world), 'type="application/json" data-sjs'))
    return page(_card(person, world), *scripts)


def _card(person: Person, world: World) -> str:
    name = person.handle.lower()
    followers = "Many" if person.fate == "spoilt" else _written(world.count(person))
    about = f"{followers} Followers • {person.number % 900} Threads • We want 9M Followers. "
    about += f"See the latest conversations with @{name}."
    return meta({"og:title": f"{person.handle} (@{name}) • Threads, Say more", "og:description": about})


def _written(value: int) -> str:
    return str(value) if value < EXACT_BELOW else rounded(value, 3)


def _embedded(person: Person, world: World) -> Mapping[str, object]:
    heads = None if person.fate == "spoilt" else world.count(person)
    user = {"pk": person.ids[1], "username": person.handle.lower(), "follower_count": heads, "id": person.ids[1]}
    author = {"pk": "1", "username": world.stranger().handle.lower()}
    posts = {"data": {"mediaData": {"edges": [{"node": {"user": author}}]}}}
    return {
        "require": [["__bbox", {"result": posts}], ["__bbox", {"complete": True, "result": {"data": {"user": user}}}]]
    }


LOGIN_CARD = page(meta({"og:title": "Threads • Log in"}))
TOO_MANY = graph_errors.error(400, 4, "Application request limit reached", kind=EXCEPTION)
DAILY = Limit("threads", 1_000, lasting(days=1), TOO_MANY)

ANSWERS = Answers(
    routes=(
        Route("GET", "api", "/v1.0/profile_lookup", lookup, admit, DAILY),
        Route("GET", "api", "/v1.0/me", me, admit),
        Route("GET", "api", "/v1.0/me/threads_insights", insights, admit),
        Route("GET", "page", "/@{name}", profile),
    ),
    credentials=TOKENS,
    identify=identify,
    refusals={
        **graph_errors.REFUSALS,
        "login_card": LOGIN_CARD,
        "login_page": page("<title>Log in</title>", '<form method="post"><input name="password"></form>'),
        "not_welcome": Response(b"", 403),
    },
    page_bytes=300_000,
)
