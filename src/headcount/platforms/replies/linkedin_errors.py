"""What LinkedIn's API says instead of an answer, and for whom else that holds."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct, structs

from headcount.net.message import Reply, retry_after
from headcount.platforms.kit.contract import Refusal, by_status
from headcount.platforms.kit.wire import heard

STATUSES = {
    401: Refusal("bad_credentials", "the token is not valid, or has expired", "credential"),
    403: Refusal("missing_permission", "the token's owner must administer the page, with rw_organization_admin"),
    404: Refusal("not_found", "no such page"),
    426: Refusal("shape_changed", "LinkedIn has retired this `version`: set a newer month", "source"),
    429: Refusal("rate_limited", "the day's allowance is used up", "credential"),
}


class Problem(Struct):
    """Older ones have a number (`serviceErrorCode`) instead of a code in words."""

    status: int
    code: str = ""
    message: str = ""


def refusal(reply: Reply) -> Refusal | None:
    """What LinkedIn's problems mean; an answer in no such shape is judged by its status."""
    problem = heard(reply.body, Problem)
    if problem is None:
        return by_status(reply)
    known = STATUSES.get(problem.status) or by_status(reply) or Refusal("shape_changed", "an unknown problem")
    midnight = reply.at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    again = retry_after(reply) or midnight if problem.status == 429 else known.again
    said = f"{known.detail}: {problem.code or problem.status} {problem.message}"
    return structs.replace(known, detail=said[:200], again=again)
