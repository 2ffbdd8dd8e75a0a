"""X (formerly Twitter): followers.

- api: `GET /2/users`, up to 100 accounts a request, exact, $0.010 for each account and UTC day. By id once ids are
  pinned, so that a rename loses nobody; by name before.
  https://docs.x.com/x-api/users/lookup/introduction
- page: the timeline that X offers for embedding, one account a request, 30 requests in 15 minutes, exact. An
  empty one proves nothing, and is no proof that somebody is gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import quote

from msgspec import Struct, structs

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Get, Pace, Reply, window
from headcount.platforms.kit.contract import Absent, Exchange, Grant, Options, Platform, Source, Spoilt, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles, tabs
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.oauth import client_credentials
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.signing import basic, bearer
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.wire import Digits, Heads, Id, decode, sift
from headcount.platforms.replies import x_timeline
from headcount.platforms.replies.x_errors import TITLES, Problem, about, reason, refusal


class Metrics(Struct):
    followers_count: Heads


class User(Struct):
    id: Digits
    username: Id
    public_metrics: Metrics


class Users(Struct):
    data: list[object] | dict[str, object] | None = None
    errors: list[object] = []


def by_id(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 100 accounts by their ids: whatever they are called today."""
    asked = {account.ids["x"]: account for account in accounts}
    reply = yield _lookup("/2/users", {"ids": ",".join(asked)})
    yield from _users(reply, asked, lambda user: user.id)


def by_name(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 100 accounts by their names; one that the API does not take would fail them all, so it is not sent."""
    asked = {account.handle.lower(): account for account in accounts if NAME.fullmatch(account.handle)}
    for account in accounts:
        if not NAME.fullmatch(account.handle):
            yield Miss(account, "not_found", "the API takes names of up to 15 letters, digits and _", final=False)
    if asked:
        reply = yield _lookup("/2/users/by", {"usernames": ",".join(asked)})
        yield from _users(reply, asked, lambda user: user.username.lower())


def _lookup(path: str, whom: Mapping[str, str]) -> Get:
    return Get("{api}" + path, {**whom, "user.fields": "public_metrics"})


def _users(
    reply: Reply, asked: Mapping[str, Account], name: Callable[[User], str]
) -> Iterator[Reading | Miss | Absent | Spoilt]:
    answer = decode(reply.body, Users)
    if answer.data is None and not answer.errors:
        raise ShapeChanged("an answer with neither data nor errors")
    items = answer.data if isinstance(answer.data, list) else [answer.data] if answer.data is not None else []
    users = match(sift(items, User), name, asked)
    alone = next(iter(asked)) if len(asked) == len(answer.errors) == 1 and not items else ""
    problems = match(sift(answer.errors, Problem), lambda problem: about(problem, alone), asked)
    yield from (*users.spoilt, *problems.spoilt)
    for key, account in asked.items():
        if user := users.found.get(key):
            count = Count(user.public_metrics.followers_count)
            yield Reading(account, "followers", count, user.username, {"x": user.id})
        elif problem := problems.found.get(key):
            yield Miss(account, reason(problem), problem.detail[:200])
        else:
            yield Absent(account)


def by_timeline(accounts: Sequence[Account], options: Options) -> Exchange:
    """One account, by the author of the tweets on its timeline."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/srv/timeline-profile/screen-name/{quote(account.handle, safe='')}")
    yield from x_timeline.read(account, reply)


NAME = re.compile(r"[A-Za-z0-9_]{1,15}")
WINDOW = partial(window, prefix="x-rate-limit")

# The bearer token of an app never expires, and asking again gives the same one.
grant = client_credentials("{api}/oauth2/token", refusal)
sign_grant = basic("api_key", "api_secret")

API = Source(
    name="api",
    ask=by_id,
    about="exact",
    batch=100,
    pinned="x",
    needs=("bearer_token",),
    pace=Pace(300, per=900),
    sign=bearer("bearer_token"),
    refusal=refusal,
    allowance=WINDOW,
    micros=10_000,
    grant=Grant(("api_key", "api_secret"), "bearer_token", grant, sign_grant),
    misses=("not_found", "suspended", "private", *TITLES.values(), "bad_credentials", "missing_permission"),
)
SHOWN = "exact; nothing for an account without posts"
TIMELINE = public_page(by_timeline, SHOWN, ("blocked",), pace=Pace(30, per=900), refusal=by_status)
PAGE = structs.replace(TIMELINE, allowance=WINDOW)
SITE = r"(?:mobile\.)?(?:x|twitter)\.com/"
TABS = tabs("affiliates articles followers following highlights likes media status verified_followers with_replies")
PLATFORM = Platform(
    slug="twitter",
    name="X (formerly Twitter)",
    hosts={"api": "https://api.x.com", "page": "https://syndication.twitter.com"},
    sources=(API, structs.replace(API, ask=by_name, pinned=None), PAGE),
    credentials=(
        Credential("bearer_token", "the app-only bearer token of an app at console.x.com"),
        Credential("api_key", "the app's key, where no bearer token is given"),
        Credential("api_secret", "the app's secret, beside its key"),
    ),
    handles=Handles(
        names=(r"@?(?P<handle>[A-Za-z0-9_]{1,20})",),
        urls=(
            SITE + r"(?:i/user/|intent/(?:user|follow)\?(?:.*&)?user_id=)(?P<x>[0-9]{1,20})(?:&.*)?",
            SITE + r"intent/(?:user|follow)\?(?:.*&)?screen_name=(?P<handle>\w{1,20})(?:&.*)?",
            SITE + r"(?:#!/)?@?(?P<handle>[A-Za-z0-9_]{1,20})" + TABS,
        ),
        reserved="account compose download explore hashtag home i intent jobs login logout messages notifications oauth"
        " personalization privacy search settings share signup tos who_to_follow",
        link="https://x.com/{handle}",
        forms=("NASA", "@NASA", "https://x.com/NASA", "https://x.com/i/user/11348282"),
    ),
    terms=Terms(
        link="https://developer.x.com/developer-terms/agreement",
        dated="17 October 2025",
        storing="No time limit for counts was found; what is stored must follow changes on X, and goes when access ends.",
        deriving="Only such analysis as X has approved for the stated use; measuring X itself is forbidden.",
        government="Showing X data to anyone in or acting for a government body needs the Enterprise plan, and X must be"
        " told of each such user; never for surveillance.",
        pages="Crawling or scraping in any form, for any purpose, is forbidden without prior written consent.",
    ),
)
