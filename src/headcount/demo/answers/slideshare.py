"""SlideShare: a user's public page.

Fates: `suspended` says so in the page's data; `left_out` has a page about nobody; `spoilt` has no count in its data.
"""

from __future__ import annotations

from collections.abc import Mapping

from headcount.demo.calls import Call, Response
from headcount.demo.contract import Answers, Route
from headcount.demo.pages import ballast, page, script
from headcount.demo.people import Person
from headcount.demo.world import World


def identify(handle: str, number: int) -> tuple[str, ...]:
    """A number of nine digits."""
    return (str(10**8 + number % (9 * 10**8)),)


def profile(call: Call, world: World) -> Response:
    """The data of a user; a page that says 404 for whoever is unknown."""
    person = world.named(call.parts["login"])
    if person is None:
        return _page({"statusCode": 404}, "/_error", 404)
    properties: dict[str, object] = {"prefetched": ballast(world.page_bytes), "user": None}
    if person.fate != "left_out":
        properties["user"] = _user(person, world)
    return _page({**properties, "similar": [_user(world.stranger(), world)]}, "/[login]", 200)


def _page(properties: Mapping[str, object], name: str, status: int) -> Response:
    data = {"props": {"pageProps": properties, "__N_SSP": True}, "page": name}
    return page("<title>SlideShare</title>", script(data, 'id="__NEXT_DATA__" type="application/json"'), status=status)


def _user(person: Person, world: World) -> Mapping[str, object]:
    return {
        "id": int(person.id),
        "name": person.handle,
        "login": person.handle,
        "slideshowCount": person.number % 700,
        "followersCount": None if person.fate == "spoilt" else world.count(person),
        "followingCount": person.number % 90,
        "suspended": person.fate == "suspended",
        "isOrganization": True,
    }


RIDDLE = '<script src="https://ct.captcha-delivery.com/c.js"></script>'

ANSWERS = Answers(
    routes=(Route("GET", "page", "/{login}", profile),),
    identify=identify,
    refusals={
        "riddle": page("<title>slideshare.net</title>", RIDDLE, status=403),
        "riddle_with_200": page("<title>slideshare.net</title>", RIDDLE),
    },
    page_bytes=120_000,
)
