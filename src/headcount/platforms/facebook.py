"""Facebook Pages: followers, and likes, which are another thing.

- api: `GET /{page}`, 50 Pages a request by Batch (counted as 50), exact. Needs a token with a role on the Pages and
  pages_read_engagement, or the feature Page Public Content Access.
  https://developers.facebook.com/docs/graph-api/reference/page
- page: the public page, one a request: likes exact, followers rounded ("28M"). Terms: read only where allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Get, Pace, Reply
from headcount.platforms.kit import counts, embedded, graph
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Source, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.walls import led_to
from headcount.platforms.kit.wire import Digits, Heads, Name, decode, sift


class Page(Struct):
    id: Digits
    username: Name | None = None
    followers_count: Heads | None = None
    fan_count: Heads | None = None


class Words(Struct):
    text: str


class Line(Struct):
    text: Words


class Context(Struct):
    content: list[Line]


class Delegate(Struct):
    id: Digits


class User(Struct):
    """A Page has two ids: its profile's own, and its delegate's, which is the one of the Graph API."""

    id: Digits
    delegate_page: Delegate | None = None
    profile_social_context: Context | None = None


class Header(Struct):
    user: User


class Card(Struct, frozen=True):
    """What the head of a public page says of it."""

    name: str | None
    profile: str
    likes: Count | None


def fold(handle: str) -> str:
    """Facebook ignores case and dots."""
    return handle.casefold().replace(".", "")


def by_graph(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 50 Pages, each by its pinned id or else by its name."""
    return graph.in_batch(accounts, options["version"], _path, _read)


def _path(account: Account) -> str:
    whom = account.ids.get("graph", account.handle)
    return f"{quote(whom, safe='')}?fields=id,username,followers_count,fan_count"


def _read(account: Account, body: str) -> Iterator[Reading | Miss]:
    page = decode(body, Page)
    if stranger := _stranger(account, page):
        yield Miss(account, "renamed_or_reused", stranger)
        return
    # An answer to a name that does not bear it is believed for its place in the batch, but pins nothing for ever.
    proven = page.username is not None or account.handle.isdigit() or "graph" in account.ids
    ids = {"graph": page.id} if proven else {}
    for metric, heads in (("likes", page.fan_count), ("followers", page.followers_count)):
        if heads is not None:
            yield Reading(account, metric, Count(heads), page.username, ids)
    if page.followers_count is None:
        yield Miss(account, "shape_changed", "an answer without followers_count", final=False)


def _stranger(account: Account, page: Page) -> str:
    """Why an answer to a name is about another Page; whether one to a pinned id is, the driver sees.

    Answers come in the order of the questions, so one without a name can be believed.
    """
    if "graph" in account.ids:
        return ""
    if account.handle.isdigit():
        return "" if page.id == account.handle else f"the answer is about {page.id}"
    same = page.username is None or fold(page.username) == fold(account.handle)
    return "" if same else f"the answer is about {page.username} ({page.id})"


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One public page, if it says that it is the one asked for."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/{quote(account.handle, safe='')}/", headers={"accept-language": "en-US,en;q=0.1"})
    card = _card(reply.body)
    found = embedded.data(reply.body, "profile_header_renderer")
    headers = match(sift((decode(header, dict) for header in found), Header), lambda header: header.user.id)
    yield from headers.spoilt
    header = headers.found.get(card.profile)
    if not (card.likes or header):
        yield _unshown(account, reply)
        return
    ids = _ids(account, card, header)
    if not _is_asked_for(account, card, ids):
        raise ShapeChanged(f"the page is about {card.name or card.profile or 'nobody'}")
    if card.likes:
        yield Reading(account, "likes", card.likes, card.name, ids)
    line = _line(header)
    followers = counts.read(line, rounding="unknown") if FOLLOWERS.fullmatch(line) else None
    if followers:
        yield Reading(account, "followers", followers, card.name, ids)
    else:
        shown = header is not None and header.user.profile_social_context is not None
        yield _without_followers(account, reply.body, unread=bool(line) or not shown)


def _card(page: bytes) -> Card:
    name = OWN_ADDRESS.fullmatch(embedded.meta(page, "og:url") or "")
    profile = PROFILE.fullmatch(embedded.meta(page, "al:android:url") or "")
    return Card(name["name"] if name else None, profile["id"] if profile else "", _likes(page))


def _likes(page: bytes) -> Count | None:
    """The number before "likes", after the Page's own name: a name may hold any number, even one of likes."""
    title, about = embedded.meta(page, "og:title"), embedded.meta(page, "og:description")
    if not title or not about:
        return None
    name = title if about.startswith(title) else title.partition(" | ")[0]
    told_apart = about.startswith(name) or len(ANY_LIKES.findall(about)) == 1
    likes = LIKES.match(about.removeprefix(name)) if told_apart else None
    return counts.read(likes["likes"], rounding="unknown") if likes else None


def _ids(account: Account, card: Card, header: Header | None) -> dict[str, str]:
    """The Graph API's id is the delegate's; but an address that was pinned may bear the profile's."""
    delegate = header.user.delegate_page if header else None
    page = card.profile if account.ids.get("graph") == card.profile else delegate.id if delegate else ""
    return {scheme: id_ for scheme, id_ in (("profile", card.profile), ("graph", page)) if id_}


def _is_asked_for(account: Account, card: Card, ids: Mapping[str, str]) -> bool:
    by_id = {account.handle, account.ids.get("graph")} & set(ids.values())
    return bool(by_id) or (card.name is not None and fold(card.name) == fold(account.handle))


def _line(header: Header | None) -> str:
    """The words about followers: `28M followers`, of which Meta has both rounded and cut down the number."""
    context = header.user.profile_social_context if header else None
    lines = {line.text.text for line in context.content if "follower" in line.text.text} if context else set()
    if len(lines) > 1:
        raise ShapeChanged(f"several counts of followers: {', '.join(sorted(lines))}"[:200])
    return "".join(lines)


def _without_followers(account: Account, page: bytes, *, unread: bool) -> Miss:
    """They are hidden, if the page is whole, in the language that we read, and shows the place where they would stand.

    Hidden is nobody's failure and nobody is told: a page that has lost its header must not pass for it.
    """
    if unread or b"</html>" not in page or not embedded.language(page).startswith("en"):
        return Miss(account, "shape_changed", "a page whose followers cannot be read", final=False)
    return Miss(account, "hidden", "the public page shows no followers", final=False)


def _unshown(account: Account, reply: Reply) -> Absent | Refusal:
    if reply.status in (404, 410) or GONE.search(reply.body):
        return Absent(account, "the page is not there")
    if WALL.search(reply.body):
        return Refusal("blocked", "a login wall")
    raise ShapeChanged(f"a page without likes and followers (HTTP {reply.status})")


def page_refusal(reply: Reply) -> Refusal | None:
    """Facebook hides one page behind its login, and shows the next: a wall says nothing of other pages."""
    if reply.status in (401, 403) or led_to(reply, LOGIN):
        return Refusal("blocked", f"sent to the login page (HTTP {reply.status})")
    return by_status(reply)


OWN_ADDRESS = re.compile(r"https?://[^/?#]+/(?P<name>(?!profile\.php)[A-Za-z0-9.]{1,80})/?(?:[?#].*)?")
PROFILE = re.compile(r"fb://(?:profile|page)/(?:\?id=)?(?P<id>[0-9]{1,20})")
LIKES = re.compile(r"(?:[^.0-9]*\. )?(?P<likes>[0-9][0-9,.]*(?: ?[KMB])? likes?)(?= ·|\.|$)")
ANY_LIKES = re.compile(r"[0-9] likes?\b")
FOLLOWERS = re.compile(r"[0-9][0-9,.]*(?: ?[KMB])? followers?")
LOGIN = re.compile(r"/(?:login|checkpoint)(?:\.php)?(?:[/?#]|$)")
WALL = re.compile(rb'id="login_form"|Log in or sign up|Log in(?:to| to) Facebook')
GONE = re.compile(rb"(?:[Cc]ontent|[Pp]age) isn(?:'|\xe2\x80\x99|&#0?39;|\\u2019)t available")

API = graph.source(by_graph, "exact", needs=("token",))
PAGE = Source(
    name="page",
    ask=by_page,
    about="likes exact, followers abbreviated (28M)",
    pace=Pace(10),
    control="NASA",
    refusal=page_refusal,
    official=False,
)
SITE = r"(?:[a-z]{2}-[a-z]{2}\.|m\.|web\.|mbasic\.|business\.|touch\.)?(?:facebook|fb)\.(?:com|me)/"
END = r"(?:[/?#].*)?"
PLATFORM = Platform(
    slug="facebook",
    name="Facebook",
    hosts={"api": "https://graph.facebook.com", "page": "https://www.facebook.com"},
    sources=(API, PAGE),
    credentials=(
        Credential("token", "a system user's token that never expires, or a Page's; needs pages_read_engagement"),
        Credential("app_id", "the app's id, beside its secret"),
        Credential("app_secret", "the app's secret, with which every request is proved to be the app's own"),
    ),
    options={"version": "v25.0"},
    handles=Handles(
        names=(r"@?(?P<handle>[A-Za-z0-9.]{2,80})",),
        urls=(
            SITE + r"profile\.php\?(?:.*&)?id=(?P<graph>[0-9]{5,20})(?:[&#].*)?",
            SITE + r"(?:people|pages)/[^/?#]+/(?P<graph>[0-9]{5,20})" + END,
            SITE + r"(?:p/|pages/category/[^/?#]+/)?[^/?#]+-(?P<graph>[0-9]{9,20})" + END,
            SITE + r"(?:pg/)?(?P<graph>[0-9]{5,20})" + END,
            SITE + r"(?:pg/|#!/)?@?(?P<handle>(?![a-z]+\.php)[A-Za-z0-9.]{2,80})" + END,
        ),
        reserved="about ads business careers dialog directory events facebook.com fb.com friends gaming groups hashtag help home legal login"
        " marketplace me media messages notifications p pages people permalink pg photo photos plugins policies privacy"
        " public reel reels search settings share sharer stories story tr watch",
        fold=fold,
        link="https://www.facebook.com/{handle}",
    ),
)
