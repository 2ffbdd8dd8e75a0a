"""A photostream on Flickr: the models that the page embeds, whose they are, and what stands before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, TypeVar
from urllib.parse import unquote

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Reply
from headcount.platforms.kit import embedded
from headcount.platforms.kit.contract import Absent, Refusal, by_status
from headcount.platforms.kit.walls import led_to
from headcount.platforms.kit.wire import Heads, Json, decode, find

T = TypeVar("T")
Alias = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{1,40}\Z")]
Nsid = Annotated[str, Meta(pattern=r"\A[0-9]{4,12}(?:@|%40)N[0-9]{2}\Z")]
LOGIN = re.compile(r"^https://identity\.flickr\.com/")
EXPORT = re.compile(rb"\bmodelExport\s*:\s*(?=\{)")


class Owner(Struct, rename="camel"):
    """Whose photostream it is."""

    id: Nsid
    path_alias: Alias | None = None
    is_deleted: bool = False

    @property
    def nsid(self) -> str:
        """Its stable id: `37916456@N02`."""
        return unquote(self.id)

    @property
    def handle(self) -> str:
        """Its alias, or its id where it has none."""
        return self.path_alias or self.nsid


def read(account: Account, name: str | None, reply: Reply) -> Reading | Miss | Absent:
    """The count, if the photostream is of the alias or id that was asked for; behind a short link, of anybody.

    Pages that are nobody's, such as `/photos/tags/`, are answered with 200 too: only an owner of that name will do.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    models = _models(reply.body)
    owner = models and _either(models, "photostream-models.0.", ("data.owner.data", "owner"), Owner)
    if not models or not owner:
        return _without_owner(account, reply, models)
    if name is not None and name.lower() not in (owner.handle.lower(), owner.nsid.lower()):
        raise ShapeChanged(f"the page of {owner.nsid}, who was not asked for")
    if owner.is_deleted:
        return Miss(account, "deactivated", "the account is deleted")
    return Reading(account, "followers", Count(_followers(models)), owner.handle, {"nsid": owner.nsid})


def _models(page: bytes) -> Json | None:
    """The models that the page hands to its program; texts in them are percent-encoded."""
    for text in embedded.scripts(page):
        if marker := EXPORT.search(text):
            export = embedded.value(text, marker.end())
            return find(decode(export, Json), "main", Json) if export else None
    return None


def _either(models: Json, start: str, ways: Sequence[str], kind: type[T]) -> T | None:
    """What stands at the first of these ways that is there: models were wrapped in `data` some years ago."""
    found = (find(models, start + way, kind) for way in ways)
    return next((each for each in found if each is not None), None)


def _followers(models: Json) -> int:
    followers = _either(models, "person-contacts-count-models.0.", ("data.followerCount", "followerCount"), Heads)
    if followers is None:
        raise ShapeChanged("a photostream without its followerCount")
    return followers


def _without_owner(account: Account, reply: Reply, models: Json | None) -> Absent:
    """Nobody's page has models too; a wall has none."""
    if reply.status in (404, 410) or (models and reply.status == 200):
        return Absent(account, f"no photostream of that name (HTTP {reply.status})")
    raise ShapeChanged(f"a page without its models (HTTP {reply.status})")


def refusal(reply: Reply) -> Refusal | None:
    """A riddle for robots comes with 403, or with a header of the firewall that sets it."""
    if reply.status == 403 or "x-amzn-waf-action" in reply.headers:
        return Refusal("blocked", f"a wall instead of the page (HTTP {reply.status})", scope="source")
    if led_to(reply, LOGIN):
        return Refusal("blocked", f"sent to log in (HTTP {reply.status})")
    return by_status(reply)
