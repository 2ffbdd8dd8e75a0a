"""Vimeo: followers of a user. Groups, channels and showcases are no users, and are not counted.

- api: `GET /users/{id or name}`, one account a request, exact; by its id once that is known, so that a rename loses nobody.
  `total_contacts` of the old Simple API is whom an account follows, and not read.
  https://developer.vimeo.com/api/reference/users#get_user
- page: the data for search engines on the public page, one a request, exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Annotated
from urllib.parse import quote

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading, Reason
from headcount.net.message import Allowance, Get, Pace, Reply, retry_after, window
from headcount.platforms.kit import embedded
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Source, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.signing import bearer
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.walls import kept_out
from headcount.platforms.kit.wire import Digits, Heads, Json, decode, find, sift


class Followers(Struct, forbid_unknown_fields=True):
    total: Heads
    uri: str = ""
    options: list[str] = []


class User(Struct):
    uri: Annotated[str, Meta(pattern=r"\A/users/[0-9]{1,20}\Z")]
    link: Annotated[str, Meta(pattern=r"\Ahttps://vimeo\.com/[A-Za-z0-9_-]{1,60}\Z")]
    metadata: Json


class Problem(Struct):
    developer_message: str


class Followed(Struct, rename="camel"):
    user_interaction_count: Heads
    interaction_type: object = "FollowAction"


class Person(Struct, rename="camel"):
    identifier: Digits | Annotated[int, Meta(ge=1)]
    interaction_statistic: Followed
    url: str = ""


def by_api(accounts: Sequence[Account], options: Options) -> Exchange:
    """One account, by its id or else by its name."""
    (account,) = accounts
    whom = quote(account.ids.get("user", account.handle), safe="")
    reply = yield Get(f"{{api}}/users/{whom}", {"fields": FIELDS}, VERSION)
    if reply.status == 404:
        yield Miss(account, "not_found", decode(reply.body, Problem).developer_message[:200])
        return
    user = decode(reply.body, User)
    followers = find(user.metadata, "connections.followers", Followers)
    if followers is None or followers.uri not in ("", f"{user.uri}/followers"):
        raise ShapeChanged(f"no followers of {user.link}: {followers}")
    yield _reading(account, followers.total, user.link.rpartition("/")[2], user.uri.rpartition("/")[2])


def _reading(account: Account, heads: int | None, name: str, user_id: str) -> Reading:
    """A name can change, and then another may take it; an id is for ever."""
    if heads is None or ("user" not in account.ids and name.lower() != account.handle.lower()):
        raise ShapeChanged(f"an answer about {name or 'nobody'}: {heads} followers")
    return Reading(account, "followers", Count(heads), name or None, {"user": user_id})


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One public page, by the only profile in its data for search engines."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/{quote(account.handle, safe='')}")
    people = match(sift(_profiles(reply.body), Person), lambda person: str(person.identifier))
    yield from people.spoilt
    if len(people.found) > 1:
        raise ShapeChanged("a page of several people")
    for user_id, person in people.found.items():
        yield _reading(account, _followers(person), _name(person, reply.body), user_id)
    if not people.found:
        yield Absent(account, f"a page without a profile (HTTP {reply.status})")


def _profiles(page: bytes) -> Iterator[object]:
    for text in embedded.scripts(page, "application/ld+json"):
        told = decode(text, object)
        for item in told if isinstance(told, list) else [told]:
            if isinstance(item, dict) and item.get("@type") == "ProfilePage":
                yield item.get("mainEntity")


def _followers(person: Person) -> int | None:
    told = person.interaction_statistic
    return told.user_interaction_count if "FollowAction" in str(told.interaction_type) else None


def _name(person: Person, page: bytes) -> str:
    """Whom the page says it is of; it may say so twice, but not of two."""
    links = (person.url, embedded.meta(page, "og:url") or "")
    names = {found[1].lower(): found[1] for found in map(LINK.fullmatch, links) if found}
    if len(names) > 1:
        raise ShapeChanged(f"a page of {' and '.join(names)}")
    return "".join(names.values())


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
LINK = re.compile(r"https://vimeo\.com/([A-Za-z0-9_-]{1,60})/?")
STATUSES: dict[int, Reason] = {401: "bad_credentials", 403: "missing_permission"}

MISSES: tuple[Reason, ...] = ("not_found", "blocked")

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
PAGE = Source("page", by_page, "exact", pace=Pace(10), control="staff", refusal=kept_out, official=False, misses=MISSES)
USER = r"(?P<handle>user(?P<user>[0-9]{1,12}))"
NAME = r"(?P<handle>(?=[0-9]*[A-Za-z_-])[A-Za-z0-9_-]{2,60})"
SITE = r"(?:m\.)?vimeo\.com/"
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
        urls=(SITE + USER + r"(?:[/?#].*)?", SITE + NAME + r"(?:[/?#].*)?"),
        reserved="about album albums api apps blog business careers categories channels create enterprise event events explore"
        " features groups help home join legal live log_in log_out login logout manage me ondemand ott partners player press"
        " pricing privacy record search settings showcase showcases solutions stock store terms upgrade upload users videos watch",
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
