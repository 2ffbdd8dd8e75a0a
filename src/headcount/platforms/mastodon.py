"""Mastodon, and the servers that answer as it does (glitch-soc, Pixelfed, GoToSocial): followers.

Only an account's home server counts them: the copy that every other server keeps is never believed.

- api: `GET /api/v1/accounts`, up to 40 accounts of one server a request (one by one before Mastodon 4.3), exact, free,
  without a key. By the id that the server gave; by name before, where the handle's domain says that the account lives.
  https://docs.joinmastodon.org/methods/accounts/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated
from urllib.parse import quote

from msgspec import Meta, Struct, structs

from headcount.model import MOST_HEADS, Account, Count, Miss, Reading, Reason
from headcount.net.message import Get, Pace, Reply, window
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Source, Spoilt, by_status
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.webfinger import DOMAIN, actor, host_of
from headcount.platforms.kit.wire import Id, Name, heard, sift


class Moved(Struct):
    acct: Name


class Profile(Struct):
    id: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{1,64}\Z")]
    username: Id
    acct: Id
    """With a server behind it, it is that server's account, and this a copy."""
    url: Name
    followers_count: Annotated[int, Meta(ge=-1, le=MOST_HEADS)]
    """-1 where it is hidden."""
    uri: Id | None = None
    suspended: bool = False
    moved: Moved | None = None
    local: bool | None = None
    """Only Pixelfed says it, and shows 0 for a count that is hidden."""


class Problem(Struct):
    error: Annotated[str, Meta(min_length=1, max_length=200)]


def by_id(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 40 accounts of one server, then alone each who was left out: everybody, where the server is an older one."""
    server = home(accounts[0])
    asked = {account.ids["local"].partition("/")[2]: account for account in accounts}
    said: Sequence[Said] = ()
    if len(asked) > 1:
        reply = yield Get(f"{{{server}}}/api/v1/accounts", {"id[]": tuple(asked)})
        said = [*_answered(reply, server, asked, lambda each: each.id)] if reply.status == 200 else ()
        yield from said
    answered = [each.account.key for each in said if not isinstance(each, Spoilt)]
    for number, account in asked.items():
        if account.key not in answered:
            reply = yield Get(f"{{{server}}}/api/v1/accounts/{quote(number, safe='')}")
            said = [*_answered(reply, server, {number: account}, lambda each: each.id)]
            yield from said if any(map(_settles, said)) else (*said, Absent(account))


def by_handle(accounts: Sequence[Account], options: Options) -> Exchange:
    """One account, on the server of its handle; where that is not its home, on the one that its domain names."""
    (account,) = accounts
    user, _, domain = account.handle.removeprefix("@").lower().rpartition("@")
    reply = yield Get(f"{{{domain}}}{LOOKUP}", {"acct": user})
    said = [*_answered(reply, domain, {user: account}, lambda each: each.username.lower(), final=False)]
    yield from said
    address = "" if any(map(_settles, said)) else (yield from actor(user, domain))
    if (server := host_of(address)) not in ("", domain):
        reply = yield Get(f"{{{server}}}{LOOKUP}", {"acct": user})
        # There the name may be somebody else's: the domain has said who it is.
        said = [*_answered(reply, server, {address: account}, lambda each: each.uri or each.url)]
        yield from said
    if not any(map(_settles, said)):
        yield Absent(account)


def _settles(said: Said) -> bool:
    return isinstance(said, Reading) or (isinstance(said, Miss) and said.final)


def _answered(
    reply: Reply, server: str, asked: Mapping[str, Account], name: Callable[[Profile], str], *, final: bool = True
) -> Iterator[Said]:
    """What a server says of those who were asked for, or why not; `final` where nobody else need be asked."""
    if reply.status == 200:
        profiles = match(_living(reply, server), name, asked)
        yield from profiles.spoilt
        yield from (_told(asked[key], server, profile) for key, profile in profiles.found.items())
    elif reply.status in GONE and (problem := heard(reply.body, Problem)):
        sure = final or reply.status == 410
        yield from (Miss(each, GONE[reply.status], f"{server}: {problem.error}", final=sure) for each in asked.values())
    else:
        yield Spoilt(f"{server} does not answer as Mastodon does (HTTP {reply.status})")


def _living(reply: Reply, server: str) -> Iterator[Profile | Spoilt]:
    """Those of an answer, a profile or a list of them, who live on the server."""
    answer = heard(reply.body, object) or reply.body
    here = re.compile(f"https?://{re.escape(server)}/", re.IGNORECASE)
    for each in sift(answer if isinstance(answer, list) else [answer], Profile):
        if isinstance(each, Spoilt) or (each.acct == each.username and here.match(each.url)):
            yield each
        else:
            yield Spoilt(f"{server} shows its copy of {each.acct}, {each.url}, who lives elsewhere")


def _told(account: Account, server: str, profile: Profile) -> Reading | Miss:
    count = profile.followers_count
    if profile.suspended:
        return Miss(account, "suspended", f"{server} has suspended it")
    if profile.moved:
        return Miss(account, "moved", f"to {profile.moved.acct}")
    if count < 0 or (count == 0 and profile.local is not None):
        return Miss(account, "hidden", f"{server} shows {count}, as it does where the count is hidden")
    ids = {"local": f"{server}/{profile.id}", **({"uri": profile.uri} if profile.uri else {})}
    return Reading(account, "followers", Count(count), f"{profile.username}@{account.handle.rpartition('@')[2]}", ids)


def home(account: Account) -> str:
    """The server that gave the account its id, for another's are other accounts'; else that of its handle."""
    return account.ids["local"].partition("/")[0] if "local" in account.ids else account.handle.rpartition("@")[2]


def refusal(reply: Reply) -> Refusal | None:
    """One server's word, which holds for nobody else's accounts."""
    if reply.status in (401, 403) and (problem := heard(reply.body, Problem)):
        wrong = "token is invalid" in problem.error
        return Refusal("bad_credentials" if wrong else "missing_permission", problem.error)
    return (refused := by_status(reply)) and structs.replace(refused, scope="batch")


Said = Reading | Miss | Spoilt
GONE: Mapping[int, Reason] = {404: "not_found", 410: "suspended"}
MISSES: tuple[Reason, ...] = ("not_found", "suspended", "hidden", "moved", "bad_credentials", "missing_permission")
WINDOW = partial(window, prefix="x-ratelimit")
BY_NAME = Source(
    "api", by_handle, "exact", pace=Pace(300, 300), refusal=refusal, allowance=WINDOW, misses=MISSES, together=home
)
LOOKUP = "/api/v1/accounts/lookup"
USER = r"(?P<handle>[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?)"
TABS = r"(?:/(?:media|with_replies|followers|following|featured|tagged/[^/?#]+))?(?:[?#].*)?"
PLATFORM = Platform(
    slug="mastodon",
    name="Mastodon",
    federated=True,
    sources=(structs.replace(BY_NAME, ask=by_id, batch=40, pinned="local"), BY_NAME),
    handles=Handles(
        names=(rf"(?:acct:)?{USER}@(?P<server>(?i:{DOMAIN})|localhost(?::[0-9]{{1,5}})?)",),
        urls=(
            rf"{DOMAIN}/(?:web/|deck/)?@{USER}@(?P<server>(?i:{DOMAIN})){TABS}",
            rf"(?P<server>{DOMAIN})/(?:web/|deck/)?@{USER}{TABS}",
            rf"(?P<server>{DOMAIN})/users/{USER}(?:/(?:followers|following))?(?:[?#].*)?",
        ),
        spell=str.lower,
        link="https://mastodon.social/@{handle}",
        forms=("nasa@mastodon.social", "@nasa@mastodon.social", "https://mastodon.social/@nasa"),
    ),
    terms=Terms(
        link="https://github.com/mastodon/mastodon/blob/main/config/templates/terms-of-service.md",
        dated="undated copy of the template; each server sets its own",
        storing="not said",
        deriving="not said",
        pages="The template forbids programs other than search engines and browsers; it is silent on the API.",
    ),
)
