"""The public page of a Page: likes exact in its card, followers roughly in its data."""

from __future__ import annotations

from collections.abc import Mapping

from headcount.demo.answers.facebook.pages import LIKES, title
from headcount.demo.calls import Call, Response
from headcount.demo.pages import ballast, meta, page, script
from headcount.demo.people import Person
from headcount.demo.words import rounded
from headcount.demo.world import World


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
    about = f"{title(person)}. {likes:,} likes · {likes // 365:,} talking about this. 1,000 likes and 2M followers!"
    address = f"https://www.facebook.com/{person.handle}"
    head = f'<title>{title(person)}</title>\n<link rel="canonical" href="{address}" />\n'
    app = {"al:android:url": f"fb://profile/{person.ids[1]}"}
    card = {**app, "og:title": title(person), "og:description": about, "og:url": address, "og:locale": "en_US"}
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
        "name": title(person),
        "url": address,
        "profile_social_context": {"content": content, "facepile_uri": f"{address}/followers/"},
        "id": person.ids[1],
    }


LOGIN_WALL = page(
    meta({"og:title": "Log in or sign up to view", "og:description": "See posts, photos and more on Facebook."}),
    '<form id="login_form" action="/login/" method="post"></form>',
)
