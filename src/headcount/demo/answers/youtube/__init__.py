"""YouTube: `GET /youtube/v3/channels`, and the channel page behind its consent wall.

Fates: `hidden` has no subscriber count to show; `suspended` is left out of the API and named as terminated on the page;
`private` does not exist for anybody else; `age_gated` is in the API, and its page is a gate; `left_out` is missing from
answers about many.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode

from headcount.demo.answers.youtube.api import channels
from headcount.demo.answers.youtube.key import DAILY, TOKENS, admit
from headcount.demo.answers.youtube.page import by_channel, by_name, consent
from headcount.demo.answers.youtube.refusals import REFUSALS
from headcount.demo.contract import Answers, Route
from headcount.demo.words import first_digits
from headcount.model import HEADLINE, Count

CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")


def identify(handle: str, number: int) -> tuple[str, ...]:
    """`UC` and 22 characters; a handle that is one already is its own id."""
    made = "UC" + urlsafe_b64encode(number.to_bytes(16)).decode().rstrip("=")
    return (handle if CHANNEL.fullmatch(handle) else made,)


def plain(handle: str) -> str:
    """The name in `@name`, `user/name` and `c/name`."""
    return handle.rpartition("/")[2].removeprefix("@")


def shown(count: int) -> Count:
    """As the API shows it: three digits, rounded down."""
    step = 10 ** max(0, len(str(count)) - 3)
    return Count(first_digits(count), step, "truncated" if step > 1 else "exact")


ANSWERS = Answers(
    routes=(
        Route("GET", "api", "/youtube/v3/channels", channels, admit, DAILY),
        Route("GET", "page", "/consent/m", consent),
        Route("GET", "page", "/channel/{id}", by_channel),
        Route("GET", "page", "/@{handle}", by_name),
        Route("GET", "page", "/{kind:c|user}/{handle}", by_name),
        Route("GET", "page", "/{handle}", by_name),
    ),
    credentials=TOKENS,
    identify=identify,
    plain=plain,
    metrics={HEADLINE: shown},
    refusals=REFUSALS,
    page_bytes=1_000_000,
)
