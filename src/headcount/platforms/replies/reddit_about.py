"""What Reddit says about a subreddit, or about a user and the profile that one follows."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.platforms.kit.matching import Matched, match
from headcount.platforms.kit.wire import Heads, Id, Json, decode, find, sift

T = TypeVar("T")


class About(Struct, Generic[T]):
    """Any thing of Reddit's, alone or in a listing."""

    data: T


class Profile(Struct):
    """The subreddit of one user."""

    display_name: Id
    subscribers: Heads


class Subreddit(Profile):
    name: Annotated[str, Meta(pattern=r"\At5_[a-z0-9]{1,13}\Z")]


class User(Struct):
    name: Id
    id: Annotated[str, Meta(pattern=r"\A[a-z0-9]{1,13}\Z")] = ""
    is_suspended: bool = False
    subreddit: Profile | None = None


def listed(body: bytes, asked: Container[str]) -> Matched[About[Subreddit]]:
    """The subreddits of a listing by their ids; a subreddit that stands alone is a listing of one."""
    answer = decode(body, Json)
    children = find(answer, "data.children", list[object])
    return match(sift([answer] if children is None else children, About[Subreddit]), lambda each: each.data.name, asked)


def read(account: Account, body: bytes) -> Reading | Miss:
    """What the answer about one subreddit, or user, says.

    Raises:
        ShapeChanged: where it is about another, or of no shape that is known.
    """
    if account.handle.rpartition("/")[0] == "u":
        return _of_user(account, decode(body, About[User]).data)
    return of_subreddit(account, decode(body, About[Subreddit]))


def of_subreddit(account: Account, thing: About[Subreddit]) -> Reading:
    """Its members.

    Raises:
        ShapeChanged: where it is another subreddit than the one asked for.
    """
    about = thing.data
    handle, ids = f"r/{about.display_name}", {"t5": about.name}
    _same(account, handle, ids)
    return Reading(account, "followers", Count(about.subscribers), handle, ids)


def _of_user(account: Account, about: User) -> Reading | Miss:
    """The followers of the user's own profile."""
    handle, ids = f"u/{about.name}", {"t2": f"t2_{about.id}"}
    _same(account, handle, ids)
    if about.is_suspended:
        return Miss(account, "suspended")
    if about.subreddit is None:
        return Miss(account, "hidden", "an account without a profile to follow")
    if not about.id or about.subreddit.display_name.lower() != f"u_{about.name}".lower():
        raise ShapeChanged(f"{handle} with the profile of {about.subreddit.display_name}")
    return Reading(account, "followers", Count(about.subreddit.subscribers), handle, ids)


def _same(account: Account, handle: str, ids: Mapping[str, str]) -> None:
    asked = account.handle if "/" in account.handle else f"r/{account.handle}"
    if handle.lower() != asked.lower() and not ids.items() & account.ids.items():
        raise ShapeChanged(f"asked for {asked}, answered about {handle}")
