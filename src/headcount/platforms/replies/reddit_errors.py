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

MISSING: Mapping[tuple[int, str], Reason] = {
    (404, ""): "not_found",
    (404, "banned"): "suspended",
    (403, "banned"): "suspended",
    **dict.fromkeys([(403, why) for why in ("private", "quarantined", "gated", "gold_only")], "private"),
}
"""What Reddit's own words mean, by error and reason. A status without them is a proxy's, or a wall's."""


class Problem(Struct):
    """The body of an error; with a reason, it is about this subreddit alone."""

    error: int = 0
    reason: str | None = None

    @property
    def missing(self) -> Reason | None:
        """Why a subreddit or profile is not shown; None where the error does not speak of it."""
        return MISSING.get((self.error, self.reason or ""))


def missing(account: Account, reply: Reply) -> Miss | None:
    """Why Reddit does not show an account; None where it does."""
    told = _told(reply)
    if reply.status == 451:
        return Miss(account, "blocked", "HTTP 451", final=False)
    reason = "not_found" if led_to(reply, SEARCH) else told.missing
    return Miss(account, reason, told.reason or "Not Found") if reason else None


def refusal(reply: Reply) -> Refusal | None:
    """What Reddit says of the whole request."""
    told = _told(reply)
    status = told.error or reply.status
    if status == 401:
        return Refusal("bad_credentials", "HTTP 401", scope="credential")
    if status == 403 and not told.missing:
        return Refusal("missing_permission", f"HTTP 403, reason: {told.reason or 'none given'}")
    return by_status(structs.replace(reply, status=status))


def _told(reply: Reply) -> Problem:
    """What the answer itself tells, where its status does not say otherwise; a saved one may have come without."""
    told = problem(reply, Problem)
    return told if reply.status in (200, told.error) else Problem()
