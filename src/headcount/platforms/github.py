"""GitHub: followers of users and of organisations, which the same address answers for.

- api: `GET /users/NAME`, and `GET /user/ID` once the id is pinned, so that a rename loses nobody; one account a request,
  exact. With a token 5,000 requests an hour, and nothing for an account that has not changed since; without one 60 an
  hour for each address. https://docs.github.com/en/rest/users/users
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from msgspec import structs

from headcount.model import Account, Miss, Reason
from headcount.net.message import Allowance, Get, Pace, Reply
from headcount.platforms.kit.contract import Exchange, Options, Platform, Source
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.signing import bearer
from headcount.platforms.kit.terms import Terms
from headcount.platforms.replies import github_user
from headcount.platforms.replies.github_errors import HOUR, is_nobody, refusal


def by_id(accounts: Sequence[Account], options: Options) -> Exchange:
    """One account by its id, whatever it is called today; where nobody has the id, whoever has the name is looked at."""
    (account,) = accounts
    pinned = account.ids["github"]
    reply = yield _get("user", pinned)
    if is_nobody(reply):
        yield from by_name(accounts, options)
    else:
        yield github_user.read(reply, account, lambda user: str(user.id) == pinned)


def by_name(accounts: Sequence[Account], options: Options) -> Exchange:
    """One account by its name."""
    (account,) = accounts
    reply = yield _get("users", account.handle)
    if is_nobody(reply):
        yield Miss(account, "not_found", "Not Found")
    else:
        yield github_user.read(reply, account, lambda user: user.login.lower() == account.handle.lower())


def _get(kind: str, whom: str) -> Get:
    return Get(f"{{api}}/{kind}/{quote(whom, safe='')}", headers=HEADERS)


def nearly_used_up(reply: Reply) -> Allowance | None:
    """What is left of the hour, once it is less than our pace lets through in a minute: before, the pace is what counts."""
    left = HOUR(reply)
    return left if left and left.remaining is not None and left.remaining < PACE.amount else None


HEADERS = {"accept": "application/vnd.github+json", "x-github-api-version": "2022-11-28"}
RESERVED = """
    about account apps blog codespaces collections contact copilot customer-stories dashboard discussions edu enterprise
    events explore features home issues join login logout marketplace mcp mobile models new newsroom nonprofit notifications
    open-source organizations orgs packages partners premium-support pricing projects pulls readme resources search security
    sessions settings signup site sitemap solutions sponsors stars team topics trending user users watching why-github
"""

MISSES: tuple[Reason, ...] = ("not_found", "bad_credentials", "missing_permission", "blocked")
OPEN = Source(
    "api", by_id, "exact", pinned="github", pace=Pace(60, per=3600), refusal=refusal, allowance=HOUR, misses=MISSES
)
# 4,800 an hour, and far from the 900 a minute at which the secondary limit begins.
PACE = Pace(80, per=60)
# Only a request with a token is free where nothing has changed.
BY_ID = structs.replace(
    OPEN, needs=("token",), pace=PACE, sign=bearer("token"), allowance=nearly_used_up, conditional=True
)
BY_NAME = structs.replace(BY_ID, ask=by_name, pinned=None)
NAME = r"(?P<handle>[A-Za-z0-9][A-Za-z0-9_-]{0,38})"
PLATFORM = Platform(
    slug="github",
    name="GitHub",
    hosts={"api": "https://api.github.com"},
    sources=(BY_ID, BY_NAME, OPEN, structs.replace(OPEN, ask=by_name, pinned=None)),
    credentials=(Credential("token", "a personal access token without any scope, from github.com/settings/tokens"),),
    handles=Handles(
        names=(f"@?{NAME}",),
        urls=(
            rf"(?:m\.)?github\.com/(?:orgs/)?@?{NAME}(?:[?#].*)?",
            rf"github\.com/(?:orgs|users|sponsors)/{NAME}(?:[/?#].*)?",
            rf"gist\.github\.com/{NAME}(?:[?#].*)?",
            rf"api\.github\.com/(?:orgs|users)/{NAME}(?:[/?#].*)?",
            r"api\.github\.com/user/(?P<github>[1-9][0-9]{0,17})",
            r"avatars[0-9]?\.githubusercontent\.com/u/(?P<github>[1-9][0-9]{0,17})(?:\?.*)?",
            rf"{NAME}\.github\.io(?:[/?#].*)?",
        ),
        reserved=RESERVED,
        link="https://github.com/{handle}",
        forms=("nasa", "https://github.com/nasa", "https://github.com/orgs/nasa", "https://api.github.com/user/848102"),
    ),
    terms=Terms(
        link="https://docs.github.com/en/site-policy/acceptable-use-policies/github-acceptable-use-policies",
        dated="undated copy; API terms of 27 April 2026",
        storing="No limit on keeping counts was found; personal information is for what its owner authorised.",
        deriving="No ban on derived figures was found; research on public data that is not personal must be open access.",
        government="An amendment for U.S. federal users holds only for products licensed before 4 January 2021.",
        pages="Scraping is allowed for research and archiving, not to excess and not for spam or selling personal data.",
    ),
)
