"""The public page of a profile on Bluesky: the data that it holds for search engines, or why it has none."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Miss
from headcount.net.message import Reply
from headcount.platforms.kit import embedded
from headcount.platforms.kit.contract import Absent
from headcount.platforms.kit.wire import Heads, Id, Json, find, heard

STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\Z)', re.DOTALL)
BLANKS = bytes(max(code, 32) for code in range(256))
MEMBERS_ONLY = b"visible only to people who are signed in"
SHELL = re.compile(rb"<title>\s*Bluesky\s*</title>")
"""What bskyweb sends where the API has no profile for it: of an unknown, a suspended or a deactivated account alike."""


class Followers(Struct, rename="camel"):
    """How many follow."""

    interaction_type: Literal["https://schema.org/FollowAction"]
    user_interaction_count: Heads


class Person(Struct, rename="camel"):
    """Whom a page is of, by DID and by handle."""

    identifier: Id
    alternate_name: Id
    interaction_statistic: tuple[Followers]
    """Their `agentInteractionStatistic` beside it counts whom they follow."""


def read(account: Account, reply: Reply) -> Person | Miss | Absent:
    """Whom the page is of, and their followers, or why it does not say.

    Raises:
        ShapeChanged: where it is about several, or of no shape that is known.
    """
    blocks = list(embedded.scripts(reply.body, "application/ld+json"))
    profiles = [told for block in blocks if (told := heard(_sound(block), Json)) and "mainEntity" in told]
    person = find(profiles, "0.mainEntity", Person) if len(profiles) == 1 else None
    if blocks and not person:
        raise ShapeChanged(f"a page about {len(profiles) or 'nobody'}")
    return person or _unshown(account, reply)


def _sound(block: bytes) -> bytes:
    """What people wrote stands in it with its line breaks as they are, which no parser takes."""
    return STRING.sub(lambda text: text[0].translate(BLANKS), block)


def _unshown(account: Account, reply: Reply) -> Miss | Absent:
    if reply.status == 200 and MEMBERS_ONLY in reply.body:
        return Miss(account, "private", "shown to members only", final=False)
    is_shell = reply.status == 200 and b"</html>" in reply.body and SHELL.search(reply.body)
    if is_shell or reply.status in (404, 410):
        return Absent(account, f"a page without a profile (HTTP {reply.status})")
    raise ShapeChanged(f"a page without its data (HTTP {reply.status})")
