"""X: `GET /2/users` and its kin, the token, and the timeline page for embedding.

Fates: `suspended` and `withheld` are problems beside the data; `private` has its counts in the API and an empty
timeline; `quiet` has an empty timeline; `left_out` is in neither data nor errors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from headcount.demo.answers.twitter.refusals import REFUSALS, TOO_MANY
from headcount.demo.answers.twitter.timeline import timeline
from headcount.demo.answers.twitter.token import TOKENS, admit, bearer, token
from headcount.demo.answers.twitter.users import by_id, by_ids, by_name, by_names
from headcount.demo.calls import Call, Response
from headcount.demo.contract import Answers, Route
from headcount.demo.limits import Limit, Usage, lasting
from headcount.demo.world import World


def tell(usage: Usage) -> Mapping[str, str]:
    """What is left of the window."""
    return {
        "x-rate-limit-limit": str(usage.amount),
        "x-rate-limit-remaining": str(max(0, usage.amount - usage.used)),
        "x-rate-limit-reset": str(int(usage.resets.timestamp())),
    }


def _lookup(path: str, answer: Callable[[Call, World], Response]) -> Route:
    """Each look-up has its own 300 requests in 15 minutes."""
    limit = Limit(f"x {path}", 300, lasting(minutes=15), TOO_MANY, tell, bearer)
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
