"""Facebook: Pages through the Graph API, and their public page.

Fates: `personal` is a person and no Page; `suspended` and `private` do not exist for the token; `withheld` lacks a
permission; `hidden` answers without its counts.
"""

from __future__ import annotations

from headcount.demo import graph, graph_errors
from headcount.demo.answers.facebook.pages import identify, node
from headcount.demo.answers.facebook.public import LOGIN_WALL, by_name, by_number
from headcount.demo.contract import Answers, Route
from headcount.model import HEADLINE, Count

ANSWERS = Answers(
    routes=(
        *graph.routes(node),
        Route("GET", "page", "/profile.php", by_number),
        Route("GET", "page", "/{name}", by_name),
        Route("GET", "page", "/{name}/", by_name),
    ),
    credentials=graph.TOKENS,
    identify=identify,
    metrics={HEADLINE: Count, "likes": Count},
    refusals={**graph_errors.REFUSALS, "login_wall": LOGIN_WALL},
    page_bytes=600_000,
)
