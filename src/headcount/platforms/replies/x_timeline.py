"""The timeline that X offers for embedding: whose tweets stand there, and how many follow them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Reply
from headcount.platforms.kit import embedded
from headcount.platforms.kit.contract import Absent, Spoilt
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.wire import Digits, Heads, Id, Json, decode, sift


class Author(Struct):
    id_str: Digits
    screen_name: Id
    followers_count: Heads


def read(account: Account, reply: Reply) -> Iterator[Reading | Miss | Absent | Spoilt]:
    """What a timeline says of the account; the authors of retweets stand there too.

    An empty one proves nothing: X sends it for those whom it does not know, for those who have no tweets or show them to
    nobody, and to machines that it is tired of.

    Raises:
        ShapeChanged: where it is no timeline.
    """
    data = embedded.script(reply.body, 'id="__NEXT_DATA__"')
    if data is None:
        raise ShapeChanged(f"a page without its data (HTTP {reply.status})")
    # Everybody stands there with every tweet, mostly in the same words.
    people = (decode(user, Json) for user in dict.fromkeys(embedded.values(data, "user")))
    authors = match(sift(people, Author), lambda author: author.screen_name.lower())
    yield from authors.spoilt
    if author := _own(account, authors.found):
        yield Reading(account, "followers", Count(author.followers_count), author.screen_name, {"x": author.id_str})
    elif authors.spoilt:
        yield Absent(account)
    elif authors.found:
        yield Miss(account, "shape_changed", "only others stand on the timeline", final=False)
    else:
        yield Miss(account, "blocked", "an empty timeline, as X sends it for many reasons", final=False)


def _own(account: Account, authors: Mapping[str, Author]) -> Author | None:
    """The author who has the pinned id, under whatever name, or else the name."""
    pinned = [author for author in authors.values() if author.id_str == account.ids.get("x")]
    return pinned[0] if len(pinned) == 1 else authors.get(account.handle.lower())
