"""YouTube: subscribers, as followers.

- api: `GET /youtube/v3/channels`, three digits, rounded down; a request is one of the day's 10,000 units. Up to 50
  channels by id once ids are pinned. Before, one by its handle, which the answer must bear, or by its user name of
  before 2014, which no answer bears. No official interface knows custom URLs (`c/Name`).
  https://developers.google.com/youtube/v3/docs/channels/list
- page: the channel's page, one a request, three digits, rounded down. Only its header counts: shelves show the counts
  of other channels.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from urllib.parse import quote, unquote

from msgspec import Struct, structs

from headcount.errors import ShapeChanged
from headcount.model import Account, Miss, Reading, Reason
from headcount.net.message import Get, Pace, Reply
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Source, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.matching import Matched, match
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.signing import header
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.wire import HeadsText, Json, Name, decode, find, sift
from headcount.platforms.replies import youtube_page
from headcount.platforms.replies.google_errors import refusal
from headcount.platforms.replies.youtube_header import three_digits
from headcount.platforms.replies.youtube_names import HANDLES
from headcount.platforms.replies.youtube_page import WALL, ChannelId, same


class Statistics(Struct, frozen=True, rename="camel"):
    subscriber_count: HeadsText | None = None
    hidden_subscriber_count: bool = False


class Snippet(Struct, frozen=True, rename="camel"):
    custom_url: Name = ""


class Channel(Struct):
    id: ChannelId
    statistics: Statistics = Statistics()
    snippet: Snippet = Snippet()


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
            same(name if kind == "forHandle" else "", [channel.snippet.custom_url])
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


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One channel, by the header of its page. The cookie declines what can be declined, so that no wall asks."""
    (account,) = accounts
    place = f"channel/{account.ids['uc']}" if "uc" in account.ids else quote(unquote(account.handle), safe="/@")
    headers = {"accept-language": "en-US", "cookie": "SOCS=CAE="}
    yield youtube_page.read(account, (yield Get(f"{{page}}/{place}", {"hl": "en", "ucbcb": "1"}, headers)).body)


def walled(reply: Reply) -> Refusal | None:
    """Whether something stands before the page: a wall of consent, a riddle for robots."""
    where = f"{reply.url} {reply.headers.get('location', '')}"
    if "//consent.youtube.com" in where:
        return Refusal("blocked", WALL, scope="source")
    if "google.com/sorry" in where:
        return Refusal("blocked", "a page that asks whether we are a robot", scope="source")
    return Refusal("not_found", "HTTP 404") if reply.status == 404 else by_status(reply)


THREE_DIGITS = "three digits, rounded down"
API = Source(
    name="api",
    ask=by_id,
    about=THREE_DIGITS,
    batch=50,
    pinned="uc",
    needs=("key",),
    pace=Pace(10_000, per=86_400),
    sign=header("x-goog-api-key", "key"),
    refusal=refusal,
    daily=10_000,
    misses=("not_found", "hidden", "bad_credentials", "missing_permission", "quota_exhausted"),
)
MISSES: tuple[Reason, ...] = ("not_found", "hidden", "suspended", "blocked")
PAGE = public_page(by_page, THREE_DIGITS, MISSES, pace=Pace(30), control="@YouTube", refusal=walled)
PLATFORM = Platform(
    slug="youtube",
    name="YouTube",
    hosts={"api": "https://youtube.googleapis.com", "page": "https://www.youtube.com"},
    sources=(API, structs.replace(API, ask=by_name, batch=1, pinned=None), PAGE),
    credentials=(Credential("key", "a key for the YouTube Data API v3, from console.cloud.google.com"),),
    handles=HANDLES,
    terms=Terms(
        link="https://developers.google.com/youtube/terms/developer-policies",
        dated="undated copy, with changes up to 1 June 2026",
        storing="A subscriber count read without the owner's authorisation may be kept 30 days, then deleted or refreshed;"
        " longer only for an accepted analytics use.",
        deriving="New or derived metrics, and mixing YouTube data with other sources, are not allowed unless YouTube has"
        " accepted the analytics amendment for the project.",
        government="No clause for government bodies was found; the API must not enable surveillance of users.",
        pages="Automated reading of YouTube pages is forbidden without written permission; public search engines may.",
    ),
)
