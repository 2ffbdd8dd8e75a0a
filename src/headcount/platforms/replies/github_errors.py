"""What GitHub says instead of an answer, and what is left of the hour.

https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from headcount.net.message import Reply, retry_after, window
from headcount.platforms.kit.contract import Refusal, by_status
from headcount.platforms.kit.problems import message

HOUR = partial(window, prefix="x-ratelimit")
"""What the headers say of the current hour."""


def is_nobody(reply: Reply) -> bool:
    """Whether GitHub says that there is nobody: a 404 in other words is a proxy's, or a wall's."""
    return reply.status == 404 and message(reply) == "Not Found"


def refusal(reply: Reply) -> Refusal | None:
    """What GitHub says of the whole request: 403 may be a limit, a sender without a name, or one organisation's wall."""
    if reply.status not in (401, 403, 429):
        return by_status(reply)
    said = message(reply)
    if reply.status == 401:
        return Refusal("bad_credentials", said, scope="credential")
    if reply.status == 429 or _is_limit(reply, said):
        return Refusal("rate_limited", said, scope="credential", again=_again(reply))
    if "user-agent" in said.lower().replace(" ", "-"):
        return Refusal("blocked", said, scope="source")
    return Refusal("missing_permission", said)


def _is_limit(reply: Reply, said: str) -> bool:
    used_up = reply.headers.get("x-ratelimit-remaining") == "0"
    return used_up or "retry-after" in reply.headers or "rate limit" in said.lower()


def _again(reply: Reply) -> timedelta:
    """The hour's limit names its reset; the secondary limit may name nothing, and asks for a minute at least."""
    left = HOUR(reply)
    if left and left.remaining == 0 and left.resets:
        return max(left.resets - reply.at, timedelta())
    return retry_after(reply) or timedelta(minutes=1)
