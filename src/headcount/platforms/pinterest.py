"""Pinterest: followers of an account, which are others than those of its boards.

- api: `GET /v5/user_account`, exact, for the one account whose token it is; nobody else can be looked up.
  https://developers.pinterest.com/docs/api/v5/user_account-get
- page: the profile that everybody sees, one account a request, exact, from the state that the page embeds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import quote

from msgspec import Struct, structs

from headcount.model import Account, Count, Miss, Reading, Reason
from headcount.net.message import Get, Pace, Reply
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Source, Spoilt, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.problems import message
from headcount.platforms.kit.signing import bearer
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.wire import Digits, Heads, Id, decode, sift
from headcount.platforms.replies.pinterest_page import people


class Named(Struct):
    """What tells whom an object is about."""

    username: Id
    id: Digits


class User(Named):
    follower_count: Heads


class Owner(Named):
    follower_count: Heads | None = None


def of_token(accounts: Sequence[Account], options: Options) -> Exchange:
    """The account whose token it is; of the others there is nothing to ask."""
    reply = yield Get("{api}/v5/user_account")
    owner = decode(reply.body, Owner)
    for account in accounts:
        if not _is(account, owner):
            yield Miss(
                account, "not_found", f"the token is that of {owner.username}, and counts nobody else", final=False
            )
        elif owner.follower_count is None:
            yield Miss(account, "hidden", "no count is given", final=False)
        else:
            yield _reading(account, owner, owner.follower_count)


def by_profile(accounts: Sequence[Account], options: Options) -> Exchange:
    """One account, by its object in the state; objects of other people stand there too."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/{quote(account.handle, safe='')}/")
    everybody = list(people(reply))
    yield from (each for each in everybody if isinstance(each, Spoilt))
    users = match(sift(_theirs(account, everybody), User), lambda _: account.key)
    yield from users.spoilt
    if user := users.found.get(account.key):
        yield _reading(account, user, user.follower_count)
    else:
        yield Absent(account, "nobody of that name in the page")


def _theirs(account: Account, everybody: Sequence[object]) -> list[object]:
    """The objects of the account: those that bear its id, or else its name, which may be somebody else's by now."""
    named = [(person, who) for person in everybody for who in sift([person], Named)]
    own = [person for person, who in named if _is(account, who)]
    return own or [person for person, who in named if _is(structs.replace(account, ids={}), who)]


def _is(account: Account, who: Named | Spoilt) -> bool:
    """By the id, once that is pinned: a name may have been handed on."""
    if isinstance(who, Spoilt):
        return False
    pinned = account.ids.get("pinterest")
    return who.id == pinned if pinned else who.username.lower() == account.handle.lower()


def _reading(account: Account, who: Named, followers: int) -> Reading:
    return Reading(account, "followers", Count(followers), who.username, {"pinterest": who.id})


def refusal(reply: Reply, reasons: Mapping[int, Reason]) -> Refusal | None:
    """What a status says of the whole request; the API has words with it (`{"code": 2, "message": "..."}`)."""
    if reason := reasons.get(reply.status):
        return Refusal(reason, message(reply), scope="credential")
    return by_status(reply)


SITE = r"(?:[a-z]{2}\.|m\.)?pinterest\.(?:com|com?\.[a-z]{2}|com\.[a-z]{2}|[a-z]{2}|info)/"
NAME = r"(?P<handle>[A-Za-z0-9_]{3,40})"
API = Source(
    name="api",
    ask=of_token,
    about="exact; the token's own account only",
    batch=1_000,
    needs=("token",),
    # A token on trial has 1,000 calls a day; one that is not, 100 a second.
    pace=Pace(60, per=60),
    daily=1_000,
    sign=bearer("token"),
    refusal=partial(refusal, reasons={401: "bad_credentials", 403: "missing_permission"}),
    misses=("not_found", "hidden", "missing_permission", "bad_credentials"),
    own=True,
)
WALL = partial(refusal, reasons={403: "blocked"})
UNSEEN: tuple[Reason, ...] = ("not_found", "renamed_or_reused", "blocked")
PAGE = public_page(by_profile, "exact", UNSEEN, control="pinterest", refusal=WALL)
PLATFORM = Platform(
    slug="pinterest",
    name="Pinterest",
    hosts={"api": "https://api.pinterest.com", "page": "https://www.pinterest.com"},
    sources=(API, PAGE),
    credentials=(Credential("token", "an OAuth token of the account itself, with the scope user_accounts:read"),),
    handles=Handles(
        names=(f"@?{NAME}",),
        # The pages of a profile begin with `_`, or are these few; anything else behind a name is a board.
        urls=(rf"{SITE}{NAME}(?:/(?:_[a-z_]+|boards|pins|followers|following|activity)(?:/.*)?)?/?(?:[?#].*)?",),
        reserved="""
            about all business categories convert discover email explore following ideas join login logout news news_hub oauth
            password pin pins resource search settings shop shopping signup source terms today topics upload videos
        """,
        link="https://www.pinterest.com/{handle}/",
        forms=("energy", "@energy", "https://www.pinterest.com/energy/", "https://www.pinterest.de/energy/_saved/"),
    ),
    terms=Terms(
        link="https://policy.pinterest.com/en/developer-guidelines",
        dated="undated copy; terms of service of 30 April 2025",
        storing="Nothing from the API may be stored, except campaign analytics about one's own account.",
        deriving="Benchmarking and platform insights need written authorisation; data of accounts may not be combined.",
        pages="Scraping and any automated access are forbidden unless Pinterest expressly permits it.",
    ),
)
