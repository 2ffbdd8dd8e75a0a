"""YouTube: subscribers, as followers.

- api: `GET /youtube/v3/channels`, three digits, rounded down; a request is one of the day's 10,000 units. Up to 50
  channels by id once ids are pinned. Before, one by its handle, which the answer must bear, or by its user name of
  before 2014, which no answer bears. No official interface knows custom URLs (`c/Name`).
  https://developers.google.com/youtube/v3/docs/channels/list
- page: the channel's page, one a request, three digits, rounded down. Only its header counts: shelves show the counts
  of other channels.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Annotated
from urllib.parse import quote, unquote

from msgspec import Meta, Struct, structs

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading, Reason
from headcount.net.message import Get, Pace, Reply
from headcount.platforms.kit import counts, embedded
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Source, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.google_errors import refusal
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import Matched, match
from headcount.platforms.kit.signing import header
from headcount.platforms.kit.wire import HeadsText, Json, Name, decode, find, sift

ChannelId = Annotated[str, Meta(pattern=r"\AUC[A-Za-z0-9_-]{22}\Z")]


class Statistics(Struct, frozen=True, rename="camel"):
    subscriber_count: HeadsText | None = None
    hidden_subscriber_count: bool = False


class Snippet(Struct, frozen=True, rename="camel"):
    custom_url: Name = ""


class Channel(Struct):
    id: ChannelId
    statistics: Statistics = Statistics()
    snippet: Snippet = Snippet()


class Owner(Struct, rename="camel"):
    external_id: ChannelId
    owner_urls: list[str] = []


def by_id(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 50 channels by their ids: whatever they are called today, in whatever order they come."""
    asked = {account.ids["uc"]: account for account in accounts}
    channels = _channels((yield _get({"id": ",".join(asked), "maxResults": "50"})), asked)
    yield from channels.spoilt
    for uc, account in asked.items():
        yield _said(account, channels.found[uc]) if uc in channels.found else Absent(account)


def by_name(accounts: Sequence[Account], options: Options) -> Exchange:
    """One channel by its handle, or by its old user name where the name may be one."""
    (account,) = accounts
    for kind, name in _kinds(unquote(account.handle)):
        channels = _channels((yield _get({kind: name})))
        yield from channels.spoilt
        if len(channels.found) > 1:
            raise ShapeChanged(f"several channels for {kind}={name}")
        for channel in channels.found.values():
            if kind == "forHandle":
                _same(name, [channel.snippet.custom_url])
            yield _said(account, channel)
            return
    yield Absent(account, "no handle; if it is a custom URL, give the channel's id (UC...) instead")


def _kinds(handle: str) -> Iterator[tuple[str, str]]:
    form, _, name = handle.rpartition("/")
    if form != "user":
        yield "forHandle", f"@{name.removeprefix('@')}"
    if form != "c" and not name.startswith("@"):
        yield "forUsername", name


def _get(whom: Mapping[str, str]) -> Get:
    fields = "pageInfo,items(id,snippet/customUrl,statistics(subscriberCount,hiddenSubscriberCount))"
    return Get("{api}/youtube/v3/channels", {**whom, "part": "statistics,snippet", "fields": fields})


def _channels(reply: Reply, asked: Container[str] | None = None) -> Matched[Channel]:
    answer = decode(reply.body, Json)
    items = find(answer, "items", list)
    if items is None and find(answer, "pageInfo.totalResults", int) != 0:
        raise ShapeChanged("an answer without its channels")
    return match(sift(items or (), Channel), lambda channel: channel.id, asked)


def _said(account: Account, channel: Channel) -> Reading | Miss:
    if channel.statistics.hidden_subscriber_count:
        return Miss(account, "hidden", "the channel hides its count")
    if channel.statistics.subscriber_count is None:
        return Miss(account, "shape_changed", "a channel without its count", final=False)
    count = three_digits(int(channel.statistics.subscriber_count))
    return Reading(account, "followers", count, channel.snippet.custom_url or None, {"uc": channel.id})


def three_digits(value: int, shown: int = 1) -> Count:
    """As fine as YouTube counts, or as coarse as it was shown."""
    step = max(shown, 10 ** max(len(str(value)) - 3, 0))
    return Count(value, step, "truncated" if step > 1 else "exact")


def _same(asked: str, answered: Sequence[str]) -> None:
    """A handle must answer with itself; any other name may answer with whatever its channel is called today."""
    names = {name.removeprefix("@").casefold() for name in answered}
    if asked.startswith("@") and answered and asked[1:].casefold() not in names:
        raise ShapeChanged(f"asked for {asked}, answered about {', '.join(answered)}"[:200])


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One channel, by the header of its page. The cookie declines what can be declined, so that no wall asks."""
    (account,) = accounts
    place = f"channel/{account.ids['uc']}" if "uc" in account.ids else quote(unquote(account.handle), safe="/@")
    headers = {"accept-language": "en-US", "cookie": "SOCS=CAE="}
    page = (yield Get(f"{{page}}/{place}", {"hl": "en", "ucbcb": "1"}, headers)).body
    data = decode(embedded.assigned(page, "ytInitialData") or page, Json)
    yield _trouble(account, data, page) or _read(account, data, embedded.language(page) or "en")


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
    shown, spoken = _shown(find(data, "header", Json) or {})
    if not any(map(str.isdigit, shown)):
        return Miss(account, "hidden", shown or "the page shows no count", final=False)
    owner = find(data, "metadata.channelMetadataRenderer", Owner)
    if owner is None:
        raise ShapeChanged("a page that does not say whose it is")
    names = [unquote(url.rpartition("/")[2]) for url in owner.owner_urls]
    if "uc" not in account.ids:
        _same(unquote(account.handle), names)
    _same(find(data, f"header.{HEADED}", str) or "", names)
    if find(data, f"header.{HEADED_ID}", str) not in (None, owner.external_id):
        raise ShapeChanged("the header of another channel than the page's")
    handle = next((name for name in names if name.startswith("@")), None)
    return Reading(account, "followers", _count(shown, spoken, language), handle, {"uc": owner.external_id})


def _shown(header: Json) -> tuple[str, str]:
    """The count as shown and as read aloud; both empty where this kind of header has none."""
    if find(header, f"{PARTS}.0", Json) and not find(header, f"{PARTS}.1", Json):
        return "", ""
    if find(header, f"{PARTS}.1.accessibilityLabel", str) and not find(header, f"{PARTS}.0.accessibilityLabel", str):
        raise ShapeChanged("a header whose count is not in its place")
    for shown, spoken in PLACES:
        if text := find(header, shown, str):
            return text, find(header, spoken, str) or ""
    if MAY_LACK_IT.isdisjoint(header):
        raise ShapeChanged(f"no count where it was, in a header of {list(header)[:5]}")
    return "", ""


def _count(shown: str, spoken: str, language: str) -> Count:
    count, aloud = counts.read(shown, language), counts.read(spoken, language)
    if count is None or (language.startswith("en") and not SUBSCRIBERS.fullmatch(shown)):
        raise ShapeChanged(f"no count of subscribers in {shown[:60]!r}")
    if aloud and abs(aloud.value - count.value) >= max(aloud.granularity, count.granularity):
        raise ShapeChanged(f"shown as {shown[:60]!r}, read aloud as {spoken[:60]!r}")
    return three_digits(count.value, count.granularity)


def walled(reply: Reply) -> Refusal | None:
    """Whether something stands before the page: a wall of consent, a riddle for robots."""
    where = f"{reply.url} {reply.headers.get('location', '')}"
    if "//consent.youtube.com" in where or b'action="https://consent.youtube.com' in reply.body:
        return Refusal("blocked", "a wall that asks for consent", scope="source")
    if "google.com/sorry" in where:
        return Refusal("blocked", "a page that asks whether we are a robot", scope="source")
    return Refusal("not_found", "HTTP 404") if reply.status == 404 else by_status(reply)


def fold(handle: str) -> str:
    """`@Name` and `name` are one; `user/name` and `c/name` may be others."""
    return unquote(handle).removeprefix("@").casefold()


ALERTS: Mapping[str, Reason] = {"does not exist": "not_found", "terminated": "suspended"}
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

sign = header("x-goog-api-key", "key")
THREE_DIGITS = "three digits, rounded down"
API = Source("api", by_id, THREE_DIGITS, 50, "uc", ("key",), Pace(10_000, per=86_400), sign=sign, refusal=refusal)
PAGE = Source("page", by_page, THREE_DIGITS, pace=Pace(30), control="@YouTube", refusal=walled, official=False)
SITE = r"(?:(?:m|music|gaming)\.)?youtube\.com/"
UC = r"(?P<uc>UC[A-Za-z0-9_-]{22})"
NAME = r"(?P<handle>(?:user/|c/|@)?[\w.\u00b7-]{1,100})"
PLATFORM = Platform(
    slug="youtube",
    name="YouTube",
    hosts={"api": "https://youtube.googleapis.com", "page": "https://www.youtube.com"},
    sources=(API, structs.replace(API, ask=by_name, batch=1, pinned=None), PAGE),
    credentials=(Credential("key", "a key for the YouTube Data API v3, from console.cloud.google.com"),),
    handles=Handles(
        names=(UC, NAME),
        urls=(
            rf"{SITE}channel/{UC}(?:[/?#].*)?",
            rf"{SITE}feeds/videos\.xml\?(?:.*&)?channel_id={UC}(?:&.*)?",
            rf"{SITE}{NAME}(?:[/?#].*)?",
        ),
        reserved="about c channel embed feed feeds gaming hashtag live playlist post premium redirect results shorts user watch",
        fold=fold,
        link="https://www.youtube.com/{handle}",
    ),
)
