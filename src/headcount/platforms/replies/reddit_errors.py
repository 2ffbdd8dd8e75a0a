"""What Reddit says instead of an answer: of a subreddit that it does not show, or of the whole request."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, structs

from headcount.model import Account, Miss, Reason
from headcount.net.message import Reply
from headcount.platforms.kit.contract import Refusal, by_status
from headcount.platforms.kit.problems import problem
from headcount.platforms.kit.walls import led_to

SEARCH = re.compile(r"/subreddits/search")
"""Where a name leads that nobody has."""

MISSING: Mapping[int, Reason] = {404: "not_found", 403: "private", 451: "blocked"}


class Problem(Struct):
    """The body of an error; with a reason, it is about this subreddit alone."""

    error: int = 0
    reason: str | None = None


def missing(account: Account, reply: Reply) -> Miss | None:
    """Why Reddit does not show an account; None where it does."""
    status, why = _told(reply)
    reason = "not_found" if led_to(reply, SEARCH) else "suspended" if why == "banned" else MISSING.get(status)
    return Miss(account, reason, why, final=reason != "blocked") if reason else None


def refusal(reply: Reply) -> Refusal | None:
    """What Reddit says of the whole request."""
    status, why = _told(reply)
    if status == 401:
        return Refusal("bad_credentials", "HTTP 401", scope="credential")
    if status == 403 and not why:
        return Refusal("missing_permission", "HTTP 403 without a reason")
    return by_status(structs.replace(reply, status=status))


def _told(reply: Reply) -> tuple[int, str]:
    """The status, as the answer itself tells it where it does, and the reason."""
    told = problem(reply, Problem)
    return told.error or reply.status, told.reason or ""
