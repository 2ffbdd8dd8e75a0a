"""A user as Vimeo's API tells of it, and whether an answer is about the one who was asked for."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Reply
from headcount.platforms.kit.wire import Heads, Json, decode, find


class Followers(Struct, forbid_unknown_fields=True):
    """How many follow, and where they are listed."""

    total: Heads
    uri: str = ""
    options: list[str] = []


class User(Struct):
    """Its id stands in its `uri`, its name in its `link`."""

    uri: Annotated[str, Meta(pattern=r"\A/users/[0-9]{1,20}\Z")]
    link: Annotated[str, Meta(pattern=r"\Ahttps://vimeo\.com/[A-Za-z0-9_-]{1,60}\Z")]
    metadata: Json


class Problem(Struct):
    """The body of a 404."""

    developer_message: str


def read(account: Account, reply: Reply) -> Reading | Miss:
    """What the API says of the account that it was asked for.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    if reply.status == 404:
        return Miss(account, "not_found", decode(reply.body, Problem).developer_message[:200])
    user = decode(reply.body, User)
    followers = find(user.metadata, "connections.followers", Followers)
    if followers is None or followers.uri not in ("", f"{user.uri}/followers"):
        raise ShapeChanged(f"no followers of {user.link}: {followers}")
    return reading(account, followers.total, user.link.rpartition("/")[2], user.uri.rpartition("/")[2])


def reading(account: Account, heads: int | None, name: str, user_id: str) -> Reading:
    """The count of whoever an answer is about. A name can change, and then another may take it; an id is for ever.

    Raises:
        ShapeChanged: where that is not the account, or nothing is counted.
    """
    if heads is None or ("user" not in account.ids and name.lower() != account.handle.lower()):
        raise ShapeChanged(f"an answer about {name or 'nobody'}: {heads} followers")
    return Reading(account, "followers", Count(heads), name or None, {"user": user_id})
