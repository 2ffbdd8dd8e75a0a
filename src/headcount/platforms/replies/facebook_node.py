"""A Facebook Page as the Graph API tells it: what is asked about it, and what the answer says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.platforms.kit.graph import Question
from headcount.platforms.kit.wire import Digits, Heads, Json, Name, decode

FIELDS = "id,username,followers_count,fan_count"


class Page(Struct):
    """The fields that are asked for."""

    id: Digits
    username: Name | None = None
    followers_count: Heads | None = None
    fan_count: Heads | None = None


def question(account: Account) -> Question:
    """What is asked about an account, by its pinned id or else by its name."""
    return Question(quote(_whom(account), safe=""), FIELDS)


def _whom(account: Account) -> str:
    return account.ids.get("graph", account.handle)


def read(account: Account, body: bytes, fold: Callable[[str], str]) -> Iterator[Reading | Miss]:
    """Likes and followers, if the answer is about whom was asked for: handles are the same if their folds are equal.

    Raises:
        ShapeChanged: where it is no Page's.
    """
    page, whom = _page(body), _whom(account)
    answered = page.id if whom.isdigit() else page.username
    if answered and fold(answered) != fold(whom):
        yield Miss(account, "renamed_or_reused", f"the answer is about {page.username} ({page.id})")
        return
    # An answer without a name is believed, for whoever was asked for is answered; but it pins nothing for ever.
    ids = {"graph": page.id} if answered else {}
    for metric, heads in (("likes", page.fan_count), ("followers", page.followers_count)):
        if heads is not None:
            yield Reading(account, metric, Count(heads), page.username, ids)
    if page.followers_count is None:
        yield Miss(account, "shape_changed", "an answer without followers_count", final=False)


def _page(body: bytes) -> Page:
    """Meta answers what it was asked for. Whoever says more of an account, and nothing of likes, speaks of no Page."""
    answer = decode(body, Json)
    if "fan_count" not in answer and (more := answer.keys() - set(FIELDS.split(","))):
        raise ShapeChanged(f"nobody asked for {', '.join(sorted(more))}"[:200])
    return decode(body, Page)
