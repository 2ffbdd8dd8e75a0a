"""Vimeo: followers of a user. Groups, channels and showcases are no users, and are not counted.

- api: `GET /users/{id or name}`, one account a request, exact; by its id once that is known, so that a rename loses nobody.
  `total_contacts` of the old Simple API is whom an account follows, and not read.
  https://developer.vimeo.com/api/reference/users#get_user
- page: the data for search engines on the public page, one a request, exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import quote

from headcount.model import Account, Reason
from headcount.net.message import Allowance, Get, Pace, Reply, retry_after, window
from headcount.platforms.kit.contract import Exchange, Options, Platform, Refusal, Source, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles, tabs
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.signing import bearer
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.walls import unless_led_to
from headcount.platforms.replies import vimeo_page, vimeo_user


def by_api(accounts: Sequence[Account], options: Options) -> Exchange:
    """One account, by its id or else by its name."""
    (account,) = accounts
    whom = quote(account.ids.get("user", account.handle), safe="")
    reply = yield Get(f"{{api}}/users/{whom}", {"fields": FIELDS}, VERSION)
    yield vimeo_user.read(account, reply)


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One public page, by the only profile in its data for search engines."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/{quote(account.handle, safe='')}")
    yield from vimeo_page.read(account, reply)


def refusal(reply: Reply) -> Refusal | None:
    """What Vimeo says of the whole request. A limit ends within a minute; when, its headers do not tell reliably."""
    if reason := STATUSES.get(reply.status):
        return Refusal(reason, f"HTTP {reply.status}", scope="credential")
    if reply.status == 429:
        return Refusal("rate_limited", "HTTP 429", scope="credential", again=retry_after(reply) or timedelta(minutes=1))
    return by_status(reply)


def allowance(reply: Reply) -> Allowance | None:
    """What is left of the minute."""
    told = window(reply, "x-ratelimit")
    return Allowance(told.remaining) if told else None


FIELDS = "uri,link,metadata.connections.followers.uri,metadata.connections.followers.total"
VERSION = {"accept": "application/vnd.vimeo.*+json;version=3.4"}
STATUSES: dict[int, Reason] = {401: "bad_credentials", 403: "missing_permission"}

# The limit is by the minute and depends on one's plan; the headers tell what is left of it.
API = Source(
    name="api",
    ask=by_api,
    about="exact",
    needs=("token",),
    pace=Pace(25),
    sign=bearer("token"),
    refusal=refusal,
    allowance=allowance,
    misses=("not_found", "bad_credentials", "missing_permission"),
)
WALL = unless_led_to(vimeo_page.LOGIN)
PAGE = public_page(by_page, "exact", ("not_found", "blocked"), control="staff", refusal=WALL)
USER = r"(?P<handle>user(?P<user>[0-9]{1,12}))"
NAME = r"(?P<handle>(?=[0-9]*[A-Za-z_-])[A-Za-z0-9_-]{2,60})"
SITE = r"(?:m\.)?vimeo\.com/"
TABS = tabs("about albums all channels collections events followers following groups likes portfolios showcases videos")
PLATFORM = Platform(
    slug="vimeo",
    name="Vimeo",
    hosts={"api": "https://api.vimeo.com", "page": "https://vimeo.com"},
    sources=(API, PAGE),
    credentials=(
        Credential("token", "an app's unauthenticated token with the scope public, from developer.vimeo.com"),
    ),
    handles=Handles(
        names=(USER, NAME),
        urls=(SITE + USER + r"(?:[/?#].*)?", SITE + NAME + TABS),
        reserved="about album albums api apps blog business careers categories channels create enterprise event events everywhere"
        " explore features groups help home jobs join legal live log_in log_out login logout manage me ondemand ott partners player press"
        " pricing privacy record search settings showcase showcases solutions stock store terms upgrade upload user users videos watch",
        link="https://vimeo.com/{handle}",
        forms=("staff", "user12345", "https://vimeo.com/staff", "https://vimeo.com/user12345"),
    ),
    terms=Terms(
        link="https://vimeo.com/terms",
        dated="undated copy",
        storing="not said",
        deriving="Derivative works are forbidden unless the law or Vimeo permits them; nothing is said of figures.",
        pages="Scraping is forbidden unless the law or Vimeo permits it, and so are unreasonably many requests.",
    ),
)
