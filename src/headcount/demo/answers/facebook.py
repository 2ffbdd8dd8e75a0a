"""Facebook: Pages through the Graph API, and their public page.

Fates: `personal` is a person and no Page; `suspended` and `private` do not exist for the token; `withheld` lacks a
permission; `hidden` answers without its counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from headcount.demo.answers import graph
from headcount.demo.contract import Answers, Call, Response, Route, json
from headcount.demo.pages import ballast, meta, page, script
from headcount.demo.people import Person, World
from headcount.demo.words import rounded
from headcount.model import HEADLINE, Count

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
        return graph.unsupported(path)
    return graph.error(404, 803, f"(#803) Some of the aliases you requested do not exist: {path}")


def _refused(person: Person, path: str) -> Response | None:
    if person.fate == "personal":
        return graph.error(400, 803, f"(#803) Cannot query users by their username ({path})")
    if person.fate == "withheld":
        return graph.REFUSALS["permission"]
    return graph.unsupported(path) if person.fate in {"suspended", "private"} else None


def _unheard_of(fields: Sequence[str]) -> Response | None:
    wrong = next((field for field in fields if field not in FIELDS), None)
    if wrong is None:
        return None
    return graph.error(400, 100, f"(#100) Tried accessing nonexisting field ({wrong}) on node type (Page)")


def _fields(person: Person, fields: Sequence[str], world: World) -> Mapping[str, object]:
    followers, likes = world.count(person), world.count(person, LIKES)
    everything: dict[str, object] = {
        "id": person.id,
        "name": _title(person),
        "username": person.handle,
        "link": f"https://www.facebook.com/{person.handle}",
        "verification_status": "blue_verified",
    }
    if person.fate != "hidden":
        everything |= {"followers_count": "many" if person.fate == "spoilt" else followers, "fan_count": likes}
    return {name: everything[name] for name in dict.fromkeys((*fields, "id")) if name in everything}


def _title(person: Person) -> str:
    """A name with digits in it, which are nobody's count."""
    return f"{person.handle} Channel 7"


def by_name(call: Call, world: World) -> Response:
    """The public page of a name or a number."""
    return _page(world.named(call.parts["name"]) or world.identified(call.parts["name"]), world)


def by_number(call: Call, world: World) -> Response:
    """The public page of a profile without a name."""
    return _page(world.identified(call.query.get("id", "")), world)


def _page(person: Person | None, world: World) -> Response:
    """Likes are exact, in the card; followers only roughly, in the data."""
    if person is None or person.fate in {"suspended", "private", "withheld", "left_out"}:
        return page("<title>Facebook</title>", "<p>This content isn't available right now</p>")
    if person.fate == "personal":
        return page(meta({"og:title": person.handle, "og:description": f"{person.handle} is on Facebook."}))
    likes = world.count(person, LIKES)
    about = f"{_title(person)}. {likes:,} likes · {likes // 365:,} talking about this. 1,000 likes and 2M followers!"
    address = f"https://www.facebook.com/{person.handle}"
    head = f'<title>{_title(person)}</title>\n<link rel="canonical" href="{address}" />\n'
    app = {"al:android:url": f"fb://profile/{person.ids[1]}"}
    card = {**app, "og:title": _title(person), "og:description": about, "og:url": address, "og:locale": "en_US"}
    return page(head + meta(card), *_scripts(person, world))


def _scripts(person: Person, world: World) -> tuple[bytes, bytes]:
    attributes = 'type="application/json" data-sjs'
    other, own = _profile(world.stranger(), world), _profile(person, world)
    return script({"prefetched": ballast(world.page_bytes), "suggested": [{"user": other}]}, attributes), script(
        {"require": [["__bbox", {"result": {"data": {"user": {"profile_header_renderer": {"user": own}}}}}]]},
        attributes,
    )


def _profile(person: Person, world: World) -> Mapping[str, object]:
    hidden = person.fate in {"hidden", "spoilt"}
    texts = [] if hidden else [(f"{rounded(world.count(person), 2)} followers", "followers")]
    texts.append((f"{person.number % 900} following", "following"))
    address = f"https://www.facebook.com/{person.handle}"
    content = [{"text": {"ranges": [], "text": text}, "uri": f"{address}/{link}/"} for text, link in texts]
    return {
        "delegate_page": {"is_business_page_active": False, "id": person.id},
        "name": _title(person),
        "url": address,
        "profile_social_context": {"content": content, "facepile_uri": f"{address}/followers/"},
        "id": person.ids[1],
    }


LOGIN_WALL = page(
    meta({"og:title": "Log in or sign up to view", "og:description": "See posts, photos and more on Facebook."}),
    '<form id="login_form" action="/login/" method="post"></form>',
)

ANSWERS = Answers(
    routes=(
        *graph.routes(node),
        Route("GET", "page", "/profile.php", by_number),
        Route("GET", "page", "/{name}", by_name),
        Route("GET", "page", "/{name}/", by_name),
    ),
    credentials=graph.TOKENS,
    identify=identify,
    metrics={HEADLINE: Count, "likes": Count},
    refusals={**graph.REFUSALS, "login_wall": LOGIN_WALL},
    page_bytes=600_000,
)
