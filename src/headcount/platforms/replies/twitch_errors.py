"""What Twitch says instead of an answer, and instead of a token."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, structs

from headcount.model import Reason
from headcount.net.message import Reply
from headcount.platforms.kit.contract import Refusal, by_status
from headcount.platforms.kit.problems import problem

STATUSES: Mapping[int, Reason] = {401: "bad_credentials", 403: "missing_permission"}


class Problem(Struct):
    """The body of an error; of a token, without a name for it."""

    status: int | None = None
    error: str = ""
    message: str = ""


def refusal(reply: Reply) -> Refusal | None:
    """What Twitch says of the whole request."""
    told = problem(reply, Problem)
    status = told.status or 200 if reply.status == 200 else reply.status
    said = f"{told.error}: {told.message}".strip(": ")[:200]
    if reason := STATUSES.get(status):
        return Refusal(reason, said, scope="credential")
    if status not in (200, 429) and status < 500:
        return Refusal("shape_changed", said or f"HTTP {status}")
    return by_status(structs.replace(reply, status=status))


def grant_refusal(reply: Reply) -> Refusal | None:
    """What is said instead of a token: `invalid client` with 400, `invalid client secret` with 403."""
    if reply.status in (400, 401, 403):
        return Refusal("bad_credentials", problem(reply, Problem).message[:200], scope="credential")
    return by_status(reply)
