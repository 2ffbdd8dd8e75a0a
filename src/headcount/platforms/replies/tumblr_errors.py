"""What Tumblr says instead of an answer, and what it lets be asked."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, structs

from headcount.model import Reason
from headcount.net.message import Allowance, Reply, retry_after
from headcount.platforms.kit.contract import Refusal, by_status
from headcount.platforms.kit.countdown import countdown
from headcount.platforms.kit.problems import problem

HOUR, DAY = SPANS = ("x-ratelimit-perhour", "x-ratelimit-perday")
STATUSES: Mapping[int, Reason] = {401: "bad_credentials", 403: "missing_permission"}


class Meta(Struct):
    """Stands in every answer."""

    status: int


class Told(Struct):
    """Any answer."""

    meta: Meta | None = None


def status(reply: Reply) -> int:
    """As the answer itself tells it, where it came as a good one: a saved one may have lost its own."""
    meta = problem(reply, Told).meta
    return meta.status if meta and reply.status == 200 else reply.status


def is_nobody(reply: Reply) -> bool:
    """Whether Tumblr itself says that there is no such blog: a 404 in other words is a proxy's, or a wall's."""
    meta = problem(reply, Told).meta
    return meta is not None and meta.status == status(reply) == 404


def refusal(reply: Reply) -> Refusal | None:
    """What Tumblr says of the request.

    It refuses other people's blogs as it refuses a bad token: the next blog may be one's own, and is asked for.
    """
    told = status(reply)
    if reason := STATUSES.get(told):
        return Refusal(reason, f"HTTP {told}: the token must be of somebody who runs the blog")
    return _too_many(reply) if told == 429 else by_status(structs.replace(reply, status=told))


def _too_many(reply: Reply) -> Refusal:
    """The day's calls are used up, or the hour's."""
    day, hour = countdown(reply, DAY), countdown(reply, HOUR)
    if day and day.remaining == 0:
        return Refusal("quota_exhausted", "the day's calls are used up", "credential", day.resets)
    return Refusal("rate_limited", "HTTP 429", "credential", retry_after(reply) or (hour.resets if hour else None))


def allowance(reply: Reply) -> Allowance | None:
    """What is left of the hour, or of the day where that is less."""
    told = [left for span in SPANS if (left := countdown(reply, span))]
    return min(told, key=lambda left: left.remaining or 0, default=None)
