"""LinkedIn: the look-up of organisations, the sizes of their networks, and the public page.

Fates: `withheld` is a page that the token's owner does not administer; `suspended` exists no more; `left_out` is passed
over by the look-up; `spoilt` has no number for a size; `hidden` shows no followers on its page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.limits import Limit, lasting
from headcount.demo.pages import ballast, meta, page, script
from headcount.demo.people import Fate, Person
from headcount.demo.world import World

TOKENS = {"token": "simulated-linkedin-token"}
URN = re.compile(r"urn:li:organization:([0-9]+)")
VERSION = re.compile(r"20[0-9]{4}")
EDGE = "COMPANY_FOLLOWED_BY_MEMBER"


def problem(status: int, code: str, message: str, number: int = 0) -> Response:
    """The body of a request that failed."""
    return json({"status": status, "serviceErrorCode": number, "code": code, "message": message}, status)


UNAUTHORIZED = problem(401, "INVALID_ACCESS_TOKEN", "Invalid access token", 65600)
DENIED = problem(403, "ACCESS_DENIED", "Not enough permissions to access: networkSizes.GET.NO_VERSION", 100)
NOT_FOUND = problem(404, "NOT_FOUND", "Could not find entity")
RETIRED = problem(426, "NONEXISTENT_VERSION", "Requested version 20200101 is not active")
TOO_MANY = problem(429, "TOO_MANY_REQUESTS", "Resource level throttle APPLICATION DAY limit for calls is reached.", 101)
REFUSED: Mapping[Fate, Response] = {"suspended": NOT_FOUND, "withheld": DENIED}
DAILY = Limit("linkedin", 500, lasting(days=1), TOO_MANY)


def identify(handle: str, number: int) -> tuple[str, ...]:
    """The organisation's number."""
    return (str(10**7 + number % (9 * 10**7)),)


def plain(handle: str) -> str:
    """The name in `showcase/name`."""
    return handle.rpartition("/")[2]


def admit(call: Call) -> Response | None:
    """With a token, and in a version that is served."""
    if call.headers.get("authorization") != f"Bearer {TOKENS['token']}":
        return UNAUTHORIZED
    return None if VERSION.fullmatch(call.headers.get("linkedin-version", "")) else RETIRED


def organizations(call: Call, world: World) -> Response:
    """The organisations of a name: one, or none."""
    name = call.query.get("vanityName", "")
    person = world.named(name)
    known = person and person.fate not in {"suspended", "left_out"}
    found = [{"id": int(person.id), "vanityName": name.lower(), "localizedName": name}] if person and known else []
    return json({"paging": {"start": 0, "count": 10, "links": []}, "elements": found})


def sizes(call: Call, world: World) -> Response:
    """How many follow an organisation, told to its administrators."""
    urn = URN.fullmatch(call.parts["urn"])
    if not urn or call.query.get("edgeType") != EDGE:
        return problem(400, "INVALID_VALUE_FOR_FIELD", "Invalid value for field; wrong urn or edgeType")
    person = world.identified(urn[1])
    if person is None:
        return NOT_FOUND
    if person.fate in REFUSED:
        return REFUSED[person.fate]
    return json({"firstDegreeSize": "many" if person.fate == "spoilt" else world.count(person)})


def public_page(call: Call, world: World) -> Response:
    """A page for guests, with the cards of others below; a number leads to the page's name."""
    kind, name = call.parts["kind"], call.parts["name"]
    person = world.named(name) or world.identified(name)
    if person is None or person.fate in {"suspended", "withheld", "left_out"}:
        return page("<title>LinkedIn</title>", "<h1>Page not found</h1>", status=404)
    shown = "" if person.fate == "hidden" else f"{world.count(person):,} followers"
    return page(
        _head(person, f"{kind}/{plain(person.handle)}", shown),
        *_cards(person, shown, world),
        script(ballast(world.page_bytes)),
    )


def _head(person: Person, path: str, shown: str) -> str:
    about = f"{shown} on LinkedIn. We are | 9 followers on LinkedIn"
    title = f"{plain(person.handle)} | LinkedIn"
    card = {"og:title": title, "og:description": f"{plain(person.handle)} | {about}"}
    return f"<title>{title}</title>\n" + meta({**card, "og:url": f"https://www.linkedin.com/{path}"})


def _cards(person: Person, shown: str, world: World) -> tuple[str, ...]:
    subline = (
        '<h3 class="top-card-layout__first-subline font-sans text-md">\n  Town <span class="before:middot"></span> '
    )
    theirs = f"{world.count(world.stranger()):,} followers"
    return (
        f"{subline}{shown}\n</h3>",
        f'<div data-semaphore-content-urn="urn:li:organization:{person.id}"></div>',
        f"<h3>Somebody else</h3><p>{theirs}</p><a href='/login'>Sign in</a>",
    )


ANSWERS = Answers(
    routes=(
        Route("GET", "api", "/rest/organizations", organizations, admit, DAILY),
        Route("GET", "api", "/rest/networkSizes/{urn}", sizes, admit, DAILY),
        Route("GET", "page", "/{kind:company|showcase|school}/{name}", public_page),
    ),
    credentials=TOKENS,
    identify=identify,
    plain=plain,
    refusals={
        "unauthorized": UNAUTHORIZED,
        "denied": DENIED,
        "retired": RETIRED,
        "too_many": TOO_MANY,
        "not_welcome": Response(b"", 999),
        "sign_in": page("<title>Sign Up | LinkedIn</title>", "<form></form>"),
    },
    page_bytes=350_000,
)
