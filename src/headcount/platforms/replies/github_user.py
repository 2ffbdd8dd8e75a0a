"""What GitHub tells of a user, or of an organisation: to it they are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Reading
from headcount.net.message import Reply
from headcount.platforms.kit.wire import Heads, Id, decode


class User(Struct):
    """Whose followers they are, and how many."""

    login: Id
    id: Annotated[int, Meta(ge=1, lt=10**18)]
    followers: Heads


def read(reply: Reply, account: Account, is_asked_for: Callable[[User], bool]) -> Reading:
    """The count, and the id by which the account goes on being found when it is renamed.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    user = decode(reply.body, User)
    if not is_asked_for(user):
        raise ShapeChanged(f"an answer about {user.login} (id {user.id}), who was not asked for")
    return Reading(account, "followers", Count(user.followers), user.login, {"github": str(user.id)})
