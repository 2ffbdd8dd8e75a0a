"""Whom Twitch knows, and how many follow one of them: two answers, the second of which does not say whom it is about."""

from __future__ import annotations

from collections.abc import Callable, Container

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.platforms.kit.matching import Matched, match
from headcount.platforms.kit.wire import Digits, Heads, Id, decode, heard, sift


class User(Struct):
    """A channel has the id and the name of its user."""

    id: Digits
    login: Id


class Users(Struct):
    data: list[object]


class Followers(Struct):
    total: Heads


def known(body: bytes, name: Callable[[User], str], asked: Container[str]) -> Matched[User]:
    """The users of the first answer, by the name or the id that they were `asked` for by.

    Raises:
        ShapeChanged: where it is of no shape that is known.
    """
    return match(sift(decode(body, Users).data, User), name, asked)


def bare(body: bytes) -> int | None:
    """The count in an answer that was saved without the one before it, which says whom it is about."""
    found = heard(body, Followers)
    return found.total if found else None


def counted(account: Account, user: User, body: bytes) -> Reading | Miss:
    """The count in the second answer, which was asked for about this user: without one, it costs nobody else theirs."""
    try:
        total = decode(body, Followers).total
    except ShapeChanged as error:
        return Miss(account, "shape_changed", str(error), final=False)
    return Reading(account, "followers", Count(total), user.login, {"twitch": user.id})
