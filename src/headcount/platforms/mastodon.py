"""Mastodon, and the servers that answer as it does (glitch-soc, Pixelfed, GoToSocial): followers.

Only an account's home server counts them: the copy that every other server keeps is never believed.

- api: `GET /api/v1/accounts`, up to 40 accounts of one server a request (one by one before Mastodon 4.3), exact, free,
  without a key. By the id that the server gave; by name before, where the handle's domain says that the account lives.
  https://docs.joinmastodon.org/methods/accounts/
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import quote

from msgspec import structs

from headcount.errors import NoReply
from headcount.model import Account, Miss, Reason
from headcount.net.message import Get, Pace, Reply, window
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Source, Spoilt, by_status
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.webfinger import DOMAIN, actor, host_of, lowered
from headcount.platforms.kit.wire import heard
from headcount.platforms.replies.mastodon_profile import Problem, Said, answered, shown


def by_id(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 40 accounts of one server, then alone each who was left out: everybody, where the server is an older one."""
    server = home(accounts[0])
    asked = {account.ids["local"].partition("/")[2]: account for account in accounts}
    said: Sequence[Said] = ()
    if len(asked) > 1:
        reply = yield Get(f"{{{server}}}/api/v1/accounts", {"id[]": tuple(asked)})
        said = [*answered(reply, server, asked, lambda each: each.id)] if reply.status == 200 else ()
        yield from said
    done = [each.account.key for each in said if not isinstance(each, Spoilt)]
    for number, account in asked.items():
        if account.key not in done:
            reply = yield Get(f"{{{server}}}/api/v1/accounts/{quote(number, safe='')}")
            said = [*answered(reply, server, {number: account}, lambda each: each.id)]
            yield from said
            if all(isinstance(each, Spoilt) for each in said):
                yield Absent(account)


def by_handle(accounts: Sequence[Account], options: Options) -> Exchange:
    """One account, on the server of its handle; where that does not show it, on the one that its domain names."""
    (account,) = accounts
    user, _, domain = account.handle.removeprefix("@").lower().rpartition("@")
    reply = yield Get(f"{{{domain}}}{LOOKUP}", {"acct": user})
    said = [*answered(reply, domain, {user: account}, lambda each: each.username.lower())]
    try:
        address = "" if any(map(shown, said)) else (yield from actor(user, domain))
    except NoReply as error:
        # It is not there: so much is known even where the domain cannot be asked whether it lives elsewhere.
        yield from (
            Miss(each.account, each.reason, f"{each.detail}; {error}", final=False) if isinstance(each, Miss) else each
            for each in said
        )
        return
    if (server := host_of(address)) == domain:
        said = [
            *(each for each in said if isinstance(each, Spoilt)),
            Spoilt(f"{domain} does not show {address}, which it names"),
        ]
    elif server:
        reply = yield Get(f"{{{server}}}{LOOKUP}", {"acct": user})
        # There the name may be somebody else's: the domain has said who it is.
        said = [*answered(reply, server, {address: account}, lambda each: lowered(each.uri or each.url))]
    yield from said
    if all(isinstance(each, Spoilt) for each in said):
        yield Absent(account)


def home(account: Account) -> str:
    """The server that gave the account its id, for another's are other accounts'; else that of its handle."""
    return account.ids["local"].partition("/")[0] if "local" in account.ids else account.handle.rpartition("@")[2]


def refusal(reply: Reply) -> Refusal | None:
    """One server's word, which holds for nobody else's accounts."""
    if reply.status in (401, 403) and (problem := heard(reply.body, Problem)):
        wrong = "token is invalid" in problem.error
        return Refusal("bad_credentials" if wrong else "missing_permission", problem.error)
    return (refused := by_status(reply)) and structs.replace(refused, scope="batch")


MISSES: tuple[Reason, ...] = ("not_found", "suspended", "hidden", "moved", "bad_credentials", "missing_permission")
WINDOW = partial(window, prefix="x-ratelimit")
BY_NAME = Source(
    "api", by_handle, "exact", pace=Pace(300, 300), refusal=refusal, allowance=WINDOW, misses=MISSES, together=home
)
LOOKUP = "/api/v1/accounts/lookup"
USER = r"(?P<handle>[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?)"
TABS = r"(?<!\.rss)(?:\.rss)?(?:/(?:media|with_replies|followers|following|featured|tagged/[^/?#]+))?(?:[?#].*)?"
# Places that no platform here knows, whose addresses look the same.
OTHERS = r"(?!(?:[^/]*\.)?(?:clubhouse|figma|gitlab|odysee|producthunt|rumble|stackoverflow|unsplash|wordpress|youtube)\.[^/]*/)"
PLATFORM = Platform(
    slug="mastodon",
    name="Mastodon",
    federated=True,
    sources=(structs.replace(BY_NAME, ask=by_id, batch=40, pinned="local"), BY_NAME),
    handles=Handles(
        names=(rf"(?:acct:)?{USER}@(?P<server>(?i:{DOMAIN})|localhost(?::[0-9]{{1,5}})?)",),
        urls=(
            rf"{DOMAIN}/(?:web/|deck/)?@{USER}@(?P<server>(?i:{DOMAIN})){TABS}",
            rf"{OTHERS}(?P<server>{DOMAIN})/(?:web/|deck/)?@{USER}{TABS}",
            rf"{OTHERS}(?P<server>{DOMAIN})/users/{USER}(?:/(?:followers|following))?(?:[?#].*)?",
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
