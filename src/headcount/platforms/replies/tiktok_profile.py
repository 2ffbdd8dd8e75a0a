"""A profile on TikTok: by the data of its public page, by its card, or by the page that is made for embedding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading, Reason
from headcount.net.message import Reply
from headcount.platforms.kit import counts, embedded
from headcount.platforms.kit.contract import Refusal
from headcount.platforms.kit.wire import Digits, Heads, HeadsText, Id, Json, decode, find

COUNT = "followerCount"
Wrapped = Annotated[int, Meta(ge=-(2**31), lt=2**32)]
"""More than 2,147,483,647 people come out negative there; so many are only shown in hundreds of millions."""
STEPS = ((10**9, 10**8), (10**6, 10**5), (10**3, 100))
LOGIN = re.compile(r"^(?:https://www\.tiktok\.com)?/login(?:[/?#]|$)")
RIDDLE = b"_wafchallengeid"
SHELL = re.compile(rb"<title>\s*TikTok - Make Your Day\s*</title>")
TITLE = re.compile(r"\(@([A-Za-z0-9_.]{2,24})\) \| TikTok$")
CARD = re.compile(r"\(@([A-Za-z0-9_.]{2,24})\) on TikTok \| [0-9.]+[KMB]? Likes?\. ([0-9.]+[KMB]?) Followers?\.")
CODES: Mapping[int, Reason] = {10202: "not_found", 10221: "not_found", 10222: "private", 10223: "not_found"}


class User(Struct, rename="camel"):
    """Whom the data are about."""

    id: Digits
    unique_id: Id


class Info(Struct, rename="camel"):
    """A user's numbers: as they are shown, and in `stats_v2` exact, as text."""

    user: User
    stats: Json = {}
    stats_v2: Json = {}


def read_page(account: Account, reply: Reply) -> Reading | Miss | Refusal:
    """What the public page says of the account that it was asked for: its data, or else its card.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    detail = _state(reply, "__UNIVERSAL_DATA_FOR_REHYDRATION__", "__DEFAULT_SCOPE__").get("webapp.user-detail")
    if info := find(detail, "userInfo", Info):
        return _by_info(account, info)
    if code := find(detail, "statusCode", int):
        return Miss(account, CODES.get(code, "shape_changed"), f"TikTok's code {code}", final=False)
    if reply.status in (404, 410):
        return Miss(account, "not_found", f"HTTP {reply.status}", final=False)
    return _by_card(account, reply) or _withheld(account, reply)


def _withheld(account: Account, reply: Reply) -> Miss | Refusal:
    """Pages come without their data for whoever is asked for: that one is shown proves nothing of the next."""
    if RIDDLE in reply.body:
        return Refusal("blocked", "a riddle for robots", scope="source")
    if reply.status == 200 and b"</html>" in reply.body and SHELL.search(reply.body):
        return Miss(account, "blocked", "a page without its data", final=False)
    raise ShapeChanged(f"a page without its data (HTTP {reply.status})")


def read_embed(account: Account, reply: Reply) -> Reading | Miss | Refusal:
    """What the page for embedding says of the account that it was asked for.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    pages = _state(reply, "__FRONTITY_CONNECT_STATE__", "source.data").items()
    page = {place.partition("?")[0].lower(): page for place, page in pages}.get(f"/embed/@{account.handle}".lower())
    if reply.status == 400 or find(page, "isError", bool):
        detail = f"private, missing, or not to be embedded: TikTok does not say which (HTTP {reply.status})"
        return Miss(account, "blocked", detail, final=False)
    return _withheld(account, reply) if page is None else _by_info(account, _embedded(page))


def _state(reply: Reply, script: str, path: str) -> Json:
    data = embedded.script(reply.body, f'id="{script}"')
    return find(decode(data, Json), path, Json) or {} if data else {}


def _by_info(account: Account, info: Info) -> Reading:
    if info.user.unique_id.lower() != account.handle.lower() and info.user.id != account.ids.get("user"):
        raise ShapeChanged(f"the page is about {info.user.unique_id}")
    return Reading(account, "followers", _count(info), info.user.unique_id, {"user": info.user.id})


def _count(info: Info) -> Count:
    """The exact number, unless it contradicts the one that is shown; else the one that is shown."""
    heads, exact = find(info.stats, COUNT, Heads), find(info.stats_v2, COUNT, HeadsText)
    shown = None if heads is None else _shown(heads)
    count = Count(int(exact)) if exact else shown
    if count is None or (shown and abs(count.value - shown.value) > shown.granularity):
        raise ShapeChanged(f"{exact} followers, shown as {heads}")
    return count


def _shown(heads: int) -> Count:
    """A number as TikTok shows it: 783,427 as 783,400, and 4,001,943 as 4,000,000; rounded or cut off, that is not known.

    One that is not so round is known as finely as its last digit that is not nought.
    """
    step = next((step for limit, step in STEPS if heads >= limit), 1)
    while heads % step:
        step //= 10
    return Count(heads, step, "unknown" if step > 1 else "exact")


def _by_card(account: Account, reply: Reply) -> Reading | None:
    """The link preview. It quotes people before and after its count, so that only what can be read in one way counts."""
    titled = TITLE.findall(embedded.meta(reply.body, "og:title") or "")
    told = CARD.findall(embedded.meta(reply.body, "og:description") or "")
    names = [name.lower() for name in (*titled, *(name for name, _ in told))]
    if not names:
        return None
    count = counts.read(told[0][1], rounding="unknown") if names == [account.handle.lower()] * 2 else None
    if count is None:
        raise ShapeChanged(f"a card of {' and '.join(names)}")
    return Reading(account, "followers", count, told[0][0])


def _embedded(page: object) -> Info:
    user, heads = find(page, "userInfo", User), find(page, f"userInfo.{COUNT}", Wrapped)
    if user is None or heads is None or (heads < 0 and heads % 2**32 % 10**8):
        raise ShapeChanged(f"an embedded page of {user and user.unique_id}: {heads} followers")
    return Info(user, {COUNT: heads % 2**32})
