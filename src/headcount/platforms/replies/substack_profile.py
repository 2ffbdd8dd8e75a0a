"""The profile of an author on Substack: whose it is, the publication it runs, subscribers and followers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Reply
from headcount.platforms.kit.wire import Heads, Name, decode

PROFILE_FOLLOWERS = "profile_followers"
"""The metric of the author's followers; `followers` are the subscribers."""
UNKNOWN = "profile not found"


class Publication(Struct):
    """`NAME` of `NAME.substack.com`."""

    subdomain: Name | None = None


class Profile(Struct, rename="camel"):
    """Its count of subscribers is null where the author does not show it."""

    id: Annotated[int, Meta(ge=1)]
    handle: Name
    subscriber_count_number: Heads | None
    follower_count: Heads | None = None
    primary_publication: Publication | None = None
    publications: list[Publication] | None = None


class Nobody(Struct):
    """What stands in place of a profile that is not there."""

    error: str


def read(account: Account, reply: Reply) -> Iterator[Reading | Miss]:
    """The counts, if the profile is the one that was asked for, or runs the publication that was.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    if reply.status != 404:
        yield from _said(account, decode(reply.body, Profile))
    elif (error := decode(reply.body, Nobody).error).lower() == UNKNOWN:
        yield Miss(account, "not_found", error)
    else:
        raise ShapeChanged(f"HTTP 404, with another error: {error[:100]!r}")


def _said(account: Account, profile: Profile) -> Iterator[Reading | Miss]:
    ids = {"user": str(profile.id)}
    if publication := account.ids.get("publication"):
        if publication.lower() != _publication(profile).lower():
            detail = f"@{profile.handle} does not run {publication}.substack.com: write its author's @name"
            yield Miss(account, "not_found", detail)
            return
    elif profile.handle.lower() != account.handle.lower() and not ids.items() & account.ids.items():
        raise ShapeChanged(f"the answer is about {profile.handle}")
    yield from _counted(account, profile, ids)


def _counted(account: Account, profile: Profile, ids: Mapping[str, str]) -> Iterator[Reading | Miss]:
    if profile.subscriber_count_number is None:
        yield Miss(account, "hidden", "the author does not show it")
    else:
        yield Reading(account, "followers", Count(profile.subscriber_count_number), profile.handle, ids)
    if profile.follower_count is not None:
        yield Reading(account, PROFILE_FOLLOWERS, Count(profile.follower_count), profile.handle, ids)


def _publication(profile: Profile) -> str:
    """The name of the one publication that the subscribers are of; nothing where there are several, or none."""
    listed = [profile.primary_publication] if profile.primary_publication else profile.publications or []
    return listed[0].subdomain or "" if len(listed) == 1 else ""
