"""What Telegram's Bot API says of a chat: how many are in it, its id, or why it does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta, Struct, structs

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading, Reason
from headcount.net.message import Reply, retry_after
from headcount.platforms.kit.contract import Refusal, by_status
from headcount.platforms.kit.strict import short
from headcount.platforms.kit.wire import Heads, Id, Json, find, heard

CHANNEL = "-100"
"""Stands before the id of a channel or of a large group; addresses leave it out."""
PRIVATE = 403
UNKNOWN = "Bad Request: chat not found"
REASONS: Mapping[int, Reason] = {400: "shape_changed", 401: "bad_credentials", 404: "bad_credentials"}


class Chat(Struct):
    """A public chat may go by several names."""

    id: Annotated[int, Meta(lt=0)]
    username: Id | None = None
    active_usernames: list[Id] = []


class Answer(Struct):
    """Any answer, of whatever status."""

    ok: bool = False
    result: object = None
    error_code: int = 0
    description: str = ""
    parameters: Json = {}


def members(account: Account, reply: Reply, ids: Mapping[str, str] | None = None) -> Reading | Miss:
    """What `getChatMemberCount` answers. It does not say whom it is about: that is for who asked to know.

    Private is the last word where an id is pinned, for no page of the name proves to be that chat's; else one may help.

    Raises:
        ShapeChanged: where it is of no shape that is known.
    """
    answer = _answer(reply)
    if answer.description == UNKNOWN:
        return Miss(account, "not_found", "chat not found")
    if answer.error_code == PRIVATE:
        return Miss(account, "private", answer.description[:200], final=bool(account.ids))
    heads = find(answer.result, "", Heads) if answer.ok else None
    if heads is None:
        raise ShapeChanged(f"no count in {short(reply.body)}")
    return Reading(account, "followers", Count(heads), ids=ids or {})


def ids_of(account: Account, reply: Reply) -> dict[str, str]:
    """What `getChat` answers to the account's name.

    Raises:
        ShapeChanged: where it tells of a chat of another name, or of none.
    """
    answer = _answer(reply)
    chat = find(answer.result, "", Chat) if answer.ok else None
    names = [name.lower() for name in (chat.username, *chat.active_usernames) if name] if chat else []
    if chat is None or account.handle.lower() not in names:
        raise ShapeChanged(f"asked for @{account.handle}, told of {names or short(reply.body)}")
    return {"channel": str(chat.id).removeprefix(CHANNEL)}


def refusal(reply: Reply) -> Refusal | None:
    """What Telegram says of the whole request, in its body if not by its status."""
    answer = _answer(reply)
    code, said = answer.error_code or reply.status, answer.description[:200]
    if answer.description == UNKNOWN:
        return None
    if code == 429:
        return Refusal("rate_limited", said, scope="credential", again=_again(reply, answer))
    if reason := REASONS.get(code):
        return Refusal(reason, said, scope="credential" if reason == "bad_credentials" else "batch")
    return by_status(structs.replace(reply, status=code))


def _answer(reply: Reply) -> Answer:
    return heard(reply.body, Answer) or Answer()


def _again(reply: Reply, answer: Answer) -> datetime | timedelta | None:
    """As the body tells, or else the headers; within a day."""
    seconds = answer.parameters.get("retry_after")
    if isinstance(seconds, int) and not isinstance(seconds, bool) and seconds >= 0:
        return timedelta(seconds=min(seconds, 86_400))
    return retry_after(reply)
