"""TikTok: followers.

- api: `GET /v2/user/info/` with a token that the account itself has given, of nobody else; exact.
  https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info
- page: the public profile, one account a request; exact where its data has `statsV2`, else as TikTok shows it. It often
  comes without its data, for real names too.
- embed: the profile for embedding, one account a request, as TikTok shows it: one decimal of thousands or millions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import quote

from msgspec import Meta, Struct, structs

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading, Reason
from headcount.net.message import Get, Pace, Reply, retry_after
from headcount.platforms.kit import counts, embedded
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Source, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.signing import bearer
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.walls import kept_out
from headcount.platforms.kit.wire import Digits, Heads, HeadsText, Id, Json, decode, find


class User(Struct, rename="camel"):
    id: Digits
    unique_id: Id


class Info(Struct, rename="camel"):
    user: User
    stats: Json = {}
    stats_v2: Json = {}


def by_api(accounts: Sequence[Account], options: Options) -> Exchange:
    """The account that gave the token; it is not asked about anybody, so its answer must say that it is the one meant."""
    (account,) = accounts
    reply = yield Get("{api}/v2/user/info/", {"fields": "open_id,username,follower_count"})
    owner = find(decode(reply.body, Json), "data.user", Json)
    name, heads = find(owner, "username", Id), find(owner, "follower_count", Heads)
    if name is None or heads is None:
        raise ShapeChanged(f"an answer about {name}: {heads} followers")
    if name.lower() == account.handle.lower():
        yield Reading(account, "followers", Count(heads), name)
    else:
        yield Miss(account, "not_found", f"the token is that of @{name}, and counts nobody else", final=False)


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One public profile: its data, or else its card."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/@{quote(account.handle, safe='')}", headers={"accept-language": "en"})
    detail = _state(reply, "__UNIVERSAL_DATA_FOR_REHYDRATION__", "__DEFAULT_SCOPE__").get("webapp.user-detail")
    if info := find(detail, "userInfo", Info):
        yield _by_info(account, info)
    elif code := find(detail, "statusCode", int):
        yield Miss(account, CODES.get(code, "shape_changed"), f"TikTok's code {code}", final=False)
    else:
        yield _by_card(account, reply)


def _by_info(account: Account, info: Info) -> Reading:
    if info.user.unique_id.lower() != account.handle.lower():
        raise ShapeChanged(f"the page is about {info.user.unique_id}")
    heads, exact = find(info.stats, COUNT, Heads), find(info.stats_v2, COUNT, HeadsText)
    shown = None if heads is None else _shown(heads)
    count = Count(int(exact)) if exact else shown
    if count is None or (shown and abs(count.value - shown.value) > shown.granularity):
        raise ShapeChanged(f"{exact} followers, shown as {heads}")
    return Reading(account, "followers", count, info.user.unique_id, {"user": info.user.id})


def _by_card(account: Account, reply: Reply) -> Reading | Absent:
    """The link preview. It quotes people before and after its count, so that only what can be read in one way counts."""
    titled = TITLE.findall(embedded.meta(reply.body, "og:title") or "")
    told = CARD.findall(embedded.meta(reply.body, "og:description") or "")
    names = [name.lower() for name in (*titled, *(name for name, _ in told))]
    if not names:
        return Absent(account, f"a page without its data (HTTP {reply.status})")
    count = counts.read(told[0][1], rounding="unknown") if names == [account.handle.lower()] * 2 else None
    if count is None:
        raise ShapeChanged(f"a card of {' and '.join(names)}")
    return Reading(account, "followers", count, told[0][0])


def by_embed(accounts: Sequence[Account], options: Options) -> Exchange:
    """One profile for embedding."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/embed/@{quote(account.handle, safe='')}")
    pages = _state(reply, "__FRONTITY_CONNECT_STATE__", "source.data").items()
    page = {place.partition("?")[0].lower(): page for place, page in pages}.get(f"/embed/@{account.handle}".lower())
    if page is None or reply.status != 200 or find(page, "isError", bool):
        yield Absent(account, f"private, missing, or not to be embedded (HTTP {reply.status})")
    else:
        yield _by_info(account, _embedded(page))


def _embedded(page: object) -> Info:
    user, heads = find(page, "userInfo", User), find(page, f"userInfo.{COUNT}", Wrapped)
    if user is None or heads is None or (heads < 0 and heads % 2**32 % 10**8):
        raise ShapeChanged(f"an embedded page of {user and user.unique_id}: {heads} followers")
    return Info(user, {COUNT: heads % 2**32})


def _state(reply: Reply, script: str, path: str) -> Json:
    data = embedded.script(reply.body, f'id="{script}"')
    return find(decode(data, Json), path, Json) or {} if data else {}


def _shown(heads: int) -> Count:
    """A number as TikTok shows it: 783,427 as 783,400, and 4,001,943 as 4,000,000; rounded or cut off, that is not known.

    One that is not so round is known as finely as its last digit that is not nought.
    """
    step = next((step for limit, step in STEPS if heads >= limit), 1)
    while heads % step:
        step //= 10
    return Count(heads, step, "unknown" if step > 1 else "exact")


def refusal(reply: Reply) -> Refusal | None:
    """What the API says of the whole request: every answer has an error, which may be `ok`."""
    found = re.search(rb'"code"\s*:\s*"([a-z_]{1,40})"', reply.body)
    said = found[1].decode() if found else "ok"
    if reason := ERRORS.get(said):
        return Refusal(reason, said, scope="credential", again=retry_after(reply) if reason == "rate_limited" else None)
    return by_status(reply) if said in ("ok", "internal_error") else Refusal("shape_changed", said)


COUNT = "followerCount"
Wrapped = Annotated[int, Meta(ge=-(2**31), lt=2**32)]
"""More than 2,147,483,647 people come out negative there; so many are only shown in hundreds of millions."""
STEPS = ((10**9, 10**8), (10**6, 10**5), (10**3, 100))
TITLE = re.compile(r"\(@([A-Za-z0-9_.]{2,24})\) \| TikTok$")
CARD = re.compile(r"\(@([A-Za-z0-9_.]{2,24})\) on TikTok \| [0-9.]+[KMB]? Likes?\. ([0-9.]+[KMB]?) Followers?\.")
CODES: Mapping[int, Reason] = {10202: "not_found", 10221: "not_found", 10222: "private", 10223: "not_found"}
ERRORS: Mapping[str, Reason] = {
    "access_token_invalid": "bad_credentials",
    "scope_not_authorized": "missing_permission",
    "scope_permission_missed": "missing_permission",
    "rate_limit_exceeded": "rate_limited",
}

OWN, SHOWN = "exact; one's own account only", "exact, or one decimal of thousands or millions"
UNHEARD: tuple[Reason, ...] = ("not_found", "bad_credentials", "missing_permission")
UNSEEN: tuple[Reason, ...] = ("not_found", "private", "blocked")
SLOWLY = Pace(10, pool="tiktok.pages")
API = Source("api", by_api, OWN, 1, None, ("token",), Pace(600), sign=bearer("token"), refusal=refusal, misses=UNHEARD)
PAGE = Source("page", by_page, SHOWN, pace=SLOWLY, control="tiktok", refusal=kept_out, official=False, misses=UNSEEN)
EMBED = structs.replace(PAGE, name="embed", ask=by_embed, misses=("not_found", "blocked"))
HANDLE = r"@(?P<handle>[A-Za-z0-9_.]{2,24})"
PLATFORM = Platform(
    slug="tiktok",
    name="TikTok",
    hosts={"api": "https://open.tiktokapis.com", "page": "https://www.tiktok.com"},
    sources=(API, PAGE, EMBED),
    credentials=(Credential("token", "one's own account's, with the scopes user.info.profile and user.info.stats"),),
    handles=Handles(
        names=(f"@?{HANDLE[1:]}",),
        urls=(rf"(?:m\.)?tiktok\.com/(?:embed/)?{HANDLE}(?:[/?#].*)?",),
        link="https://www.tiktok.com/@{handle}",
        forms=("nasa", "@nasa", "https://www.tiktok.com/@nasa"),
    ),
    terms=Terms(
        link="https://www.tiktok.com/legal/tik-tok-developer-terms-of-service",
        dated="21 March 2024 (developers), 22 January 2026 (United States)",
        storing="No number of days is said; data is for the approved app only, and goes when access ends.",
        deriving="Derivative works stay under the same rules; building profiles or databases on persons is forbidden.",
        government="Licensed to the U.S. government as commercial software; nothing else is said.",
        pages="Scraping, crawling or extracting by any automated system is forbidden without written approval.",
    ),
)
