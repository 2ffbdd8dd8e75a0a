"""A channel's page: whose it is, what its header shows, and what it says instead of a count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated
from urllib.parse import unquote

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Miss, Reading, Reason
from headcount.platforms.kit import embedded
from headcount.platforms.kit.contract import Refusal
from headcount.platforms.kit.wire import Json, decode, find
from headcount.platforms.replies.youtube_header import ROWS, shown

ChannelId = Annotated[str, Meta(pattern=r"\AUC[A-Za-z0-9_-]{22}\Z")]
Address = Annotated[str, Meta(pattern=r"\Ahttps?://www\.youtube\.com/channel/UC[A-Za-z0-9_-]{22}\Z")]


def read(account: Account, page: bytes) -> Reading | Miss | Refusal:
    """What a page says of the account that it was asked for.

    Raises:
        ShapeChanged: where it is of no shape that is known.
    """
    language = embedded.language(page) or "en"
    data = _data(page, language)
    if data is None and CONSENT in page:
        return Refusal("blocked", WALL, scope="source")
    if data is None:
        raise ShapeChanged("a page without its data")
    return _trouble(account, data) or _read(account, data, language)


def _trouble(account: Account, data: Json) -> Miss | None:
    """What the page says instead of showing the channel."""
    if find(data, "error.code", int) in {400, 404}:
        return Miss(account, "not_found", find(data, "error.message", str) or "", final=False)
    for alert in find(data, "alerts", list[Json]) or ():
        if find(alert, "alertRenderer.type", str) == "ERROR":
            said = find(alert, "alertRenderer.text.simpleText", str) or "an error without words"
            known: Iterator[Reason] = (reason for words, reason in ALERTS.items() if words.fullmatch(said))
            return Miss(account, next(known, "shape_changed"), said[:200], final=False)
    if "header" not in data and find(data, AGE_GATE, Json) is not None:
        return _hidden(account, owner(data), "age gate")
    return None


def _read(account: Account, data: Json, language: str) -> Reading | Miss:
    whose = owner(data)
    if whose is None:
        raise ShapeChanged("a page that does not say whose it is")
    count = shown(find(data, "header", Json) or {}, language)
    if not count.is_count:
        return _hidden(account, whose, count.text or "the page shows no count")
    _of(account, whose)
    named = next((name for name in whose.names if name.startswith("@")), None)
    return Reading(account, "followers", count.count(language), named, {"uc": whose.uc})


class Metadata(Struct, rename="camel"):
    """What a page says of its channel."""

    external_id: ChannelId
    owner_urls: list[str] = []
    vanity_channel_url: str | None = None


class Owner(Struct, frozen=True):
    """Whose page it is."""

    uc: str
    names: Sequence[str] = ()
    """What the channel goes by: `@energy`, `energy`."""


def owner(data: Json) -> Owner | None:
    """Whose page it is, or None where it does not say; a header that bears a name or an id bears its owner's.

    Raises:
        ShapeChanged: where the header is of another channel.
    """
    said = find(data, "metadata.channelMetadataRenderer", Metadata)
    if said is None:
        address = find(data, "microformat.microformatDataRenderer.urlCanonical", Address)
        return Owner(address.rpartition("/")[2]) if address else None
    names = [unquote(url.rpartition("/")[2]) for url in (*said.owner_urls, said.vanity_channel_url) if url]
    if headed := _headed(data):
        same(headed, names or [headed])
    if find(data, f"header.{HEADED_ID}", str) not in (None, said.external_id):
        raise ShapeChanged("the header of another channel than the page's")
    return Owner(said.external_id, (*names, headed) if headed else names)


def _headed(data: Json) -> str:
    """The name that a header of today begins with."""
    name = find(data, f"header.{HEADED}", str) or ""
    return name if name.startswith("@") else ""


def _hidden(account: Account, whose: Owner | None, why: str) -> Miss:
    """No count, on the account's own page; an age gate alone need not say whose it is."""
    if whose:
        _of(account, whose)
        if account.ids.get("uc", whose.uc) != whose.uc:
            raise ShapeChanged(f"the page of {whose.uc}, where {account.ids['uc']} was asked for")
    return Miss(account, "hidden", why, final=False)


def _of(account: Account, whose: Owner) -> None:
    """A page is taken for an account's by its pinned id, which is compared with every reading's, or by its name."""
    if "uc" in account.ids:
        return
    if not whose.names:
        raise ShapeChanged("the page of a channel without a name, which may be anybody's")
    same(unquote(account.handle), whose.names)


def same(asked: str, answered: Sequence[str]) -> None:
    """A handle must answer with itself; any other name may answer with whatever its channel is called today.

    Raises:
        ShapeChanged: where it does not.
    """
    names = {name.removeprefix("@").casefold() for name in answered}
    if asked.startswith("@") and asked[1:].casefold() not in names:
        raise ShapeChanged(f"asked for {asked}, answered about {', '.join(answered)}"[:200])


def _data(page: bytes, language: str) -> Json | None:
    """The data of a page, or None: of a page as YouTube sends it, the header and whose it is only.

    These two stand side by side behind everything else: shelves before them may have headers of their own, and a
    megabyte of videos need not be read. A `<` would mean that they stand in another script.
    """
    start = embedded.assigned_at(page, "ytInitialData")
    start = 0 if start is None and page[:1] == b"{" else start
    if start is None:
        return None
    beside = page.rfind(OWNER, start)
    header = _header(page, start, beside) if beside >= 0 and page.find(b"<", start, beside) < 0 else None
    if header and shown(read := decode(header, Json), language).is_count:
        owner = embedded.value(page, beside + len(OWNER) - 1)
        return {"header": read, "metadata": {"channelMetadataRenderer": decode(owner or b"", Json)}}
    return decode(embedded.value(page, start) or page[start:], Json)


def _header(page: bytes, start: int, end: int) -> bytes | None:
    """The one header of its kind, which ends there; the panels that open from it have their own, which end before."""
    at = end
    for _ in range(MOST_HEADERS):
        at = page.rfind(HEADER, start, at)
        if at < 0:
            return None
        opening = at + len(HEADER) - 1
        header = embedded.value(page, opening)
        if header and opening + len(header) == end:
            kind = page[at : opening + header.find(b":") + 1]
            return header if page.count(kind, start) == 1 else None
    return None


WALL = "a wall that asks for consent"
CONSENT = b'action="https://consent.youtube.com'
ALERTS: Mapping[re.Pattern[str], Reason] = {
    re.compile(r"This channel does not exist\.?"): "not_found",
    re.compile(r"This account has been terminated\b.*", re.DOTALL): "suspended",
}
HEADER, OWNER = b'"header":{', b',"metadata":{"channelMetadataRenderer":{'
MOST_HEADERS = 20
AGE_GATE = (
    "contents.twoColumnBrowseResultsRenderer.tabs.*.tabRenderer.content.sectionListRenderer.contents.*"
    ".channelAgeGateRenderer"
)
HEADED = f"{ROWS}.0.metadataParts.0.text.content"
HEADED_ID = "c4TabbedHeaderRenderer.channelId"
