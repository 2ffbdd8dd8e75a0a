"""A page of Medium: its own JSON, the data that it embeds, or its link to the list of followers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Reply
from headcount.platforms.kit import counts, embedded
from headcount.platforms.kit.contract import Absent
from headcount.platforms.kit.wire import Heads, Id, Json, decode, find

PREFIX = "publication/"
GUARD = b"])}while(1);</x>"
"""Before the JSON: it keeps other pages' scripts from reading it."""
SIGN_IN = re.compile(r"^(?:https://medium\.com)?/m/(?:signin|global-identity)")
MOVED = (301, 302, 307, 308)
NOBODY = (b">PAGE NOT FOUND<", b">Out of nothing, something.<")


class Kind(Struct, frozen=True):
    """What can be followed, and where its name and its count stand in the data that a page embeds."""

    scheme: str
    type: str
    name: str
    heads: str


PERSON = Kind("user", "User:", "username", "socialStats.followerCount")
PUBLICATION = Kind("publication", "Collection:", "slug", "subscriberCount")


def kind_of(account: Account) -> Kind:
    """A person, unless the handle says that it is a publication."""
    return PUBLICATION if account.handle.startswith(PREFIX) else PERSON


def name_of(account: Account) -> str:
    """The name, whatever bears it."""
    return account.handle.removeprefix(PREFIX)


def read_json(account: Account, reply: Reply) -> Reading | Miss:
    """What a page's JSON says of the account that it was asked for.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    answer = decode(reply.body[len(GUARD) :], Json)
    error = find(answer, "error", str) or ""
    if "No user found" in error:
        return Miss(account, "not_found", error[:200])
    if "is suspended" in error or find(answer, "payload.user.isSuspended", bool):
        return Miss(account, "suspended", error[:200])
    return (_publication if kind_of(account) is PUBLICATION else _person)(account, answer)


def _publication(account: Account, answer: Json) -> Reading:
    name, found = (find(answer, f"payload.collection.{key}", Id) for key in ("slug", "id"))
    return _reading(account, name, found, find(answer, "payload.collection.metadata.followerCount", Heads))


def _person(account: Account, answer: Json) -> Reading:
    name, found = (find(answer, f"payload.user.{key}", Id) for key in ("username", "userId"))
    stats = (find(answer, "payload.references.SocialStats", Json) or {}).get(found or "")
    own = find(stats, "userId", Id) == found
    return _reading(account, name, found, find(stats, "usersFollowedByCount", Heads) if own else None)


def _reading(account: Account, name: str | None, found: str | None, heads: int | None) -> Reading:
    if name is None or found is None or heads is None or name.lower() != name_of(account).lower():
        raise ShapeChanged(f"an answer about {name} ({found}): {heads} followers")
    return Reading(account, "followers", Count(heads), ids={kind_of(account).scheme: found})


def data(reply: Reply) -> Json:
    """What a page embeds; empty where it embeds nothing."""
    text = embedded.assigned(reply.body, "__APOLLO_STATE__")
    return decode(text, Json) if text else {}


def read(account: Account, reply: Reply) -> Reading | Miss | Absent:
    """What a page that people see says of the account that it was asked for: its data, or else its link.

    Raises:
        ShapeChanged: where it is about several, or of no shape that is known.
    """
    told = dict(_told(account, data(reply)))
    if len(told) == 1:
        ((found, heads),) = told.items()
        return _reading(account, name_of(account), found, heads)
    if not told and (count := _linked(account, reply.body)):
        return Reading(account, "followers", count)
    return _uncounted(account, reply, len(told))


def _told(account: Account, state: Json) -> Iterator[tuple[str, int]]:
    """The followers of everybody of that name, by id: nobody is first."""
    for key, item in _namesakes(account, state):
        heads = find(item, kind_of(account).heads, Heads)
        if heads is not None and find(item, "id", Id) == key:
            yield key, heads


def _namesakes(account: Account, state: Json) -> Iterator[tuple[str, object]]:
    """Those who are recommended stand on the page too."""
    kind = kind_of(account)
    for key, item in state.items():
        if key.startswith(kind.type) and (find(item, kind.name, str) or "").lower() == name_of(account).lower():
            yield key.removeprefix(kind.type), item


def _linked(account: Account, page: bytes) -> Count | None:
    """The text of the link to the account's followers, where all such links agree."""
    own = rf'/@{re.escape(account.handle)}/followers[^"]{{0,300}}"[^>]{{0,300}}>([0-9.,]+[KM]?) [Ff]ollowers?<'
    texts = set(re.findall(own, page.decode("utf-8", "replace"), re.IGNORECASE))
    return counts.read(texts.pop(), rounding="unknown") if len(texts) == 1 else None


def _uncounted(account: Account, reply: Reply, told: int) -> Miss | Absent:
    if reply.status in MOVED and (place := reply.headers.get("location")):
        return Miss(account, "moved", f"its page is at {place[:150]}, where it is not looked for", final=False)
    if reply.status in (404, 410) or all(words in reply.body for words in NOBODY):
        return Absent(account, f"a page of nobody (HTTP {reply.status})")
    raise ShapeChanged(f"a page with {told} accounts of that name (HTTP {reply.status})")
