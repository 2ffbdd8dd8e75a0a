"""What X says instead of a count: of one account, and of the whole request.

https://docs.x.com/x-api/fundamentals/response-codes-and-errors
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, structs

from headcount.model import Reason
from headcount.net.message import Reply
from headcount.platforms.kit.contract import Refusal, by_status
from headcount.platforms.kit.problems import problem as problem_of


class Problem(Struct):
    title: str = ""
    type: str = ""
    detail: str = ""
    value: str | None = None
    resource_id: str | None = None
    parameter: str = ""
    status: int | None = None


def reason(problem: Problem) -> Reason:
    """What a problem says of the account that it is about."""
    if problem.title == "Forbidden":
        return "suspended"
    if problem.title == "Not Found Error" or problem.type.endswith("/resource-not-found"):
        return "not_found"
    return "private" if problem.type.endswith("/not-authorized-for-resource") else "shape_changed"


def about(problem: Problem, alone: str) -> str:
    """Whom a problem names; the one problem of a request for one account may call it by its id, where a name was asked."""
    named = (problem.value or problem.resource_id or "").lower()
    return alone if alone and problem.parameter == "ids" and not alone.isdigit() else named


def refusal(reply: Reply) -> Refusal | None:
    """What X says of the whole request; the host in a problem's `type` varies and means nothing."""
    problem = problem_of(reply, Problem, LONGEST_PROBLEM)
    status, said = problem.status or reply.status, f"{problem.title}: {problem.detail}"[:200]
    if known := TITLES.get(problem.title) or STATUSES.get(status):
        return Refusal(known, said, scope="credential")
    if problem.title == "Invalid Request" or status == 400:
        return Refusal("shape_changed", said)
    return by_status(structs.replace(reply, status=status))


LONGEST_PROBLEM = 5_000
TITLES: Mapping[str, Reason] = {"UsageCapExceeded": "quota_exhausted", "CreditsDepleted": "payment_required"}
STATUSES: Mapping[int, Reason] = {401: "bad_credentials", 402: "payment_required", 403: "missing_permission"}
