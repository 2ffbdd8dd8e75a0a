"""LinkedIn: replies of our own, and what was recorded of it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from headcount.model import Count, Reason
from headcount.net.message import Reply
from tests.platforms.replaying import AT, Body, reply
from tests.platforms.table import COUNTED, Recorded, Row, Table, changed, empty, error, good, stranger

Json = dict[str, object]
NUMBER = "10529043"
IDS = {"organization": NUMBER}
FOUND = Count(5_750)
SIZE = {"firstDegreeSize": 5_750}


def organization(name: object = "energy", number: object = int(NUMBER)) -> Json:
    return {"id": number, "vanityName": name, "localizedName": "Energy", "primaryOrganizationType": "NONE"}


def listed(*organizations: object) -> Json:
    return {"paging": {"start": 0, "count": 10}, "elements": list(organizations)}


def problem(status: int, code: str, message: str = "No.") -> Reply:
    return reply({"status": status, "serviceErrorCode": 100, "code": code, "message": message}, status)


def older(status: int, message: str) -> Reply:
    return reply({"serviceErrorCode": 65601, "message": message, "status": status}, status)


def page(
    followers: str = "5,750 followers",
    *,
    preview: str | None = None,
    path: str = "company/energy",
    place: str = 'Town, State <span class="before:middot"></span> ',
    number: str = NUMBER,
    title: str = "Energy | LinkedIn",
    others: str = "9,999 followers",
) -> bytes:
    about = f"Energy | {preview or followers} on LinkedIn. We have | 12 followers on LinkedIn."
    cards = {"og:title": title, "og:description": about, "og:url": f"https://uk.linkedin.com/{path}"}
    metas = "".join(f'<meta property="{name}" content="{text}">' for name, text in cards.items())
    subline = f'<h3 class="top-card-layout__first-subline font-sans text-md">\n  {place}{followers}\n </h3>'
    urns = f'<div data-semaphore-content-urn="urn:li:organization:{number}"></div>' if number else ""
    body = f"{subline}<h4>Hi</h4>{urns}<h3>Other</h3><p> {others} </p><a href='/login'>Sign in</a>"
    return f'<html lang="en"><head><title>{title}</title>{metas}</head><body>{body}</body></html>'.encode()


def at(url: str, body: bytes) -> Reply:
    return Reply(200, {}, body, AT, url)


def asked(what: str, replies: Sequence[Body], expected: Reason = "shape_changed") -> Row:
    return changed(what, "api", replies, expected)


API_ROWS = (
    good("a page by its name", "api", [listed(organization()), SIZE], FOUND, gives=IDS),
    good("a page by its number", "api", [SIZE], FOUND, handle="old-name", ids=IDS, gives=IDS),
    good("case is no difference", "api", [listed(organization("Energy")), SIZE], FOUND, handle="ENERGY"),
    good("a showcase page", "api", [listed(organization("energy")), SIZE], FOUND, handle="showcase/energy"),
    good("a name with accents", "api", [listed(organization("l'oréal")), SIZE], FOUND, handle="l'oréal"),
    good("nought is a count", "api", [listed(organization()), {"firstDegreeSize": 0}], Count(0)),
    good("a size that says more", "api", [{**SIZE, "secondDegreeSize": 7}], FOUND, ids=IDS),
    good("a bare size, as saved", "api", [SIZE], FOUND),
    good("after somebody else", "api", [listed(organization("doe", 7), organization()), SIZE], FOUND),
    empty("nobody has the name", "api", [listed()], "not_found"),
    empty("nothing", "api", [""], "shape_changed"),
    stranger("somebody else has the name", "api", [listed(organization("doe", 7)), SIZE], "shape_changed"),
    stranger("a size with somebody's name", "api", [{**SIZE, "vanityName": "doe"}], "shape_changed"),
    asked("two of one name", [listed(organization(), organization(number=7)), SIZE]),
    asked("no number", [listed(organization(number="10529043")), SIZE]),
    asked("a negative number", [listed(organization(number=-1)), SIZE]),
    asked("no name", [listed({"id": 7}), SIZE]),
    asked("elements that are no list", [{"elements": {"0": organization()}}, SIZE]),
    asked("another key", [listed(organization()), {"secondDegreeSize": 5}]),
    *(
        asked(f"the size is {heads!r}", [listed(organization()), {"firstDegreeSize": heads}])
        for heads in ("5750", True, -5, 5.0, None, 10**13)
    ),
    *(changed(f"the bare size is {heads!r}", "api", [{"firstDegreeSize": heads}], "shape_changed") for heads in ("5750", -1)),
    asked("no JSON", ["<html>"]),
    asked("cut short", [json.dumps(SIZE)[:-2]]),
    error("the token is no good", "api", [problem(401, "INVALID_ACCESS_TOKEN")], "bad_credentials"),
    error("the token has expired", "api", [problem(401, "EXPIRED_ACCESS_TOKEN")], "bad_credentials"),
    error("not an administrator", "api", [listed(organization()), problem(403, "ACCESS_DENIED")], "missing_permission"),
    error("no such page", "api", [problem(404, "NOT_FOUND")], "not_found", ids=IDS),
    error("a field is missing", "api", [problem(400, "MISSING_FIELD")], "shape_changed"),
    error("a value is out of place", "api", [problem(400, "INVALID_VALUE_FOR_FIELD")], "shape_changed"),
    error("the version is retired", "api", [problem(426, "NONEXISTENT_VERSION")], "shape_changed"),
    error("the day's calls are used up", "api", [problem(429, "TOO_MANY_REQUESTS")], "rate_limited"),
    error("too many, without words", "api", [reply("", 429)], "rate_limited"),
    error("trouble of LinkedIn's own", "api", [problem(500, "INTERNAL_SERVER_ERROR")], "unreachable"),
    error("a gateway in trouble", "api", [reply("<html>", 504)], "unreachable"),
    error("the token is no good, in older words", "api", [older(401, "The token used in the request has been revoked")], "bad_credentials"),
    error("not an administrator, in older words", "api", [older(403, "Not enough permissions")], "missing_permission"),
    error("somebody else's refusal", "api", [reply("<html>Forbidden</html>", 403)], "shape_changed"),
)  # fmt: skip
PAGE_ROWS = (
    good("a page", "page", [page()], FOUND, gives=IDS),
    good("a small page", "page", [page("84 followers")], Count(84)),
    good("one follower", "page", [page("1 follower")], Count(1)),
    good("nobody follows", "page", [page("0 followers")], Count(0)),
    good("millions", "page", [page("4,817,263 followers")], Count(4_817_263)),
    good("no place", "page", [page(place="")], FOUND),
    good("case is no difference", "page", [page(path="company/Energy")], FOUND, handle="ENERGY"),
    good("a school", "page", [page(path="school/mit")], FOUND, handle="school/mit"),
    good("a showcase page", "page", [page(path="showcase/science")], FOUND, handle="showcase/science"),
    good("a name with accents", "page", [page(path="company/l%27or%C3%A9al")], FOUND, handle="l'oréal"),
    good("a page asked for by its number", "page", [page()], FOUND, handle=NUMBER, ids=IDS),
    good("a page that has another name now", "page", [page(path="company/doe")], FOUND, ids=IDS),
    good("a page without its number", "page", [page(number="")], FOUND, gives={}),
    error("led to another name", "page", [at("https://www.linkedin.com/company/doe/", page(path="company/doe"))], "moved"),
    stranger("a page of somebody else", "page", [page(path="company/doe")], "shape_changed"),
    stranger("a company of a school's name", "page", [page(path="school/energy")], "shape_changed"),
    stranger("a page of another number", "page", [page(path="company/doe", number="7")], "shape_changed", ids=IDS),
    *(
        changed(what, "page", [body], "shape_changed")
        for what, body in {
            "the card and the preview differ": page(preview="5,751 followers"),
            "the preview is abbreviated": page(preview="5K followers"),
            "both are abbreviated": page("5K followers"),
            "both are in German": page("5.750 Follower:innen"),
            "a point for a comma": page("5.750 followers"),
            "wrongly grouped": page("57,50 followers"),
            "grouped by spaces": page("5\u202f750 followers"),
            "a number beside another": page("7 5,750 followers"),
            "no followers": page("Town", preview="5,750 followers"),
            "no card": page().replace(b"first-subline", b"second-subline"),
            "no address": page(path="feed"),
            "cut short": page()[:300],
            "JSON": b'{"firstDegreeSize": 5750}',
        }.items()
    ),
    empty("nothing", "page", [""], "shape_changed"),
    empty("no such page", "page", [reply("<html>Page not found</html>", 404)], "not_found"),
    error("led to nowhere", "page", [at("https://www.linkedin.com/company/unavailable/", page(path="company/unavailable"))], "not_found"),
    error("sent to nowhere", "page", [Reply(302, {"location": "https://www.linkedin.com/company/unavailable/"}, b"", AT)], "not_found"),
    error("999", "page", [reply("", 999)], "blocked"),
    error("not welcome", "page", [reply("", 403)], "blocked"),
    error("sent to a wall", "page", [Reply(302, {"location": "https://www.linkedin.com/authwall?trk=x"}, b"", AT)], "blocked"),
    error("found at the login", "page", [at("https://www.linkedin.com/uas/login?session_redirect=x", page())], "blocked"),
    error("a page to sign up", "page", [page(title="Sign Up | LinkedIn")], "blocked"),
    error("a page to log in", "page", ["<title>LinkedIn Login, Sign in | LinkedIn</title>"], "blocked"),
    good("a company called login", "page", [at("https://www.linkedin.com/company/login", page(path="company/login"))], FOUND, handle="login"),
    error("too many pages", "page", [reply("", 429)], "rate_limited"),
    error("a server in trouble", "page", [reply("", 502)], "unreachable"),
)  # fmt: skip
_OLD = "statistics in an old shape: what they count today are gains and facets, which are never summed"
TABLE = Table(
    handle="energy",
    means={
        "energy": "energy",
        "u-s--department-of-energy": "u-s--department-of-energy",
        "company/energy": "energy",
        "showcase/office-of-science": "showcase/office-of-science",
        "school/mit": "school/mit",
        "booking.com": "booking.com",
        NUMBER: IDS,
        f"company/{NUMBER}": IDS,
        f"urn:li:organization:{NUMBER}": IDS,
        "https://www.linkedin.com/company/energy": "energy",
        "https://linkedin.com/company/energy/": "energy",
        "http://www.linkedin.com/company/U-S--Department-of-Energy": "U-S--Department-of-Energy",
        "linkedin.com/company/energy/about/": "energy",
        "https://www.linkedin.com/company/energy/posts/?feedView=all": "energy",
        "https://www.linkedin.com/company/energy?trk=public_profile": "energy",
        "https://www.linkedin.com/company/energy/mycompany/verification/": "energy",
        "https://uk.linkedin.com/company/energy": "energy",
        "https://de.linkedin.com/company/energy?utm_source=share": "energy",
        "https://m.linkedin.com/company/energy": "energy",
        "HTTPS://WWW.LINKEDIN.COM/company/energy#main": "energy",
        "https://www.linkedin.com/organization-guest/company/energy": "energy",
        f"https://www.linkedin.com/company/{NUMBER}/": IDS,
        f"https://www.linkedin.com/company/{NUMBER}/admin/dashboard/": IDS,
        f"https://www.linkedin.com/company-beta/{NUMBER}/": IDS,
        f"https://www.linkedin.com/showcase/{NUMBER}/": IDS,
        "https://www.linkedin.com/showcase/office-of-science/": "showcase/office-of-science",
        "https://fr.linkedin.com/school/mit/people/": "school/mit",
        "https://www.linkedin.com/company/l%27or%C3%A9al": "l'oréal",
        "https://www.linkedin.com/company/johnson-&-johnson/": "johnson-&-johnson",
        "https://www.linkedin.com/company/3m": "3m",
        f"https://www.linkedin.com/school/{NUMBER}/": IDS,
    },
    refused=(
        "an organisation",
        "in/jane-doe",
        "a" * 101,
        "https://www.linkedin.com/",
        "https://www.linkedin.com/in/jane-doe/",
        "https://www.linkedin.com/company/",
        "https://www.linkedin.com/company/unavailable/",
        "https://www.linkedin.com/company/setup/new/",
        "https://www.linkedin.com/groups/12345/",
        "https://www.linkedin.com/feed/update/urn:li:activity:7246478240276434944",
        "https://www.linkedin.com/jobs/view/12345",
        "https://www.linkedin.com/posts/energy_a-post-activity-7246478240276434944-AbCd",
        "https://www.linkedin.com/edu/school?id=12345",
        "https://lnkd.in/abc",
        "https://help.linkedin.com/company/energy",
        "https://www.linkedin.com.evil.example/company/energy",
        "https://www.linkedin.com@evil.example/company/energy",
        "https://evil.example/linkedin.com/company/energy",
        "https://www.linkedin.com/company/../feed",
        "urn:li:person:abc",
        "https://www.linkedin.com/@nasa",
        "https://www.linkedin.com/users/nasa",
    ),
    rows=(*API_ROWS, *PAGE_ROWS),
    simulated=("energy", "showcase/office-of-science", "school/oak-ridge-institute"),
    fates={
        "suspended": {"api by name": "not_found", "api by id": "not_found", "page": "not_found"},
        "withheld": {"api by name": "missing_permission", "api by id": "missing_permission", "page": "not_found"},
        "left_out": {"api by name": "not_found", "api by id": COUNTED},
        "spoilt": {"api by name": "shape_changed", "api by id": "shape_changed"},
        "hidden": {"api by name": COUNTED, "page": "shape_changed"},
        "renamed": {"api by name": "not_found", "page": "not_found"},
    },
    refusals={
        "unauthorized": {"api by name": "bad_credentials", "api by id": "bad_credentials"},
        "denied": {"api by name": "missing_permission"},
        "retired": {"api by name": "shape_changed"},
        "too_many": {"api by name": "rate_limited", "page": "rate_limited"},
        "not_welcome": {"page": "blocked"},
        "sign_in": {"page": "blocked"},
    },
    folder="linkedin",
    recorded={
        "company_page_public_200.html": [Recorded("page", "audiense", FOUND)],
        "company_page_public_trimmed.html": [Recorded("page", "audiense", FOUND)],
        "doc_networkSizes_200.json": [
            Recorded("api", "energy", Count(219_145)),
            Recorded("api", NUMBER, Count(219_145), ids=IDS),
        ],
    },
    unused={"doc_followerStatistics_200.json": _OLD},
)
