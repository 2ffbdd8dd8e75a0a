"""TikTok: followers.

- api: `GET /v2/user/info/` with a token that the account itself has given, of nobody else; exact.
  https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info
- page: the public profile, one account a request; exact where its data has `statsV2`, else as TikTok shows it. It often
  comes without its data, for real names too.
- embed: the profile for embedding, one account a request, as TikTok shows it: one decimal of thousands or millions.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from msgspec import structs

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading, Reason
from headcount.net.message import Get, Pace
from headcount.platforms.kit.contract import Exchange, Options, Platform, Source
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.signing import bearer
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.walls import unless_led_to
from headcount.platforms.kit.wire import Heads, Id, Json, decode, find
from headcount.platforms.replies import tiktok_profile
from headcount.platforms.replies.tiktok_errors import refusal


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
    yield tiktok_profile.read_page(account, reply)


def by_embed(accounts: Sequence[Account], options: Options) -> Exchange:
    """One profile for embedding."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/embed/@{quote(account.handle, safe='')}")
    yield tiktok_profile.read_embed(account, reply)


OWN, SHOWN = "exact; one's own account only", "exact, or one decimal of thousands or millions"
UNHEARD: tuple[Reason, ...] = ("not_found", "bad_credentials", "missing_permission")
UNSEEN: tuple[Reason, ...] = ("not_found", "private", "blocked")
SIGN = bearer("token")
API = Source("api", by_api, OWN, 1, None, ("token",), Pace(600), sign=SIGN, refusal=refusal, misses=UNHEARD, own=True)
PACE = Pace(10, pool="tiktok.pages")
PAGE = public_page(by_page, SHOWN, UNSEEN, pace=PACE, refusal=unless_led_to(tiktok_profile.LOGIN))
EMBED = structs.replace(PAGE, name="embed", ask=by_embed, misses=UNSEEN[-1:])
HANDLE = r"@(?P<handle>[A-Za-z0-9_.]{1,23}[A-Za-z0-9_])"
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
