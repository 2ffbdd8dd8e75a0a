"""What Tumblr says of a blog's followers: their total, or of all that the token's owner runs, each with its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Reply
from headcount.platforms.kit.contract import Absent, Spoilt
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.wire import Heads, Id, Json, decode, find, sift
from headcount.platforms.replies.tumblr_errors import is_nobody


class Blog(Struct):
    name: Id
    followers: Heads
    uuid: Annotated[str, Meta(pattern=r"\At:[A-Za-z0-9_-]{22}\Z")] | None = None


def read(account: Account, reply: Reply) -> Iterator[Reading | Miss | Absent | Spoilt]:
    """What the answer says of the blog that it was asked for; only in Tumblr's own words is there no such blog.

    Raises:
        ShapeChanged: where it is of no shape that is known.
    """
    answer = decode(reply.body, Json)
    if is_nobody(reply):
        yield Miss(account, "not_found", "HTTP 404")
    elif (blogs := find(answer, "response.user.blogs", list[object])) is not None:
        yield from _of_own(account, blogs)
    elif (total := find(answer, "response.total_users", Heads)) is not None:
        yield Reading(account, "followers", Count(total))
    else:
        raise ShapeChanged("an answer without followers")


def _of_own(account: Account, blogs: Sequence[object]) -> Iterator[Reading | Absent | Spoilt]:
    """The count of the blog asked for, among all that the token's owner runs."""
    found = match(sift(blogs, Blog), lambda blog: blog.name.lower())
    yield from found.spoilt
    pinned = account.ids.get("tumblr")
    blog = next((each for each in found.found.values() if pinned and each.uuid == pinned), None)
    blog = blog or found.found.get(account.handle.lower())
    if blog:
        ids = {"tumblr": blog.uuid} if blog.uuid else {}
        yield Reading(account, "followers", Count(blog.followers), blog.name, ids)
    else:
        yield Absent(account, "not among the blogs of the token's owner")
