"""Instagram: followers.

- api: business_discovery of the Graph API, 50 accounts a request by Batch (counted as 50), exact; professional accounts
  only. Asked through one's own professional account, which is asked for itself.
  https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/business_discovery
- page: the public page, one a request. Exact where Instagram embeds its data, which it seldom does; else the link
  preview's card: exact below 10,000, else abbreviated ("448K"), and some days old. Terms: read only where allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Get, Pace, Reply
from headcount.platforms.kit import counts, embedded, graph
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Source, Spoilt, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.walls import led_to
from headcount.platforms.kit.wire import Digits, Heads, Id, decode, sift

Number = Annotated[int, Meta(ge=1)]


class Profile(Struct):
    id: Digits
    username: Id
    followers_count: Heads
    ig_id: Number | Digits | None = None


class Discovery(Struct):
    business_discovery: Profile | None = None


class User(Struct):
    username: Id
    follower_count: Heads
    pk: Digits
    id: Digits | None = None


NAME = re.compile(r"[A-Za-z0-9._]{1,30}")
UNKNOWN = "me"
"""Stands for one's own account where nobody says which it is."""
FIELDS = "id,ig_id,username,followers_count"


def by_graph(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 50 accounts by their names, through one's own; a name that Instagram does not allow is not sent."""
    me = options.get("user_id", UNKNOWN)
    asked = [account for account in accounts if NAME.fullmatch(account.handle)]
    yield from (_impossible(account) for account in accounts if account not in asked)
    if asked:
        yield from graph.in_batch(asked, options["version"], partial(_path, me), partial(_read, me))


def _impossible(account: Account) -> Miss:
    return Miss(account, "not_found", "not a name that Instagram allows")


def _is_own(account: Account, me: str) -> bool:
    return me in (account.ids.get("graph"), account.handle)


def _path(me: str, account: Account) -> str:
    fields = FIELDS if _is_own(account, me) else f"business_discovery.username({account.handle}){{{FIELDS}}}"
    return f"{me}?fields={fields}"


def _read(me: str, account: Account, body: str) -> Iterator[Reading | Miss]:
    own = _is_own(account, me)
    profile = None if own else decode(body, Discovery).business_discovery
    # A plain object may also be a Page: it is an account's own only where one's own is asked for, or not known (replay).
    if profile is None and (own or me == UNKNOWN):
        profile = decode(body, Profile)
    if profile is None:
        raise ShapeChanged("an answer that discovers nobody")
    if not (profile.id == me if own else profile.username.lower() == account.handle.lower()):
        raise ShapeChanged(f"the answer is about {profile.username} ({profile.id})")
    ids = {"graph": profile.id} | ({"pk": str(profile.ig_id)} if profile.ig_id else {})
    yield Reading(account, "followers", Count(profile.followers_count), profile.username, ids)


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One public page: its embedded data, or else its card, if that is about the account asked for."""
    (account,) = accounts
    if not NAME.fullmatch(account.handle):
        yield _impossible(account)
        return
    reply = yield Get(f"{{page}}/{account.handle}/", {"hl": "en"}, {"accept-language": "en-US,en;q=0.1"})
    found = (decode(user, dict) for user in embedded.data(reply.body, "xig_user_by_username"))
    users = match(sift(found, User), lambda user: user.username.lower())
    yield from users.spoilt
    if user := users.found.get(account.handle.lower()):
        _gainsaid(user, reply.body)
        ids = {"pk": user.pk} | ({"graph": user.id} if user.id else {})
        yield Reading(account, "followers", Count(user.follower_count), user.username, ids)
    elif users.found:
        raise ShapeChanged(f"the page is about {', '.join(users.found)}")
    elif NOBODY.search(reply.body):
        yield Absent(account, "the page knows nobody of that name")
    else:
        yield from _by_card(account, reply)


def _gainsaid(user: User, page: bytes) -> None:
    """A card is some days old, but what it says cannot be far from the truth."""
    card = CARD.match(embedded.meta(page, "og:description") or "")
    count = counts.read(card["count"], rounding="unknown") if card else None
    if count and abs(user.follower_count - count.value) > max(count.granularity, count.value // 10, 100):
        raise ShapeChanged(f"{user.follower_count} in the data, {count.value} in the card")


def _by_card(account: Account, reply: Reply) -> Iterator[Reading | Absent | Spoilt | Refusal]:
    """The link preview. Whom it names stands last in its texts, after a name that people choose; the count stands first."""
    texts = [embedded.meta(reply.body, name) or "" for name in ("og:description", "og:title")]
    named = {found["name"].lower() for found in map(NAMED.search, texts) if found}
    counted = CARD.match(texts[0])
    count = counts.read(counted["count"], rounding="unknown") if counted else None
    if named == {account.handle.lower()} and count:
        yield Reading(account, "followers", count, named.pop())
    elif not named:
        yield _unshown(account, reply, texts)
    else:
        yield Spoilt(f"a card of {' and '.join(sorted(named))}: {texts[0][:40]!r}")
        yield Absent(account)


def _unshown(account: Account, reply: Reply, texts: Sequence[str]) -> Absent | Refusal:
    """A page that names nobody: a missing account and a slowed-down address look the same, and the control account tells."""
    if WALL.search(reply.body):
        return Refusal("blocked", "a login page", scope="source")
    if reply.status in (404, 410) or (reply.status == 200 and b"</html>" in reply.body and not texts[0]):
        return Absent(account, "a page without a profile")
    raise ShapeChanged(f"a page that names nobody (HTTP {reply.status}): {texts[0][:40]!r}")


def page_refusal(reply: Reply) -> Refusal | None:
    """What is said to this address, whoever it asks for: wait, or log in."""
    if refusal := by_status(reply):
        return refusal
    told = reply.body.startswith(b"{") and (b'"checkpoint_required"' in reply.body or b'"require_login"' in reply.body)
    if led_to(reply, LOGIN) or told or reply.status in (401, 403):
        return Refusal("blocked", f"told to log in (HTTP {reply.status})", scope="source")
    return None


NOBODY = re.compile(rb'"xig_user_by_username"\s*:\s*null')
NAMED = re.compile(r"\(@(?P<name>[A-Za-z0-9._]{1,30})\)(?: [•·|-] [^()@]*)?$")
CARD = re.compile(r"(?P<count>[0-9][0-9.,]*[KMBkmb]?) Followers?, [0-9.,KMBkmb]+ Following, [0-9.,KMBkmb]+ Posts?\b")
LOGIN = re.compile(r"/(?:accounts/login|challenge)/")
WALL = re.compile(rb'Create an account or log in|"(?:LoginAndSignupPage|LandingPage)"|name="password"|<title>\s*Login')

API = graph.source(by_graph, "exact; professional accounts only", needs=("token", "user_id"))
PAGE = Source(
    name="page",
    ask=by_page,
    about="exact below 10,000, else mostly abbreviated (448K)",
    pace=Pace(10),
    control="instagram",
    refusal=page_refusal,
    official=False,
)
SITE = r"(?:m\.)?(?:instagram\.com|instagr\.am)/"
PLATFORM = Platform(
    slug="instagram",
    name="Instagram",
    hosts={
        "api": "https://graph.facebook.com",
        "login": "https://graph.instagram.com",
        "page": "https://www.instagram.com",
    },
    sources=(API, PAGE),
    credentials=(
        Credential(
            "token", "a system user's token; needs instagram_basic, instagram_manage_insights, pages_read_engagement"
        ),
        Credential("user_id", "the Graph id (17841...) of one's own professional account, which asks", secret=False),
        Credential("app_secret", "the app's secret, with which every request is proved to be the app's own"),
    ),
    options={"version": "v25.0"},
    handles=Handles(
        names=(r"@?(?P<handle>[A-Za-z0-9._]{1,30})",),
        urls=(SITE + r"(?:_u/|#!/)?@?(?P<handle>[A-Za-z0-9._]{1,30})(?:[/?#].*)?",),
        reserved="_n _u about accounts api challenge developer direct emails explore graphql legal oauth p press reel"
        " reels session stories tv web",
        link="https://www.instagram.com/{handle}/",
    ),
)
