"""GitHub: replies of our own, and what was recorded of it."""

from __future__ import annotations

import json

from headcount.model import Count
from headcount.net.message import Reply
from tests.platforms.replaying import reply
from tests.platforms.table import COUNTED, Recorded, Table, changed, empty, error, good, stranger

Json = dict[str, object]
IDS = {"github": "848102"}
FOUND = Count(5_000)


def user(login: str = "NASA", heads: object = 5_000, uid: object = 848_102, kind: str = "Organization") -> Json:
    return {"login": login, "id": uid, "type": kind, "public_repos": 41, "followers": heads, "following": 7}


def without(key: str) -> Json:
    return {name: value for name, value in user().items() if name != key}


def said(status: int, message: str, **headers: str) -> Reply:
    return reply({"message": message, "documentation_url": "https://docs.github.com/rest"}, status, **headers)


MISSING = said(404, "Not Found")
LIMITED = (
    "API rate limit exceeded for 192.0.2.7. (But here's the good news: Authenticated requests get a higher rate limit.)"
)

TABLE = Table(
    handle="nasa",
    gives=IDS,
    means={
        "nasa": "nasa",
        "@NASA": "NASA",
        "energy-apps": "energy-apps",
        "octo_cat": "octo_cat",
        "7": "7",
        "https://github.com/nasa": "nasa",
        "http://www.github.com/NASA/": "NASA",
        "https://m.github.com/nasa": "nasa",
        "HTTPS://GITHUB.COM/nasa": "nasa",
        "github.com/@nasa": "nasa",
        "//github.com/nasa#readme": "nasa",
        "https://github.com:443/nasa": "nasa",
        "https://github.com/n%61sa": "nasa",
        "https://github.com/nasa?tab=repositories": "nasa",
        "https://github.com/nasa?utm_source=share&utm_medium=web": "nasa",
        "https://github.com/orgs/nasa": "nasa",
        "https://github.com/orgs/nasa/followers": "nasa",
        "https://github.com/orgs/nasa/repositories?type=all": "nasa",
        "https://github.com/users/nasa/projects/3": "nasa",
        "https://github.com/sponsors/nasa": "nasa",
        "https://gist.github.com/nasa": "nasa",
        "https://api.github.com/users/nasa": "nasa",
        "https://api.github.com/orgs/nasa": "nasa",
        "https://nasa.github.io": "nasa",
        "https://nasa.github.io/openmct/": "nasa",
        "https://api.github.com/user/848102": IDS,
        "https://avatars.githubusercontent.com/u/848102?v=4": IDS,
        "https://avatars3.githubusercontent.com/u/848102": IDS,
    },
    refused=(
        "",
        "-nasa",
        "nasa.gov",
        "nasa gov",
        "a" * 40,
        "https://github.com/",
        "https://github.com/features",
        "https://github.com/Login",
        "https://github.com/orgs",
        "https://github.com/nasa/openmct",
        "https://github.com/nasa/openmct/issues/1",
        "https://gist.github.com/nasa/0123456789abcdef",
        "https://github.com/marketplace?type=apps",
        "https://github.com/topics/nasa",
        "https://docs.github.com/nasa",
        "https://github.com.evil.example/nasa",
        "https://github.com@evil.example/nasa",
        "https://evil.example/github.com/nasa",
        "https://github.community/nasa",
        "https://gitlab.com/nasa",
        "https://api.github.com/user/0",
        "https://api.github.com/user",
        "https://github.com/newsroom",
        "https://github.com/mcp",
        "https://github.com/models",
        "https://github.com/edu",
    ),
    rows=(
        good("an organisation", "api", [user()], FOUND),
        good("a user", "api", [user(kind="User")], FOUND),
        good("a user in another case", "api", [user("NaSa")], FOUND),
        good("nought is a count", "api", [user(heads=0)], Count(0)),
        good("a pinned account under its new name", "api", [user("nasa-gov")], FOUND, ids=IDS),
        good("a pinned account whose id is not answered for, by its name", "api", [MISSING, user()], FOUND, ids=IDS),
        empty("nobody of that name", "api", [MISSING], "not_found"),
        empty("nobody of that id or name", "api", [MISSING, MISSING], "not_found", ids=IDS),
        empty("an empty object", "api", [{}], "shape_changed"),
        empty("nothing", "api", [""], "shape_changed"),
        error("a bad token", "api", [said(401, "Bad credentials")], "bad_credentials"),
        error("no hourly requests left", "api", [said(403, LIMITED, x_ratelimit_remaining="0")], "rate_limited"),
        error(
            "no hourly requests left, as 429", "api", [said(429, LIMITED, x_ratelimit_remaining="0")], "rate_limited"
        ),
        error("no hourly requests left, in words only", "api", [said(403, LIMITED)], "rate_limited"),
        error(
            "too fast", "api", [said(403, "You have triggered an abuse detection", retry_after="60")], "rate_limited"
        ),
        error(
            "too fast, in words only", "api", [said(403, "You have exceeded a secondary rate limit")], "rate_limited"
        ),
        error("429 without words", "api", [reply("", 429)], "rate_limited"),
        error(
            "no sender named", "api", [said(403, "Please make sure your request has a User-Agent header")], "blocked"
        ),
        error(
            "an organisation's own wall", "api", [said(403, "`x` has an IP allow list enabled")], "missing_permission"
        ),
        error("403 without words", "api", [reply("<html>", 403)], "missing_permission"),
        error("a server in trouble", "api", [reply("<html>Unicorn!</html>", 502)] * 3, "unreachable"),
        changed("the count is left out", "api", [without("followers")], "shape_changed"),
        changed("the count has another name", "api", [{**without("followers"), "followerCount": 5}], "shape_changed"),
        changed("the count is a text", "api", [user(heads="5000")], "shape_changed"),
        changed("the count is a boolean", "api", [user(heads=True)], "shape_changed"),
        changed("the count is negative", "api", [user(heads=-1)], "shape_changed"),
        changed("the count is a fraction", "api", [user(heads=5.0)], "shape_changed"),
        changed("the count is null", "api", [user(heads=None)], "shape_changed"),
        changed("the id is left out", "api", [without("id")], "shape_changed"),
        changed("the id is a text", "api", [user(uid="848102")], "shape_changed"),
        changed("the name is left out", "api", [without("login")], "shape_changed"),
        changed("a list", "api", [[user()]], "shape_changed"),
        changed("a page", "api", ["<!doctype html><title>GitHub</title>"], "shape_changed"),
        changed("cut short", "api", [json.dumps(user())[:-9]], "shape_changed"),
        changed("a redirect that leads nowhere", "api", [said(301, "Moved Permanently")], "shape_changed"),
        changed("a proxy's page that knows nothing", "api", [reply("<html>404</html>", 404)], "shape_changed"),
        changed("a proxy's words that knows nothing", "api", [said(404, "no Route matched")], "shape_changed"),
        changed("nobody, without a word", "api", [reply("", 404)], "shape_changed"),
        changed("nobody, and yet somebody", "api", [reply(user(), 404)] * 2, "shape_changed"),
        changed("a proxy that does not know the id", "api", [reply("<html>", 404), user()], "shape_changed", ids=IDS),
        changed("a proxy that does not know the name", "api", [MISSING, reply("", 404)], "shape_changed", ids=IDS),
        changed("nothing new, though nobody had asked so", "api", [reply("", 304)], "shape_changed"),
        changed("nothing new, and yet a body", "api", [reply(user(), 304)] * 2, "shape_changed"),
        stranger("somebody else", "api", [user("someone", uid=5)], "shape_changed"),
        stranger("somebody else who is asked for by id", "api", [user(uid=5)], "shape_changed", ids=IDS),
    ),
    simulated=("nasa", "USDOE", "energy-apps"),
    fates={
        "suspended": {"api by name": "not_found", "api by id": "not_found"},
        "withheld": {"api by name": "missing_permission"},
        "spoilt": {"api by name": "shape_changed", "api by id": "shape_changed"},
        "renamed": {"api by name": "not_found"},
        "private": {"api by name": COUNTED},
    },
    refusals={
        "token": {"api by name": "bad_credentials"},
        "primary": {"api by name": "rate_limited"},
        "secondary": {"api by name": "rate_limited"},
        "nameless": {"api by name": "blocked"},
    },
    folder="github",
    recorded={
        "org_success.json": [Recorded("api", "BeaverSoftware", Count(130))],
        "user_success.json": [Recorded("api", "jacquev6", Count(98))],
        "user_by_id.json": [
            Recorded("api", "octocat", Count(3_222)),
            Recorded("api", "old", Count(3_222), ids={"github": "583231"}),
        ],
        "user_zero.json": [Recorded("api", "rickrickston123", Count(0))],
        "user_404.json": [Recorded("api", "ThisUserShouldReallyNotExist", "not_found")],
        "bad_credentials_401.json": [Recorded("api", "nasa", "bad_credentials")],
        "bad_user_agent_403.json": [Recorded("api", "nasa", "blocked")],
        "rate_limited_403_primary.json": [Recorded("api", "jacquev6", "rate_limited")],
    },
    unused={
        "renamed_repo_301.json": "of a repository: nobody is redirected whose account is renamed",
        "rate_limit_endpoint.json": "what is left of each allowance, which the headers of every answer say too",
    },
)
