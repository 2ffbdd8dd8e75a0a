"""What the API says when it refuses: problems, each with its title and type."""

from __future__ import annotations

from headcount.demo.calls import Response, json

PROBLEMS = "https://api.x.com/2/problems/"


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
