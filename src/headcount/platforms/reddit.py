"""Reddit: members of subreddits, followers of profiles.

- api: with an approved app, exact, 100 requests a minute. Up to 100 subreddits by id once ids are pinned
  (`GET /api/info`), and each that is not in the answer by its name, to learn why. By name one a request: subreddits
  (`GET /r/NAME/about`), and always profiles (`GET /user/NAME/about`), which Reddit does not find by id.
  https://www.reddit.com/dev/api/
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import quote

from msgspec import structs

from headcount import __version__
from headcount.model import Account
from headcount.net.message import Get, Pace, Request
from headcount.platforms.kit.contract import Exchange, Options, Platform, Secrets, Source
from headcount.platforms.kit.countdown import countdown
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.oauth import CLIENT, app_token
from headcount.platforms.kit.signing import basic, bearer, in_turn
from headcount.platforms.kit.terms import Terms
from headcount.platforms.replies.reddit_about import listed, of_subreddit, read
from headcount.platforms.replies.reddit_errors import missing, refusal


def by_id(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 100 subreddits by their ids: whatever they are called today."""
    asked = {account.ids["t5"]: account for account in accounts}
    reply = yield Get("{api}/api/info", {"id": ",".join(asked), "raw_json": "1"})
    about = listed(reply.body, asked)
    yield from (of_subreddit(asked[fullname], each) for fullname, each in about.found.items())
    yield from about.spoilt
    for fullname, account in asked.items():
        if fullname not in about.found:
            yield from by_name([account], options)


def by_name(accounts: Sequence[Account], options: Options) -> Exchange:
    """One subreddit or profile, by its name."""
    (account,) = accounts
    kind, _, name = account.handle.rpartition("/")
    reply = yield Get(f"{{api}}/{'user' if kind == 'u' else 'r'}/{quote(name, safe='')}/about", {"raw_json": "1"})
    yield missing(account, reply) or read(account, reply.body)


def named(request: Request, secrets: Secrets) -> Request:
    """With the User-Agent that Reddit asks for, which names one of its users: others are slowed down."""
    user = secrets.get("username")
    sender = {"user-agent": f"server:headcount:v{__version__} (by /u/{user})"} if user else {}
    return structs.replace(request, headers={**request.headers, **sender})


def spell(handle: str) -> str:
    """`r/energy`, `u/name`: what stands alone is a subreddit, and `r/u_name` the profile of a user."""
    kind, _, name = handle.strip("/").rpartition("/")
    if kind in {"u", "user"}:
        return f"u/{name}"
    return f"u/{name[2:]}" if name.lower().startswith("u_") else f"r/{name}"


API = Source(
    name="api",
    ask=by_id,
    about="exact",
    batch=100,
    pinned="t5",
    needs=("token",),
    pace=Pace(100, per=60),
    sign=in_turn(named, bearer("token")),
    refusal=refusal,
    allowance=partial(countdown, prefix="x-ratelimit"),
    grant=app_token("{login}/api/v1/access_token", refusal, in_turn(named, basic(*CLIENT))),
    misses=(
        *("not_found", "renamed_or_reused", "suspended", "private", "hidden", "blocked"),
        *("bad_credentials", "missing_permission"),
    ),
)
NAMES = r"(?P<handle>r/[A-Za-z0-9_]{2,21}|r/u_[A-Za-z0-9_-]{3,20}|(?:u|user)/[A-Za-z0-9_-]{3,20})"
PLATFORM = Platform(
    slug="reddit",
    name="Reddit",
    hosts={"api": "https://oauth.reddit.com", "login": "https://www.reddit.com"},
    sources=(API, structs.replace(API, ask=by_name, batch=1, pinned=None)),
    credentials=(
        Credential("client_id", "the id of an app that Reddit has approved, from reddit.com/prefs/apps"),
        Credential("client_secret", "the app's secret, beside its id"),
        Credential("username", "your user name on Reddit, which it asks to be told with every request", secret=False),
    ),
    handles=Handles(
        names=(r"(?P<t5>t5_[a-z0-9]{1,13})", f"/?{NAMES}/?", r"(?P<handle>[A-Za-z0-9_]{2,21})"),
        urls=(rf"(?:[a-z-]{{1,5}}\.)?reddit\.com/{NAMES}(?:[?#].*|/(?!(?:comments|s|duplicates|poll)/\w).*)?",),
        reserved="r/all r/friends r/home r/mod r/popular r/random r/randnsfw all friends mod popular random u/me user/me",
        spell=spell,
        link="https://www.reddit.com/{handle}",
        forms=("r/energy", "u/nasa", "https://www.reddit.com/r/energy/", "https://old.reddit.com/user/nasa"),
    ),
    terms=Terms(
        link="https://redditinc.com/policies/data-api-terms",
        dated="20 July 2026, as quoted by others",
        storing="Only what the approved use needs may be kept; when access ends, all is deleted, derived figures included.",
        deriving="Derived data fall under the same rules; commercial use, and research beyond the limits, need an agreement.",
        government="A government body may accept the terms; law enforcement and surveillance are forbidden uses.",
        pages="Crawling only as robots.txt allows; scraping needs written consent beforehand.",
    ),
)
