"""A channel's page: its header in every layout since 2020, whose it is, and what it says instead of a count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated
from urllib.parse import unquote

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading, Reason
from headcount.platforms.kit import counts, embedded
from headcount.platforms.kit.contract import Refusal
from headcount.platforms.kit.wire import Json, decode, find

ChannelId = Annotated[str, Meta(pattern=r"\AUC[A-Za-z0-9_-]{22}\Z")]


def read(account: Account, page: bytes) -> Reading | Miss | Refusal:
    """What a page says of the account that it was asked for.

    Raises:
        ShapeChanged: where it is of no shape that is known.
    """
    data = _data(page)
    if data is None and CONSENT in page:
        return Refusal("blocked", WALL, scope="source")
    if data is None:
        raise ShapeChanged("a page without its data")
    return _trouble(account, data, page) or _read(account, data, embedded.language(page) or "en")


def _trouble(account: Account, data: Json, page: bytes) -> Miss | None:
    """What the page says instead of showing the channel."""
    if find(data, "error.code", int) in {400, 404}:
        return Miss(account, "not_found", find(data, "error.message", str) or "", final=False)
    for alert in find(data, "alerts", list[Json]) or ():
        if find(alert, "alertRenderer.type", str) == "ERROR":
            said = find(alert, "alertRenderer.text.simpleText", str) or "an error without words"
            known: Iterator[Reason] = (reason for words, reason in ALERTS.items() if words in said)
            return Miss(account, next(known, "shape_changed"), said[:200], final=False)
    age_gate = "header" not in data and b'"channelAgeGateRenderer"' in page
    return Miss(account, "hidden", "age gate", final=False) if age_gate else None


def _read(account: Account, data: Json, language: str) -> Reading | Miss:
    count = shown(find(data, "header", Json) or {})
    if not count.is_count:
        return Miss(account, "hidden", count.text or "the page shows no count", final=False)
    whose = owner(data)
    if "uc" not in account.ids:
        same(unquote(account.handle), whose.names)
    named = next((name for name in whose.names if name.startswith("@")), None)
    return Reading(account, "followers", count.count(language), named, {"uc": whose.external_id})


class Shown(Struct, frozen=True):
    """A count as a header shows it, and as it is read aloud; both empty where there is none."""

    text: str = ""
    spoken: str = ""

    @property
    def is_count(self) -> bool:
        """Whether there is one: some headers show none, and some say `No subscribers`."""
        return any(map(str.isdigit, self.text))

    def count(self, language: str) -> Count:
        """The number, where text and speech agree on it.

        Raises:
            ShapeChanged: where they do not, or it is no number of subscribers.
        """
        count, aloud = counts.read(self.text, language), counts.read(self.spoken, language)
        if count is None or (language.startswith("en") and not SUBSCRIBERS.fullmatch(self.text)):
            raise ShapeChanged(f"no count of subscribers in {self.text[:60]!r}")
        if aloud and abs(aloud.value - count.value) >= max(aloud.granularity, count.granularity):
            raise ShapeChanged(f"shown as {self.text[:60]!r}, read aloud as {self.spoken[:60]!r}")
        return three_digits(count.value, count.granularity)


def three_digits(value: int, shown: int = 1) -> Count:
    """As fine as YouTube counts, or as coarse as it was shown."""
    step = max(shown, 10 ** max(len(str(value)) - 3, 0))
    return Count(value, step, "truncated" if step > 1 else "exact")


def shown(header: Json) -> Shown:
    """What a header shows.

    Raises:
        ShapeChanged: where it has lost the count that its kind has.
    """
    if find(header, f"{PARTS}.0", Json) and not find(header, f"{PARTS}.1", Json):
        return Shown()
    if find(header, f"{PARTS}.1.accessibilityLabel", str) and not find(header, f"{PARTS}.0.accessibilityLabel", str):
        raise ShapeChanged("a header whose count is not in its place")
    for place, label in PLACES:
        if text := find(header, place, str):
            return Shown(text, find(header, label, str) or "")
    if MAY_LACK_IT.isdisjoint(header):
        raise ShapeChanged(f"no count where it was, in a header of {list(header)[:5]}")
    return Shown()


class Owner(Struct, rename="camel"):
    """Whose page it is."""

    external_id: ChannelId
    owner_urls: list[str] = []

    @property
    def names(self) -> list[str]:
        """What the channel goes by: `@energy`, `user/energy`, `energy`."""
        return [unquote(url.rpartition("/")[2]) for url in self.owner_urls]


def owner(data: Json) -> Owner:
    """Whose page it is; a header that bears a name or an id bears its owner's.

    Raises:
        ShapeChanged: where the page does not say, or its header is of another channel.
    """
    found = find(data, "metadata.channelMetadataRenderer", Owner)
    if found is None:
        raise ShapeChanged("a page that does not say whose it is")
    same(find(data, f"header.{HEADED}", str) or "", found.names)
    if find(data, f"header.{HEADED_ID}", str) not in (None, found.external_id):
        raise ShapeChanged("the header of another channel than the page's")
    return found


def same(asked: str, answered: Sequence[str]) -> None:
    """A handle must answer with itself; any other name may answer with whatever its channel is called today.

    Raises:
        ShapeChanged: where it does not.
    """
    names = {name.removeprefix("@").casefold() for name in answered}
    if asked.startswith("@") and answered and asked[1:].casefold() not in names:
        raise ShapeChanged(f"asked for {asked}, answered about {', '.join(answered)}"[:200])


def _data(page: bytes) -> Json | None:
    """The data of a page, or None: of a page as YouTube sends it, the header and whose it is only.

    These two stand side by side behind everything else: shelves before them may have headers of their own, and a
    megabyte of videos need not be read.
    """
    start = embedded.assigned_at(page, "ytInitialData")
    start = 0 if start is None and page[:1] == b"{" else start
    if start is None:
        return None
    beside = page.find(OWNER, start)
    opening = page.rfind(HEADER, start, max(beside, start))
    header = embedded.value(page, opening + len(HEADER) - 1) if opening >= 0 else None
    is_whole = header and opening + len(HEADER) - 1 + len(header) == beside and page.find(OWNER, beside + 1) < 0
    if header and is_whole and shown(read := decode(header, Json)).is_count:
        owner = embedded.value(page, beside + len(OWNER) - 1)
        return {"header": read, "metadata": {"channelMetadataRenderer": decode(owner or b"", Json)}}
    return decode(embedded.value(page, start) or page[start:], Json)


WALL = "a wall that asks for consent"
CONSENT = b'action="https://consent.youtube.com'
ALERTS: Mapping[str, Reason] = {"does not exist": "not_found", "terminated": "suspended"}
HEADER, OWNER = b'"header":{', b',"metadata":{"channelMetadataRenderer":{'
SUBSCRIBERS = re.compile(r"\S+(?:\s(?:thousand|million|billion))?\s+subscribers?")
PARTS = "pageHeaderRenderer.content.pageHeaderViewModel.metadata.contentMetadataViewModel.metadataRows.-1.metadataParts"
HEADED = PARTS.replace("metadataRows.-1", "metadataRows.0") + ".0.text.content"
HEADED_ID = "c4TabbedHeaderRenderer.channelId"
CLASSIC = "c4TabbedHeaderRenderer.subscriberCountText"
TOPIC = "carouselHeaderRenderer.contents.*.topicChannelDetailsRenderer.subtitle"
LABEL = "accessibility.accessibilityData.label"
PLACES = (
    (f"{PARTS}.0.text.content", f"{PARTS}.0.accessibilityLabel"),
    (f"{CLASSIC}.simpleText", f"{CLASSIC}.{LABEL}"),
    (f"{CLASSIC}.runs.0.text", f"{CLASSIC}.{LABEL}"),
    (f"{TOPIC}.simpleText", f"{TOPIC}.{LABEL}"),
)
MAY_LACK_IT = {"c4TabbedHeaderRenderer", "carouselHeaderRenderer", "interactiveTabbedHeaderRenderer"}
