"""X: `GET /2/users` and its kin, the token, and the timeline page for embedding.

Fates: `suspended` and `withheld` are problems beside the data; `private` has its counts in the API and an empty
timeline; `quiet` has an empty timeline; `left_out` is in neither data nor errors.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence

from headcount.demo.contract import Answers, Call, Limit, Response, Route, Usage, json, lasting
from headcount.demo.pages import ballast, page, script
from headcount.demo.people import Person, World

TOKENS = {
    "bearer_token": "simulated-bearer-token",
    "api_key": "simulated-api-key",
    "api_secret": "simulated-api-secret",
}
MOST = 100
NAME = re.compile(r"[A-Za-z0-9_]{1,15}")
ID = re.compile(r"[0-9]{1,19}")
PROBLEMS = "https://api.x.com/2/problems/"

Find = Callable[[str], Person | None]


def problem(status: int, title: str, detail: str, kind: str = "about:blank", **more: str) -> Response:
    """The body of a request that failed as a whole."""
    return json({"title": title, "detail": detail, "type": kind, "status": status, **more}, status)


UNAUTHORIZED = problem(401, "Unauthorized", "Unauthorized")
TOO_MANY = problem(429, "Too Many Requests", "Too Many Requests")
REFUSALS = {
    "unauthorized": UNAUTHORIZED,
    "too_many": TOO_MANY,
    "not_enrolled": problem(
        403,
        "Client Forbidden",
        "When authenticating requests to the X API v2 endpoints, you must use keys and tokens from an enrolled app.",
        f"{PROBLEMS}client-forbidden",
        reason="client-not-enrolled",
    ),
    "no_credits": json(
        {
            "title": "CreditsDepleted",
            "detail": "Your enrolled account [1] does not have any credits to fulfill this request.",
            "type": f"{PROBLEMS}credits",
        },
        402,
    ),
    "monthly_cap": json(
        {
            "title": "UsageCapExceeded",
            "period": "Monthly",
            "scope": "Product",
            "detail": "Usage cap exceeded: Monthly product cap",
            "type": f"{PROBLEMS}usage-capped",
        },
        429,
        {"x-rate-limit-limit": "40000", "x-rate-limit-remaining": "39999"},
    ),
}


def admit(call: Call) -> Response | None:
    """With the app's bearer token."""
    return None if call.headers.get("authorization") == f"Bearer {TOKENS['bearer_token']}" else UNAUTHORIZED


def by_names(call: Call, world: World) -> Response:
    """Up to 100 users by their names."""
    asked = _listed(call, "usernames")
    return _invalid("usernames", asked, NAME) or _users(call, world, "usernames", asked, world.named)


def by_ids(call: Call, world: World) -> Response:
    """Up to 100 users by their ids."""
    asked = _listed(call, "ids")
    return _invalid("ids", asked, ID) or _users(call, world, "ids", asked, world.identified)


def by_name(call: Call, world: World) -> Response:
    """One user by name."""
    asked = call.parts["username"]
    return _invalid("username", [asked], NAME) or _user(call, world, "username", asked, world.named)


def by_id(call: Call, world: World) -> Response:
    """One user by id."""
    asked = call.parts["id"]
    return _invalid("id", [asked], ID) or _user(call, world, "id", asked, world.identified)


def _listed(call: Call, parameter: str) -> list[str]:
    return [value for value in call.query.get(parameter, "").split(",") if value]


def _invalid(parameter: str, asked: Sequence[str], pattern: re.Pattern[str]) -> Response | None:
    """One value that is out of place fails the whole request."""
    messages = [
        f"The `{parameter}` query parameter value [{value}] does not match ^{pattern.pattern}$"
        for value in asked
        if not pattern.fullmatch(value)
    ]
    if not 1 <= len(asked) <= MOST:
        messages.append(
            f"The number of values in the `{parameter}` query parameter list [{len(asked)}] is not between 1 and {MOST}"
        )
    if not messages:
        return None
    errors = [{"parameters": {parameter: list(asked)}, "message": message} for message in messages]
    detail = "One or more parameters to your request was invalid."
    return json(
        {"errors": errors, "title": "Invalid Request", "detail": detail, "type": f"{PROBLEMS}invalid-request"}, 400
    )


def _users(call: Call, world: World, parameter: str, asked: Sequence[str], find: Find) -> Response:
    """A list of data and one of errors, in X's own order and not the one that was asked for."""
    found = [(value, find(value)) for value in reversed(asked)]
    data = [
        _shown(person, call, world) for _, person in found if person and _open(person) and person.fate != "left_out"
    ]
    errors = [_error(parameter, value, person) for value, person in found if not (person and _open(person))]
    return json({name: items for name, items in (("data", data), ("errors", errors)) if items})


def _user(call: Call, world: World, parameter: str, asked: str, find: Find) -> Response:
    """Where one is asked for, `data` is an object and not a list."""
    person = find(asked)
    if person and _open(person):
        return json({"data": _shown(person, call, world)})
    return json({"errors": [_error(parameter, asked, person)]})


def _open(person: Person) -> bool:
    return person.fate not in {"suspended", "withheld"}


def _shown(person: Person, call: Call, world: World) -> Mapping[str, object]:
    fields = call.query.get("user.fields", "").split(",")
    user: dict[str, object] = {"id": person.id, "name": person.handle, "username": person.handle}
    if "public_metrics" in fields:
        user["public_metrics"] = {
            "followers_count": "many" if person.fate == "spoilt" else world.count(person),
            "following_count": person.number % 900,
            "tweet_count": person.number % 70_000,
            "listed_count": person.number % 4_000,
        }
    if "protected" in fields:
        user["protected"] = person.fate == "private"
    return user


def _error(parameter: str, value: str, person: Person | None) -> Mapping[str, str]:
    about = {"value": value, "parameter": parameter, "resource_id": value, "resource_type": "user"}
    kind = f"{PROBLEMS}resource-not-found"
    if person is None:
        detail = f"Could not find user with {parameter}: [{value}]."
        return {**about, "title": "Not Found Error", "detail": detail, "type": kind}
    if person.fate == "suspended":
        return {**about, "title": "Forbidden", "detail": f"User has been suspended: [{value}].", "type": kind}
    detail = f"Sorry, you are not authorized to see the user with {parameter}: [{value}]."
    kind = f"{PROBLEMS}not-authorized-for-resource"
    return {**about, "title": "Authorization Error", "detail": detail, "type": kind}


def token(call: Call, world: World) -> Response:
    """The app's bearer token, for its key and secret; asking again gives the same one."""
    pair = f"{TOKENS['api_key']}:{TOKENS['api_secret']}"
    if call.headers.get("authorization") != f"Basic {b64encode(pair.encode()).decode()}":
        return _old_error(99, "Unable to verify your credentials")
    if call.form.get("grant_type") != "client_credentials":
        return _old_error(170, "Missing required parameter: grant_type")
    return json({"token_type": "bearer", "access_token": TOKENS["bearer_token"]})


def _old_error(code: int, message: str) -> Response:
    return json({"errors": [{"code": code, "message": message, "label": "authenticity_token_error"}]}, 403)


def timeline(call: Call, world: World) -> Response:
    """The tweets of somebody who has some; an empty timeline for all others, unknown or not."""
    name = call.parts["handle"]
    person = world.named(name)
    seen = person and person.fate not in {"suspended", "private", "quiet", "withheld", "left_out"}
    entries = _entries(person, world) if person and seen else []
    properties = {
        "contextProvider": {"features": {}, "hasResults": bool(entries), "lang": "en", "theme": "light"},
        "prefetched": ballast(world.page_bytes),
        "timeline": {"entries": entries},
        "headerProps": {"screenName": name},
    }
    data = {"props": {"pageProps": properties, "__N_SSP": True}, "page": "/timeline-profile/screen-name/[screenName]"}
    return page('<meta charSet="utf-8"/>', script(data, 'id="__NEXT_DATA__" type="application/json"'))


def _entries(person: Person, world: World) -> list[object]:
    """A retweet, which holds the user whom it repeats, then a tweet of their own."""
    theirs = _author(world.stranger(), world)
    own = _author(person, world)
    retweet = {"id_str": "2", "text": "RT", "retweeted_status": {"id_str": "1", "user": theirs}, "user": own}
    tweets = [retweet, {"id_str": "3", "text": "We have 1,000,000 followers", "user": own}]
    return [{"type": "tweet", "entry_id": f"tweet-{tweet['id_str']}", "content": {"tweet": tweet}} for tweet in tweets]


def _author(person: Person, world: World) -> Mapping[str, object]:
    return {
        "id": 0,
        "id_str": person.id,
        "name": person.handle,
        "screen_name": person.handle,
        "fast_followers_count": 0,
        "followers_count": None if person.fate == "spoilt" else world.count(person),
        "friends_count": person.number % 900,
        "protected": False,
    }


def tell(usage: Usage) -> Mapping[str, str]:
    """What is left of the window."""
    return {
        "x-rate-limit-limit": str(usage.amount),
        "x-rate-limit-remaining": str(max(0, usage.amount - usage.used)),
        "x-rate-limit-reset": str(int(usage.resets.timestamp())),
    }


def _bearer(call: Call) -> str:
    return call.headers.get("authorization", "")


def _lookup(path: str, answer: Callable[[Call, World], Response]) -> Route:
    """Each look-up has its own 300 requests in 15 minutes."""
    limit = Limit(f"x {path}", 300, lasting(minutes=15), TOO_MANY, tell, _bearer)
    return Route("GET", "api", path, answer, admit, limit)


PAGES = Limit("x pages", 30, lasting(minutes=15), Response(b"Rate limit exceeded\n", 429), tell)

ANSWERS = Answers(
    routes=(
        _lookup("/2/users/by/username/{username}", by_name),
        _lookup("/2/users/by", by_names),
        _lookup("/2/users/{id}", by_id),
        _lookup("/2/users", by_ids),
        Route("POST", "api", "/oauth2/token", token),
        Route("GET", "page", "/srv/timeline-profile/screen-name/{handle}", timeline, limit=PAGES),
    ),
    credentials=TOKENS,
    refusals=REFUSALS,
    page_bytes=150_000,
)
