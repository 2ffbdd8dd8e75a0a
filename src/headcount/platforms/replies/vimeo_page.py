"""A user's public page on Vimeo: the only profile in its data for search engines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Reading
from headcount.net.message import Reply
from headcount.platforms.kit import embedded
from headcount.platforms.kit.contract import Absent, Spoilt
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.wire import Digits, Heads, heard, sift
from headcount.platforms.replies.vimeo_user import reading

LOGIN = re.compile(r"^(?:https://vimeo\.com)?/(?:log_in|login)(?:[/?#]|$)")
LINK = re.compile(r"https://vimeo\.com/([A-Za-z0-9_-]{1,60})/?")


class Followed(Struct, rename="camel"):
    """What others did with the profile, and how many of them."""

    user_interaction_count: Heads
    interaction_type: object = "FollowAction"


class Person(Struct, rename="camel"):
    """Whom a profile is of."""

    identifier: Digits | Annotated[int, Meta(ge=1)]
    interaction_statistic: Followed
    url: str = ""

    def followers(self) -> int | None:
        """None where something else is counted."""
        told = self.interaction_statistic
        return told.user_interaction_count if "FollowAction" in str(told.interaction_type) else None


def read(account: Account, reply: Reply) -> Iterator[Reading | Absent | Spoilt]:
    """What a page says of the account that it was asked for.

    Raises:
        ShapeChanged: where it is about somebody else, or about several people.
    """
    people = match(sift(_profiles(reply.body), Person), lambda person: str(person.identifier))
    yield from people.spoilt
    if len(people.found) > 1:
        raise ShapeChanged("a page of several people")
    for user_id, person in people.found.items():
        yield reading(account, person.followers(), _name(person, reply.body), user_id)
    if not people.found:
        yield _without_profile(account, reply)


def _without_profile(account: Account, reply: Reply) -> Absent:
    if reply.status not in (404, 410):
        raise ShapeChanged(f"a page without a profile (HTTP {reply.status})")
    return Absent(account, f"no such page (HTTP {reply.status})")


def _profiles(page: bytes) -> Iterator[object]:
    """Other data than the profile may be of any shape, and even broken."""
    for text in embedded.scripts(page, "application/ld+json"):
        told = heard(text, object)
        for item in told if isinstance(told, list) else [told]:
            if isinstance(item, dict) and item.get("@type") == "ProfilePage":
                yield item.get("mainEntity")


def _name(person: Person, page: bytes) -> str:
    """Whom the page says it is of; it may say so twice, but not of two."""
    links = (person.url, embedded.meta(page, "og:url") or "")
    names = {found[1].lower(): found[1] for found in map(LINK.fullmatch, links) if found}
    if len(names) > 1:
        raise ShapeChanged(f"a page of {' and '.join(names)}")
    return "".join(names.values())
