"""Tumblr: the followers of one's own blogs, for requests that are signed by OAuth 1.0a.

Fates: `withheld` is somebody else's blog; `suspended` and `left_out` are unknown; `spoilt` has no sound count.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from urllib.parse import urlencode

from oauthlib.oauth1 import Client

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.limits import Limit, Usage, lasting
from headcount.demo.world import World

TOKENS = {
    "consumer_key": "simulated-consumer-key",
    "consumer_secret": "simulated-consumer-secret",
    "token": "simulated-tumblr-token",
    "token_secret": "simulated-token-secret",
}
GIVEN = re.compile(r'oauth_(nonce|timestamp)="([^"]*)"')
HOUR = 3_600


def identify(handle: str, number: int) -> tuple[str, ...]:
    """`t:` and 22 characters."""
    return (f"t:{urlsafe_b64encode((number % 2**128).to_bytes(16)).decode()[:22]}",)


def told(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """An answer without a response."""
    return json({"meta": {"status": status, "msg": message}, "response": []}, status, headers)


def admit(call: Call) -> Response | None:
    """Signed with all four credentials, as we sign Tumblr's own address with the same nonce at the same time."""
    header = call.headers.get("authorization", "")
    given = dict(GIVEN.findall(header))
    key, key_secret, token, token_secret = TOKENS.values()
    signer = Client(key, key_secret, token, token_secret, nonce=given.get("nonce"), timestamp=given.get("timestamp"))
    address = f"https://api.tumblr.com/v2/blog/{call.parts['blog']}/followers?{urlencode(call.query)}"
    _, headers, _ = signer.sign(address)
    return None if header == headers["Authorization"] else UNAUTHORIZED


def followers(call: Call, world: World) -> Response:
    """How many follow a blog, without saying which, to whoever runs it."""
    blog = call.parts["blog"]
    person = world.identified(blog) or world.named(blog.removesuffix(".tumblr.com"))
    if person is None or person.fate in {"suspended", "left_out"}:
        return told(404, "Not Found")
    if person.fate == "withheld":
        return FORBIDDEN
    total = "many" if person.fate == "spoilt" else world.count(person)
    someone = {"name": "somebody-else", "following": False, "url": "https://somebody-else.tumblr.com", "updated": 0}
    return json({"meta": {"status": 200, "msg": "OK"}, "response": {"total_users": total, "users": [someone]}})


def tell(usage: Usage) -> Mapping[str, str]:
    """What is left of the hour, which is over in an hour at most."""
    left = str(max(0, usage.amount - usage.used))
    return {"x-ratelimit-perhour-remaining": left, "x-ratelimit-perhour-reset": str(HOUR)}


UNAUTHORIZED = told(401, "Unauthorized")
FORBIDDEN = told(403, "Forbidden")
TOO_MANY = told(429, "Limit Exceeded")
CALLS = Limit("tumblr", 1_000, lasting(seconds=HOUR), TOO_MANY, tell)

ANSWERS = Answers(
    routes=(Route("GET", "api", "/v2/blog/{blog}/followers", followers, admit, CALLS),),
    credentials=TOKENS,
    identify=identify,
    plain=str.lower,
    refusals={
        "unauthorized": UNAUTHORIZED,
        "forbidden": FORBIDDEN,
        "too_many": TOO_MANY,
        "day_used_up": told(
            429, "Limit Exceeded", {"x-ratelimit-perday-remaining": "0", "x-ratelimit-perday-reset": "40000"}
        ),
    },
)
