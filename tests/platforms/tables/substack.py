"""Substack: replies of our own, and what was recorded of it."""

from __future__ import annotations

import json

from headcount.model import Count, Reason
from tests.platforms.replaying import Body, reply
from tests.platforms.table import Recorded, Row, Table, changed, empty, error, good, stranger

Json = dict[str, object]
IDS = {"user": "42"}
PUBLISHED = {"publication": "energy"}
HEADS = {"followers": Count(5_750), "profile_followers": Count(812)}


def profile(handle: object = "energy", heads: object = 5_750, **more: object) -> Json:
    counts = {"subscriberCountNumber": heads, "rough_num_free_subscribers_int": 1_000, "followerCount": 812}
    return {"id": 42, "name": "Energy", "handle": handle, **counts, **more}


def without(key: str) -> Json:
    return {name: value for name, value in profile().items() if name != key}


def published(*names: object) -> list[object]:
    return [{"id": 7, "name": "N", "subdomain": name} for name in names]


def odd(what: str, body: Body, reason: Reason = "shape_changed") -> Row:
    return changed(what, "page", [body], reason)


ROWS = (
    good("a profile", "page", [profile()], HEADS),
    good("case is no difference", "page", [profile("Energy")], HEADS, handle="ENERGY"),
    good("nought is a count", "page", [profile(heads=0)], {**HEADS, "followers": Count(0)}),
    good("without followers of its own", "page", [without("followerCount")], Count(5_750)),
    good("followers that are null", "page", [profile(followerCount=None)], Count(5_750)),
    good("a profile with another name now", "page", [profile("doe")], HEADS, ids=IDS),
    good("a publication's author", "page", [profile(publications=published("Energy"))], HEADS, ids=PUBLISHED),
    good("by another name", "page", [profile("doe", publications=published("energy"))], HEADS, ids=PUBLISHED),
    good(
        "the first of several",
        "page",
        [profile(primaryPublication=published("energy")[0], publications=published("doe", "energy"))],
        HEADS,
        ids=PUBLISHED,
    ),
    error("the author of another", "page", [profile(publications=published("doe"))], "not_found", ids=PUBLISHED),
    error("of several", "page", [profile(publications=published("doe", "energy"))], "not_found", ids=PUBLISHED),
    error("the author of none", "page", [profile()], "not_found", ids=PUBLISHED),
    error("of one without a name", "page", [profile(publications=published(None))], "not_found", ids=PUBLISHED),
    error("it is hidden", "page", [profile(heads=None, followerCount=None)], "hidden"),
    empty("nobody", "page", [reply({"error": "profile not found"}, 404)], "not_found"),
    *(
        empty(f"404 that says {error!r}", "page", [reply({"error": error}, 404)], "shape_changed")
        for error in ("Too many requests", "", "profile not found in cache, try again", None)
    ),
    empty("nobody, in capitals", "page", [reply({"error": "Profile not found"}, 404)], "not_found"),
    empty("nothing", "page", [""], "shape_changed"),
    empty("an empty object", "page", [{}], "shape_changed"),
    empty("no page", "page", [reply("<html>Not Found</html>", 404)], "shape_changed"),
    error("not welcome", "page", [reply("<html><title>Just a moment...</title></html>", 403)], "blocked"),
    error("too many", "page", [reply("Too Many Requests", 429)], "rate_limited"),
    error("a server in trouble", "page", [reply("<html>", 502)], "unreachable"),
    stranger("a profile of somebody else", "page", [profile("doe")], "shape_changed"),
    stranger("of another number", "page", [profile("doe")], "shape_changed", ids={"user": "7"}),
    *(
        odd(f"the count is {heads!r}", profile(heads=heads, followerCount=None))
        for heads in ("5750", True, -5, 5.0, [5], 10**13)
    ),
    *(odd(f"the followers are {heads!r}", profile(followerCount=heads)) for heads in ("812", True, -5, 5.5)),
    odd("no count, which is not the same as hidden", without("subscriberCountNumber")),
    odd("only orders of magnitude", {"id": 42, "handle": "energy", "rough_num_free_subscribers_int": 1_000}),
    odd("no handle", without("handle")),
    odd("no number", without("id")),
    odd("a number in a text", profile(id="42")),
    odd("a list", [profile()]),
    odd("no JSON", "<html>"),
    odd("cut short", json.dumps(profile())[:-4]),
    odd("the count stands there twice", json.dumps(profile())[:-1] + ', "subscriberCountNumber": 5}'),
)
TABLE = Table(
    handle="energy",
    gives=None,
    means={
        "energy": "energy",
        "@Energy": "Energy",
        "oak-ridge_lab": "oak-ridge_lab",
        "energy.substack.com": "energy",
        "https://energy.substack.com": "energy",
        "https://energy.substack.com/": "energy",
        "http://www.energy.substack.com/archive": "energy",
        "https://energy.substack.com/p/a-post?utm_source=share&r=1abc": "energy",
        "https://Energy.Substack.com/about": "energy",
        "https://oak-ridge.substack.com/subscribe": "oak-ridge",
        "https://open.substack.com/pub/energy": "energy",
        "https://open.substack.com/pub/energy/p/a-post?r=1abc&utm_medium=ios": "energy",
        "https://substack.com/@energy": "energy",
        "https://www.substack.com/@Energy/": "Energy",
        "substack.com/@energy/posts": "energy",
        "https://substack.com/@energy/note/c-12345": "energy",
        "https://substack.com/@energy?utm_source=user-menu": "energy",
        "https://substack.com/%40energy": "energy",
        "HTTPS://SUBSTACK.COM/@energy#top": "energy",
        "//substack.com/@energy": "energy",
    },
    refused=(
        "a publication",
        "energy!",
        "a" * 65,
        "https://substack.com/",
        "https://substack.com/home",
        "https://substack.com/discover",
        "https://substack.com/energy",
        "https://substack.com/profile/4418889-simon",
        "https://open.substack.com/",
        "https://support.substack.com/hc/en-us",
        "https://api.substack.com/feed",
        "https://substack.com.evil.example/@energy",
        "https://substack.com@evil.example/@energy",
        "https://energy.substack.com.evil.example/",
        "https://news.energy.substack.com/",
        "https://energy.example/p/a-post",
    ),
    rows=ROWS,
    simulated=("energy", "NREL", "oak-ridge_lab"),
    fates={
        "suspended": {"page": "not_found"},
        "hidden": {"page": "hidden"},
        "private": {"page": "hidden"},
        "spoilt": {"page": "shape_changed"},
        "renamed": {"page": "not_found"},
    },
    refusals={"too_many": {"page": "rate_limited"}, "not_welcome": {"page": "blocked"}},
    folder="substack",
    recorded={
        "doc_public_profile_200.json": [
            Recorded("page", "danielloureno", {"followers": Count(1), "profile_followers": Count(0)}),
            Recorded(
                "page",
                "theapitimes",
                {"followers": Count(1), "profile_followers": Count(0)},
                ids={"publication": "theapitimes"},
            ),
        ],
        "public_profile_live_fields.json": [
            Recorded("page", "nothingisaccidental", {"followers": Count(7), "profile_followers": Count(8)})
        ],
    },
    unused={"post_page_jsonld_2024.json": "an order of magnitude, never a count, and of a post's page"},
)
