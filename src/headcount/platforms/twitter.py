"""X (formerly Twitter): followers.

- api: `GET /2/users`, up to 100 accounts a request, exact, $0.010 for each account and UTC day. By id once ids are
  pinned, so that a rename loses nobody; by name before.
  https://docs.x.com/x-api/users/lookup/introduction
- page: the timeline that X offers for embedding, one account a request, 30 requests in 15 minutes, exact. It shows
  nobody who has nothing to show: an empty one proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import quote

from msgspec import Struct, structs

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading, Reason
from headcount.net.message import Get, Pace, Reply, window
from headcount.platforms.kit import embedded
from headcount.platforms.kit.contract import (
    Absent,
    Exchange,
    Grant,
    Options,
    Platform,
    Refusal,
    Source,
    Spoilt,
    by_status,
)
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.oauth import client_credentials
from headcount.platforms.kit.signing import basic, bearer
from headcount.platforms.kit.wire import Digits, Heads, Id, decode, sift


class Metrics(Struct):
    followers_count: Heads


class User(Struct):
    id: Digits
    username: Id
    public_metrics: Metrics


class Problem(Struct):
    title: str = ""
    type: str = ""
    detail: str = ""
    value: str | None = None
    resource_id: str | None = None
    parameter: str = ""
    status: int | None = None


class Users(Struct):
    data: list[object] | dict[str, object] | None = None
    errors: list[object] = []


class Author(Struct):
    id_str: Digits
    screen_name: Id
    followers_count: Heads


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
    problems = match(sift(answer.errors, Problem), lambda problem: _about(problem, alone), asked)
    yield from (*users.spoilt, *problems.spoilt)
    for key, account in asked.items():
        if user := users.found.get(key):
            count = Count(user.public_metrics.followers_count)
            yield Reading(account, "followers", count, user.username, {"x": user.id})
        elif problem := problems.found.get(key):
            yield Miss(account, _reason(problem), problem.detail[:200])
        else:
            yield Absent(account)


def _about(problem: Problem, alone: str) -> str:
    """Whom a problem names; the one problem of a request for one account may call it by its id, where a name was asked."""
    named = (problem.value or problem.resource_id or "").lower()
    return alone if alone and problem.parameter == "ids" and not alone.isdigit() else named


def _reason(problem: Problem) -> Reason:
    if problem.title == "Forbidden":
        return "suspended"
    if problem.title == "Not Found Error" or problem.type.endswith("/resource-not-found"):
        return "not_found"
    return "private" if problem.type.endswith("/not-authorized-for-resource") else "shape_changed"


def by_timeline(accounts: Sequence[Account], options: Options) -> Exchange:
    """One account, by the author of the tweets on its timeline; the authors of retweets stand there too."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/srv/timeline-profile/screen-name/{quote(account.handle, safe='')}")
    data = embedded.script(reply.body, 'id="__NEXT_DATA__"')
    if data is None:
        raise ShapeChanged(f"a page without its data (HTTP {reply.status})")
    people = (decode(user, dict[str, object]) for user in embedded.values(data, "user"))
    authors = match(sift(people, Author), lambda author: author.screen_name.lower())
    yield from authors.spoilt
    if author := authors.found.get(account.handle.lower()):
        yield Reading(account, "followers", Count(author.followers_count), author.screen_name, {"x": author.id_str})
    else:
        yield Absent(account, "unknown to X, or nothing to show")


def refusal(reply: Reply) -> Refusal | None:
    """What X says of the whole request; the host in a problem's `type` varies and means nothing."""
    problem = _problem(reply.body)
    status, said = problem.status or reply.status, f"{problem.title}: {problem.detail}"[:200]
    if reason := TITLES.get(problem.title) or STATUSES.get(status):
        return Refusal(reason, said, scope="credential")
    if problem.title == "Invalid Request" or status == 400:
        return Refusal("shape_changed", said)
    return by_status(structs.replace(reply, status=status))


def _problem(body: bytes) -> Problem:
    try:
        return decode(body, Problem) if len(body) <= LONGEST_PROBLEM else Problem()
    except ShapeChanged:
        return Problem()


NAME = re.compile(r"[A-Za-z0-9_]{1,15}")
LONGEST_PROBLEM = 5_000
TITLES: Mapping[str, Reason] = {"UsageCapExceeded": "quota_exhausted", "CreditsDepleted": "payment_required"}
STATUSES: Mapping[int, Reason] = {401: "bad_credentials", 402: "payment_required", 403: "missing_permission"}
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
)
ABOUT_PAGE = "exact; nothing for an account without posts"
PAGE = Source("page", by_timeline, ABOUT_PAGE, pace=Pace(30, 900), control="NASA", allowance=WINDOW, official=False)
SITE = r"(?:mobile\.)?(?:x|twitter)\.com/"
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
            SITE + r"i/user/(?P<x>[0-9]{1,20})",
            SITE + r"intent/(?:user|follow)\?(?:.*&)?user_id=(?P<x>[0-9]{1,20})(?:&.*)?",
            SITE + r"intent/(?:user|follow)\?(?:.*&)?screen_name=(?P<handle>[A-Za-z0-9_]{1,20})(?:&.*)?",
            SITE + r"(?:#!/)?@?(?P<handle>[A-Za-z0-9_]{1,20})(?:[/?#].*)?",
        ),
        reserved="home i search hashtag settings intent share explore notifications messages login signup tos privacy compose",
        link="https://x.com/{handle}",
    ),
)
