"""The public page of a profile on Threads: whom it is of, in the data that it seldom embeds, and else its card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headcount.model import Account, Reading
from headcount.net.message import Reply
from headcount.platforms.kit import embedded, preview
from headcount.platforms.kit.contract import Absent, Refusal, Spoilt
from headcount.platforms.kit.wire import Json, find, heard

CARD = preview.Card(
    counted=re.compile(r"(?P<count>[0-9][0-9.,]*[KMBkmb]?) Followers? [•·] [0-9.,KMBkmb]+ Threads?\b"),
    named=re.compile(r"(?:\(@|conversations with @)(?P<name>[A-Za-z0-9._]{1,30})(?:\) [•·|-] Threads[^()@]*|\.)$"),
    wall=re.compile(rb'name="password"|<title>\s*(?:Log in|Login)'),
    shell=re.compile(rb'<meta property="og:title" content="Threads (?:\xe2\x80\xa2|&#x2022;) Log in"'),
)


def read(account: Account, reply: Reply) -> Iterator[Reading | Absent | Spoilt | Refusal]:
    """What the page says, if it is about the account asked for.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    yield from preview.read(account, reply, _profiles(reply.body), CARD)


def _profiles(page: bytes) -> Iterator[Json]:
    """Whom the page is of, in its data; the authors of posts stand elsewhere, and bear no count."""
    for result in embedded.data(page, "result"):
        user = find(heard(result, Json), "data.user", object)
        if isinstance(user, dict) and "follower_count" in user:
            yield user
