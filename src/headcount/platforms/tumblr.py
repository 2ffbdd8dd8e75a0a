"""Tumblr: followers of one's own blogs.

- api: `GET /v2/blog/{blog}/followers`, one blog a request, exact; only with the token of somebody who runs the blog, for
  Tumblr tells nobody else. The answer does not say whom it is about; that of `GET /v2/user/info`, which tells of all
  one's own blogs by name, is understood as well. 1,000 calls an hour, 5,000 a day for a consumer key, 300 a minute for
  an address.
  https://github.com/tumblr/docs/blob/master/api.md#followers--retrieve-a-blogs-followers
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from oauthlib.oauth1 import Client

from headcount.model import Account
from headcount.net.message import Get, Pace, Request
from headcount.platforms.kit.contract import Exchange, Options, Platform, Secrets, Source
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles, tabs
from headcount.platforms.kit.signing import authorized
from headcount.platforms.kit.terms import Terms
from headcount.platforms.replies.tumblr_blogs import read
from headcount.platforms.replies.tumblr_errors import allowance, refusal


def by_blog(accounts: Sequence[Account], options: Options) -> Exchange:
    """One blog, by its id where that is pinned."""
    (account,) = accounts
    blog = account.ids.get("tumblr", account.handle.lower())
    reply = yield Get(f"{{api}}/v2/blog/{quote(blog, safe=':')}/followers", {"limit": "1"})
    yield from read(account, reply)


def sign(request: Request, secrets: Secrets) -> Request:
    """By OAuth 1.0a. What is signed is Tumblr's own address, by whichever host the request may be sent there."""
    names = ("consumer_key", "consumer_secret", "token", "token_secret")
    address = request.url.replace("{api}", HOSTS["api"], 1)
    _, headers, _ = Client(*map(secrets.__getitem__, names)).sign(f"{address}?{urlencode(request.query)}")
    return authorized(request, headers["Authorization"])


HOSTS = {"api": "https://api.tumblr.com"}

API = Source(
    name="api",
    ask=by_blog,
    about="exact; one's own blogs only",
    needs=("consumer_key", "consumer_secret", "token", "token_secret"),
    pace=Pace(250, per=900),
    daily=5_000,
    sign=sign,
    refusal=refusal,
    allowance=allowance,
    misses=("not_found", "renamed_or_reused", "bad_credentials", "missing_permission", "quota_exhausted"),
)
NAME = r"(?P<handle>[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?)"
TABS = tabs("about archive ask followers following likes search submit tagged")
PLATFORM = Platform(
    slug="tumblr",
    name="Tumblr",
    hosts=HOSTS,
    sources=(API,),
    credentials=(
        Credential("consumer_key", "the consumer key of an app at tumblr.com/oauth/apps"),
        Credential("consumer_secret", "the app's consumer secret"),
        Credential(
            "token", "the OAuth 1.0a token of somebody who runs the blogs, from api.tumblr.com/console; it lasts"
        ),
        Credential("token_secret", "the token's secret"),
    ),
    handles=Handles(
        names=(r"(?P<tumblr>t:[A-Za-z0-9_-]{22})", f"@?{NAME}"),
        urls=(
            rf"{NAME}\.tumblr\.com(?:[?#].*|/(?!post/|[0-9]).*)?",
            rf"tumblr\.com/(?:blog/view/|blog/|login_required/|@)?{NAME}{TABS}",
        ),
        reserved="about activity api apps assets at blog business changes_feed communities dashboard developers docs embed"
        " explore follow following help inbox jobs likes live login login_required logout media new oauth oauth2 policy"
        " popular press privacy radar register reblog safe search settings share shop static support tagged themes tips"
        " trending tv video widgets www",
        spell=str.lower,
        link="https://www.tumblr.com/{handle}",
        forms=(
            "usnationalarchives",
            "https://usnationalarchives.tumblr.com",
            "https://www.tumblr.com/usnationalarchives",
        ),
    ),
    terms=Terms(
        link="https://github.com/tumblr/policy/blob/89dc82e8ef13b57fc3566f2962ef647aea0460a4/api-license-agreement.txt",
        dated="12 September 2018",
        storing="No copy that stands in for Tumblr's own data; changes and deletions are followed within 24 hours of notice.",
        deriving="Rankings and directories of blogs may not be promoted, and Tumblr may not be benchmarked.",
        government="No use by which a public body could investigate, track or profile Tumblr's users.",
        pages="Scraping pages to learn more than the interface tells is forbidden.",
    ),
)
