"""What the Graph API says of a professional account: of one's own plainly, of any other as one's own discovers it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Reading
from headcount.platforms.kit.wire import Digits, Heads, Id, decode

UNKNOWN = "me"
"""Stands for one's own account where nobody says which it is."""
FIELDS = "id,ig_id,username,followers_count"
"""What is asked for: the members of `Profile`."""


class Profile(Struct):
    id: Digits
    username: Id
    followers_count: Heads
    ig_id: Annotated[int, Meta(ge=1)] | Digits | None = None


class Discovery(Struct):
    business_discovery: Profile


def is_own(account: Account, me: str) -> bool:
    """Whether the account is the one that asks, which is known by its Graph id, or as `me`."""
    return me in (account.ids.get("graph"), account.handle)


def read(me: str, account: Account, body: bytes) -> Iterator[Reading]:
    """The count of the account, as the account `me` is told it.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    own = is_own(account, me)
    # A plain object may also be a Page: it is an account's own only where one's own is asked for, or not known (replay).
    is_plain = own or (me == UNKNOWN and b'"business_discovery"' not in body)
    profile = decode(body, Profile) if is_plain else decode(body, Discovery).business_discovery
    if not (profile.id == me if own else profile.username.lower() == account.handle.lower()):
        raise ShapeChanged(f"the answer is about {profile.username} ({profile.id})")
    ids = {"graph": profile.id} | ({"pk": str(profile.ig_id)} if profile.ig_id else {})
    yield Reading(account, "followers", Count(profile.followers_count), profile.username, ids)
