"""Threads: followers.

- api: exact, one account a request, 1,000 in 24 hours. Others by profile discovery, of an app that Meta has reviewed;
  one's own (`username`) by its insights, which need no review: two requests, for they do not say whose they are.
  https://developers.facebook.com/docs/threads/threads-profiles https://developers.facebook.com/docs/threads/insights
- page: one a request; exact where Threads embeds its data, else the link preview's card ("18.2M"). An unknown name gets
  the same login card as an unwelcome visitor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, structs

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Get, Pace, Reply
from headcount.platforms.kit import preview
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Source
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.graph_errors import judged
from headcount.platforms.kit.graph_usage import allowance
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.signing import bearer
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.wire import Digits, Heads, Id, Json, decode, find, sift
from headcount.platforms.replies import threads_page


class Profile(Struct):
    username: Id
    follower_count: Heads
    is_verified: bool


class Owner(Struct):
    id: Digits
    username: Id


NAME = re.compile(r"[A-Za-z0-9._]{1,30}")


def by_graph(accounts: Sequence[Account], options: Options) -> Exchange:
    """One account by its name; one's own by its insights."""
    (account,) = accounts
    own = options.get("username", "").removeprefix("@").lower()
    if not NAME.fullmatch(account.handle):
        yield _impossible(account)
    elif account.handle.lower() == own:
        yield from _own(account)
    else:
        yield from _discovered(account, options)


def _impossible(account: Account) -> Miss:
    return Miss(account, "not_found", "not a name that Threads allows")


def _own(account: Account) -> Exchange:
    """Insights are of whoever the token is of, so that is asked first."""
    reply = yield Get("{api}/v1.0/me", {"fields": "id,username"})
    owner = decode(reply.body, Owner)
    if owner.username.lower() != account.handle.lower() and owner.id != account.ids.get("threads"):
        yield Miss(account, "bad_credentials", f"the token is that of {owner.username}", final=False)
        return
    reply = yield Get("{api}/v1.0/me/threads_insights", {"metric": FOLLOWERS})
    yield Reading(account, "followers", _insight(reply.body), owner.username, {"threads": owner.id})


def _insight(body: bytes) -> Count:
    found = {find(each, "total_value.value", Heads) for each in _items(body) if find(each, "name", str) == FOLLOWERS}
    count = found.pop() if len(found) == 1 else None
    if count is None:
        raise ShapeChanged(f"insights without one {FOLLOWERS}")
    return Count(count)


def _discovered(account: Account, options: Options) -> Exchange:
    reply = yield Get("{api}/v1.0/profile_lookup", {"username": account.handle, "fields": FIELDS})
    # Insights name nobody, and no look-up answers with them.
    if "saved" in options and b'"total_value"' in reply.body:
        yield Reading(account, "followers", _insight(reply.body))
        return
    asked = account.handle.lower()
    profiles = match(sift(_items(reply.body), Profile), lambda profile: profile.username.lower(), {asked})
    yield from profiles.spoilt
    if profile := profiles.found.get(asked):
        yield Reading(account, "followers", Count(profile.follower_count), profile.username)
    else:
        yield Absent(account)


def _items(body: bytes) -> list[object]:
    answer = decode(body, Json)
    return [answer] if (listed := find(answer, "data", list[object])) is None else listed


def refusal(reply: Reply) -> Refusal | None:
    """What Meta's errors mean, with the permissions that Threads has of its own."""
    said = judged(reply)
    return structs.replace(said, detail=NO_PERMISSION) if said and said.reason == "missing_permission" else said


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One public page: its embedded data, or else its card, if that is about the account asked for."""
    (account,) = accounts
    if not NAME.fullmatch(account.handle):
        yield _impossible(account)
        return
    reply = yield Get(f"{{page}}/@{account.handle}", headers={"accept-language": "en-US,en;q=0.1"})
    yield from threads_page.read(account, reply)


FOLLOWERS, FIELDS = "followers_count", "username,follower_count,is_verified"
NO_PERMISSION = "the token lacks threads_basic, threads_manage_insights (for `username`) or threads_profile_discovery"
API = Source(
    name="api",
    ask=by_graph,
    about="exact; one's own account, and public ones with 100 followers or more",
    needs=("token",),
    pace=Pace(1_000, per=86_400),
    sign=bearer("token"),
    refusal=refusal,
    allowance=allowance,
    daily=1_000,
    misses=("not_found", "missing_permission", "bad_credentials", "blocked"),
)
SHOWN = "exact where data are embedded, else abbreviated (18.2M)"
PAGE = public_page(by_page, SHOWN, ("not_found", "blocked"), control="threads", refusal=preview.refusal)
HANDLE = r"(?P<handle>(?![A-Za-z0-9._]{31})(?a:\w+(?:\.\w+)*))"
SITE = r"threads\.(?:net|com)/"
PLATFORM = Platform(
    slug="threads",
    name="Threads",
    hosts={"api": "https://graph.threads.net", "page": "https://www.threads.com"},
    sources=(API, PAGE),
    credentials=(
        Credential("token", "a long-lived token of a Threads app; lasts 60 days and is to be refreshed weekly"),
        Credential("username", "the name of one's own account, of which the token is", secret=False),
    ),
    handles=Handles(
        names=(rf"@?{HANDLE}(?:@threads\.(?:net|com))?",),
        urls=(SITE + rf"@{HANDLE}(?:[/?#].*)?", SITE + rf"intent/follow\?(?:.*&)?username=@?{HANDLE}(?:&.*)?"),
        reserved="threads.net threads.com",
        link="https://www.threads.com/@{handle}",
        forms=("@nasa", "@nasa@threads.net", "https://www.threads.com/@nasa", "https://www.threads.net/@nasa/replies"),
    ),
    terms=Terms(
        link="https://developers.facebook.com/terms",
        dated="22 August 2025; terms of use in an undated copy",
        storing="No rule of its own found: as a Meta product it stands under the Meta Platform Terms, as Facebook does.",
        deriving="No rule of its own found: as Facebook.",
        government="No rule of its own found: as Facebook.",
        pages="Threads takes over Instagram's terms: automated collection needs Meta's express permission.",
    ),
)
