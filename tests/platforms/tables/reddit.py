"""Reddit: subreddits by id and by name, and profiles."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from headcount.model import Count, Reason
from headcount.net.message import Reply
from tests.platforms.replaying import Body, reply
from tests.platforms.table import COUNTED, Recorded, Row, Table, changed, empty, error, good, stranger

IDS = {"t5": "t5_2qhij"}
OF_USER = {"t2": "t2_d0z23x"}
PERSON = "u/Nasa_Official"
EXACT = Count(5_000)


def thing(name: str = "energy", heads: object = 5_000, fullname: object = "t5_2qhij") -> dict[str, object]:
    data = {"display_name": name, "subscribers": heads, "name": fullname, "accounts_active": 7, "user_is_banned": None}
    return {"kind": "t5", "data": data}


def listing(*children: object) -> dict[str, object]:
    return {"kind": "Listing", "data": {"after": None, "dist": len(children), "children": children}}


def user(
    name: str = "Nasa_Official", heads: object = 5_000, number: str = "d0z23x", **more: object
) -> dict[str, object]:
    profile = {"display_name": f"u_{name}", "subscribers": heads, "name": "t5_1", "previous_names": []}
    return {"kind": "t2", "data": {"name": name, "id": number, "total_karma": 99, "subreddit": profile, **more}}


def problem(status: int, message: str, **more: str) -> Reply:
    return reply({**more, "message": message, "error": status}, status)


def without(whole: dict[str, object], name: str) -> dict[str, object]:
    data = whole["data"]
    assert isinstance(data, dict)
    return {**whole, "data": {key: value for key, value in data.items() if key != name}}


FOUND_ELSEWHERE = structs.replace(
    reply(listing(thing("energy", 99, "t5_other"))), url="https://oauth.reddit.com/subreddits/search"
)
WAIT = "<!doctype html><title>Too Many Requests</title><p>please wait 4 second(s) and try again.</p>"
OTHER = thing("energy", 99, "t5_5")
GONE = problem(404, "Not Found")
ERRORS: Mapping[str, tuple[Body, Reason]] = {
    "no such name": (GONE, "not_found"),
    "no such name, replayed without its status": ({"message": "Not Found", "error": 404}, "not_found"),
    "an unknown name led to a search": (FOUND_ELSEWHERE, "not_found"),
    "an unknown name would lead to a search": (reply("", 302, location="/subreddits/search?q=energy"), "not_found"),
    "it is banned": (problem(404, "Not Found", reason="banned"), "suspended"),
    "it is private": (problem(403, "Forbidden", reason="private"), "private"),
    "it is quarantined": (problem(403, "Forbidden", reason="quarantined"), "private"),
    "it is for those who pay": (problem(403, "Forbidden", reason="gold_only"), "private"),
    "it is gated": (problem(403, "Forbidden", reason="gated"), "private"),
    "it is banned, as 403": (problem(403, "Forbidden", reason="banned"), "suspended"),
    "a reason that nobody knows": (problem(403, "Forbidden", reason="waf_rule_17"), "missing_permission"),
    "a reason without an error": (reply({"reason": "private"}, 403), "missing_permission"),
    "it is withheld": (reply("", 451), "blocked"),
    "the app may not": (problem(403, "Forbidden"), "missing_permission"),
    "a wall": (reply("<html>Blocked</html>", 403), "missing_permission"),
    "a bad token": (problem(401, "Unauthorized"), "bad_credentials"),
    "a bad token, replayed without its status": ({"message": "Unauthorized", "error": 401}, "bad_credentials"),
    "too many requests": (reply(WAIT, 429, retry_after="4"), "rate_limited"),
    "too many requests, in JSON": (problem(429, "Too Many Requests"), "rate_limited"),
    "a server in trouble": (reply("<html>", 503), "unreachable"),
    "a server in trouble that says it does not know it": (reply({"error": 404}, 503), "unreachable"),
    "a server in trouble, in JSON": (problem(500, "Internal Server Error"), "unreachable"),
}
SHAPES: Mapping[str, Body] = {
    "the count is gone": without(thing(), "subscribers"),
    "the count is a text": thing(heads="5000"),
    "the count is a truth": thing(heads=True),
    "the count is negative": thing(heads=-5),
    "the count is a fraction": thing(heads=5_000.5),
    "the count is null": thing(heads=None),
    "the count stands there twice": '{"data":{"display_name":"energy","name":"t5_2qhij","subscribers":5,"subscribers":9}}',
    "the name is gone": without(thing(), "display_name"),
    "the id is gone": without(thing(), "name"),
    "the id is of another kind": thing(fullname="t3_2qhij"),
    "nothing in it": {"kind": "t5", "data": {}},
    "a list in its place": [thing()],
    "a listing of posts": listing({"kind": "t3", "data": {"name": "t3_1", "subreddit_subscribers": 5_000}}),
    "a page in place of JSON": "<html>5,000 members</html>",
    "a proxy's page that knows nothing": reply("<html>404</html>", 404),
    "a proxy's words that knows nothing": reply({"message": "Not Found"}, 404),
    "nobody, without a word": reply("", 404),
    "nobody, for a reason that nobody knows": problem(404, "Not Found", reason="no_route"),
    "nobody, and yet another status": reply({"message": "Not Found", "error": 404}, 410),
    "cut short": '{"kind":"t5","data":{"display_name":"energy","name":"t5_2qhij","subscribers":50',
    "no words": "",
}
PROFILES: Mapping[str, Body] = {
    "a profile without a count": user(subreddit={"display_name": "u_Nasa_Official"}),
    "a profile's count is a text": user(heads="5000"),
    "a profile's count is null": user(heads=None),
    "a profile's count is negative": user(heads=-1),
    "a user without an id": without(user(), "id"),
    "a subreddit in place of a user": thing("Nasa_Official"),
}

ROWS: tuple[Row, ...] = (
    good("a subreddit", "api", [thing()], EXACT, gives=IDS),
    good("a subreddit in other letters", "api", [thing("ENERGY")], EXACT),
    good("a subreddit without members", "api", [thing(heads=0)], Count(0)),
    good("a subreddit written without r/", "api", [thing()], EXACT, handle="energy"),
    good("pinned, in a listing", "api", [listing(thing())], EXACT, ids=IDS),
    good("pinned, alone", "api", [thing()], EXACT, ids=IDS),
    good("pinned, under another name", "api", [listing(thing("energy2"))], EXACT, ids=IDS),
    good("pinned, not listed, and there", "api", [listing(), thing()], EXACT, ids=IDS),
    good("a profile", "api", [user()], EXACT, handle=PERSON, gives=OF_USER),
    good("a profile that nobody follows", "api", [user(heads=0)], Count(0), handle=PERSON),
    good("a profile under another name", "api", [user("nasa")], EXACT, handle=PERSON, ids=OF_USER),
    empty("a listing of nobody", "api", [listing()], "shape_changed"),
    empty("pinned, not listed, and unknown", "api", [listing(), GONE], "not_found", ids=IDS),
    empty("an empty answer", "api", ["{}"], "shape_changed"),
    *(error(what, "api", [body], reason) for what, (body, reason) in ERRORS.items()),
    *(error(f"not listed: {what}", "api", [listing(), body], reason, ids=IDS) for what, (body, reason) in ERRORS.items()),
    error("a suspended user", "api", [without(user(is_suspended=True), "id")], "suspended", handle=PERSON),
    error("a user without a profile", "api", [without(user(), "subreddit")], "hidden", handle=PERSON),
    error("no such user", "api", [GONE], "not_found", handle=PERSON),
    *(changed(what, "api", [body], "shape_changed") for what, body in SHAPES.items()),
    *(changed(what, "api", [body], "shape_changed", handle=PERSON) for what, body in PROFILES.items()),
    stranger("another subreddit", "api", [thing("solar", 99, "t5_5")], "shape_changed"),
    stranger("another subreddit in the listing", "api", [listing(OTHER), OTHER], "renamed_or_reused", ids=IDS),
    stranger("another subreddit in the listing, and no such name", "api", [listing(OTHER), GONE], "not_found", ids=IDS),
    stranger("its name under another id", "api", [listing(), OTHER], "renamed_or_reused", ids=IDS),
    stranger("another user", "api", [user("mallory", 99, "5")], "shape_changed", handle=PERSON),
    stranger("another user who is suspended", "api", [user("mallory", is_suspended=True)], "shape_changed", handle=PERSON),
    stranger(
        "another user's profile", "api", [user(subreddit={"display_name": "u_x", "subscribers": 9})], "shape_changed",
        handle=PERSON,
    ),
    stranger("a user of its name", "api", [user("energy")], "shape_changed"),
    stranger("its name under another user's id", "api", [user(number="5")], "renamed_or_reused", handle=PERSON, ids=OF_USER),
)  # fmt: skip

TABLE = Table(
    handle="r/energy",
    means={
        "energy": "r/energy",
        "Energy": "r/Energy",
        "r/energy": "r/energy",
        "/r/energy/": "r/energy",
        "u/nasa": "u/nasa",
        "/u/nasa": "u/nasa",
        "user/nasa-gov": "u/nasa-gov",
        "r/u_nasa": "u/nasa",
        "t5_2qhij": IDS,
        "https://www.reddit.com/r/energy": "r/energy",
        "https://www.reddit.com/r/energy/": "r/energy",
        "HTTPS://WWW.REDDIT.COM/r/Energy": "r/Energy",
        "reddit.com/r/energy": "r/energy",
        "//old.reddit.com/r/energy": "r/energy",
        "https://old.reddit.com/r/energy/new/": "r/energy",
        "https://new.reddit.com/r/energy/?utm_source=share&utm_medium=web": "r/energy",
        "https://m.reddit.com/r/energy": "r/energy",
        "https://np.reddit.com/r/energy/top/?t=all": "r/energy",
        "https://en.reddit.com/r/energy#top": "r/energy",
        "https://www.reddit.com/r/energy/about/": "r/energy",
        "https://www.reddit.com/r/energy/wiki/index": "r/energy",
        "https://www.reddit.com/r/%65nergy": "r/energy",
        "https://www.reddit.com/u/nasa": "u/nasa",
        "https://www.reddit.com/user/nasa/": "u/nasa",
        "https://www.reddit.com/user/nasa/comments/": "u/nasa",
        "https://old.reddit.com/user/nasa-gov/submitted?sort=top": "u/nasa-gov",
        "https://www.reddit.com/r/u_nasa/": "u/nasa",
    },
    refused=(
        "https://www.reddit.com/",
        "https://www.reddit.com/r/",
        "https://www.reddit.com/r/all",
        "https://www.reddit.com/r/popular/",
        "https://www.reddit.com/r/energy+solar",
        "https://www.reddit.com/r/energy/comments/1abcde/solar_power/",
        "https://www.reddit.com/r/energy/s/AbCdEfGhIj",
        "https://www.reddit.com/user/nasa/comments/1abcde/solar_power/",
        "https://www.reddit.com/user/me",
        "https://www.reddit.com/settings",
        "https://www.reddit.com/energy",
        "https://redd.it/1abcde",
        "https://i.redd.it/abcde.png",
        "https://reddit.com.evil.example/r/energy",
        "https://reddit.com@evil.example/r/energy",
        "https://evil.example/reddit.com/r/energy",
        "r/e",
        "r/en-ergy",
        "en ergy",
        f"r/{'e' * 22}",
        "all",
        "popular",
        "https://www.reddit.com/users/nasa",
        "https://www.reddit.com/@nasa",
    ),
    rows=ROWS,
    simulated=("r/energy", "u/NASA_Official", "r/FedNews"),
    unknown="r/nobody",
    fates={
        "suspended": {"api by name": "suspended", "api by id": "suspended"},
        "private": {"api by name": "private", "api by id": "private"},
        "withheld": {"api by name": "blocked", "api by id": "blocked"},
        "left_out": {"api by name": COUNTED, "api by id": COUNTED},
        "spoilt": {"api by name": "shape_changed", "api by id": "shape_changed"},
        "renamed": {"api by name": "not_found"},
        "reused": {"api by name": COUNTED},
    },
    refusals={
        "unauthorized": {"api by name": "bad_credentials", "api by id": "bad_credentials"},
        "forbidden": {"api by name": "missing_permission", "api by id": "missing_permission"},
        "too_many": {"api by name": "rate_limited", "api by id": "rate_limited"},
        "too_many_in_json": {"api by name": "rate_limited"},
    },
    folder="reddit",
    recorded={
        "subreddit_about_small.json": [Recorded("api", "r/renamed", Count(1), ids={"t5": "t5_3nwlq"})],
        "info_by_id_batch.json": [Recorded("api", "r/renamed", Count(1), ids={"t5": "t5_3nwlq"})],
        "user_about.json": [Recorded("api", "u/Watchful1", Count(156))],
        "user_about_zero.json": [Recorded("api", "u/Lil_SpazBot", Count(0))],
        "user_suspended_or_odd.json": [Recorded("api", "u/PyAPITestUser3", "hidden")],
        "invalid_token_401.json": [Recorded("api", "r/energy", "bad_credentials")],
        "invalid_token_401_html_or_json.json": [Recorded("api", "r/energy", "bad_credentials")],
        "forbidden_403.json": [Recorded("api", "u/spez", "missing_permission")],
        "rate_limited_429_html.json": [Recorded("api", "r/energy", "rate_limited")],
        "rate_limited_429_json.json": [Recorded("api", "r/energy", "rate_limited")],
        "not_found_404.json": [Recorded("api", "u/nobody", "not_found")],
        "quarantined_403.json": [Recorded("api", "r/tiananmenaquarefalse", "private")],
    },
)
