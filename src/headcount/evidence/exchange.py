"""An exchange as it is kept: who was asked for which slot, why it is kept, and what was replied, in order.

It is private: nothing of it is ever published or served, and credentials have been taken out before it gets here.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct, structs

from headcount.errors import LeftAlone, NoReply, TooBig, TooSlow, Unreachable
from headcount.model import Account, Reason
from headcount.net.message import Post, Query, Reply, Request

Why = Literal["", "shape_changed", "held"]
"""What the matter was with an account of the exchange; empty: nothing."""


class Asked(Struct, frozen=True, omit_defaults=True):
    """An account that the exchange was about."""

    key: str
    handle: str
    ids: Mapping[str, str] = {}
    why: Why = ""

    @property
    def account(self) -> Account:
        """As it was asked about."""
        return Account(self.key, self.handle, self.ids)


class Question(Struct, frozen=True, omit_defaults=True):
    """A request, without what it was signed with."""

    method: str
    url: str
    query: Query = {}


class Saved(Struct, frozen=True, omit_defaults=True):
    """What came of one request; `replay` reads it as an envelope, too."""

    request: Question
    status: int = 0
    """0: no reply came, and `reason` says why."""
    headers: Mapping[str, str] = {}
    body: str = ""
    at: datetime | None = None
    """When its last byte came (UTC)."""
    url: str = ""
    encoding: Literal["", "base64"] = ""
    """How the body is written where it is no UTF-8."""
    cut: bool = False
    """The body was longer than what is kept of any: this is its beginning."""
    reason: Reason | None = None
    detail: str = ""


class Occasion(Struct, frozen=True):
    """When and about whom the same was replied."""

    job: str
    slot: datetime
    run: int
    accounts: tuple[Asked, ...]
    times: tuple[datetime | None, ...]
    urls: tuple[str, ...]
    """When and from where the replies came."""


class Exchange(Struct, frozen=True):
    """One exchange with a source."""

    job: str
    slot: datetime
    run: int
    platform: str
    source: str
    accounts: tuple[Asked, ...]
    replies: tuple[Saved, ...]

    @property
    def at(self) -> datetime:
        """When the last reply came (UTC); where none did, the beginning of the slot."""
        return max((each.at for each in self.replies if each.at), default=self.slot)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the replies is missing: what was cut off could be the end of a number."""
        return not any(each.cut for each in self.replies)

    @property
    def occasion(self) -> Occasion:
        """What is this exchange's own, where another brought the same replies."""
        times, urls = tuple(each.at for each in self.replies), tuple(each.url for each in self.replies)
        return Occasion(self.job, self.slot, self.run, self.accounts, times, urls)

    def on(self, occasion: Occasion) -> Exchange:
        """The exchange that brought the same replies on that occasion.

        Raises:
            ValueError: where it did not bring as many.
        """
        came = zip(self.replies, occasion.times, occasion.urls, strict=True)
        replies = tuple(structs.replace(reply, at=at, url=url) for reply, at, url in came)
        return Exchange(
            occasion.job, occasion.slot, occasion.run, self.platform, self.source, occasion.accounts, replies
        )


def saved(request: Request, came: Reply | NoReply, *, cut: bool = False) -> Saved:
    """What came of a request, as it is kept."""
    question = Question("POST" if isinstance(request, Post) else "GET", request.url, request.query)
    if isinstance(came, NoReply):
        return Saved(question, reason=came.reason, detail=str(came))
    whole = Saved(question, came.status, came.headers, at=came.at, url=came.url, cut=cut)
    try:
        return structs.replace(whole, body=came.body.decode())
    except UnicodeDecodeError:
        return structs.replace(whole, body=b64encode(came.body).decode(), encoding="base64")


def replied(each: Saved, at: datetime) -> Reply | NoReply:
    """What came, as it was; `at` where it does not say when."""
    if not each.status:
        return _FAULTS[each.reason](each.detail) if each.reason in _FAULTS else _left_alone(each)
    body = b64decode(each.body) if each.encoding else each.body.encode()
    return Reply(each.status, each.headers, body, each.at or at, each.url)


_FAULTS: Mapping[Reason | None, type[NoReply]] = {"unreachable": Unreachable, "too_slow": TooSlow, "too_big": TooBig}


def _left_alone(each: Saved) -> NoReply:
    return LeftAlone(each.detail, each.reason or "unreachable")
