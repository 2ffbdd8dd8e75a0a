"""Telegram: subscribers of a channel, members of a group.

- api: `getChatMemberCount` of the Bot API, one chat a request, exact; of a public chat the bot need be no member. The
  answer does not say whom it is about, so the question must: by its id, for which `getChat` is asked the first time.
  https://core.telegram.org/bots/api#getchatmembercount
- page: the public page, one chat a request; exact, but for pages that abbreviate ("10M").
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from urllib.parse import quote

from msgspec import structs

from headcount.errors import NoReply
from headcount.model import Account, Miss, Reading, Reason
from headcount.net.message import Get, Pace, Reply, Request
from headcount.platforms.kit.contract import Exchange, Options, Platform, Secrets, Source, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.terms import Terms
from headcount.platforms.replies import telegram_page
from headcount.platforms.replies.telegram_chat import CHANNEL, ids_of, members, refusal


def by_id(accounts: Sequence[Account], options: Options) -> Exchange:
    """One chat by its id. A bot that has not met it knows it by its name only, which may be another's by now."""
    (account,) = accounts
    ids = {"channel": account.ids["channel"]}
    said = members(account, (yield _get("getChatMemberCount", CHANNEL + ids["channel"])), ids)
    if isinstance(said, Miss) and said.reason == "not_found" and re.fullmatch(HANDLE, account.handle):
        yield from by_name(accounts, options)
    else:
        yield said


def by_name(accounts: Sequence[Account], options: Options) -> Exchange:
    """One chat by its name, and then its id."""
    (account,) = accounts
    said = members(account, (yield _get("getChatMemberCount", f"@{account.handle}")))
    yield said if isinstance(said, Miss) else (yield from _identified(said))


def _identified(reading: Reading) -> Generator[Request, Reply, Reading]:
    """The count with the chat's id; alone, where the id cannot be had and none is pinned that it would have to be."""
    try:
        reply = yield _get("getChat", f"@{reading.account.handle}")
    except NoReply:
        if reading.account.ids:
            raise
        return reading
    return structs.replace(reading, ids=ids_of(reading.account, reply))


def _get(method: str, whom: str) -> Get:
    return Get(f"{{api}}/{method}", {"chat_id": whom})


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One public page, unless it is somebody else's."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/{quote(account.handle, safe='')}", headers={"accept-language": "en"})
    yield telegram_page.read(account, reply)


def sign(request: Request, secrets: Secrets) -> Request:
    """The token stands in the path, as Telegram wants it: only what is on the wire has it."""
    token = quote(secrets["bot_token"], safe=":")
    return structs.replace(request, url=request.url.replace("{api}", f"{{api}}/bot{token}"))


# Telegram publishes limits for sending only (30 messages a second), and says in a 429 how long to wait.
UNHEARD: tuple[Reason, ...] = ("not_found", "private", "bad_credentials")
API = Source("api", by_id, "exact", 1, "channel", ("bot_token",), sign=sign, refusal=refusal, misses=UNHEARD)
PAGE = public_page(
    by_page, "mostly exact", ("not_found", "blocked"), pace=Pace(20), control="telegram", refusal=by_status
)
HANDLE = r"(?P<handle>[A-Za-z][A-Za-z0-9_]{3,31})"
SITE = r"(?:t|telegram)\.(?:me|dog)/"
PLATFORM = Platform(
    slug="telegram",
    name="Telegram",
    hosts={"api": "https://api.telegram.org", "page": "https://t.me"},
    sources=(API, structs.replace(API, ask=by_name, pinned=None, further=1), PAGE),
    credentials=(Credential("bot_token", "the token of a bot from @BotFather; any bot will do for public channels"),),
    handles=Handles(
        names=(rf"@?{HANDLE}", rf"(?:{CHANNEL})?(?P<channel>[0-9]{{9,13}})"),
        urls=(
            SITE + r"c/(?P<channel>[0-9]{9,13})(?:[/?#].*)?",
            SITE + rf"(?:s/)?@?{HANDLE}(?:[/?#].*)?",
            HANDLE + r"\.t\.me(?:[/?#].*)?",
            rf"tg:(?://)?resolve\?(?:.*&)?domain={HANDLE}(?:&.*)?",
        ),
        reserved="addemoji addlist addstickers addtheme boost confirmphone contact giftcode invoice joinchat login proxy"
        " setlanguage share socks",
        link="https://t.me/{handle}",
        forms=("durov", "@durov", "https://t.me/durov", "https://t.me/c/1234567890/5", "tg://resolve?domain=durov"),
    ),
    terms=Terms(
        link="https://telegram.org/tos",
        dated="undated copy, with a sentence of 3 February 2026",
        storing="not said",
        deriving="Gathering data to build or run artificial intelligence is forbidden; nothing is said of plain counts.",
        pages="Scraping is forbidden to everybody; bots may not gather large datasets from public groups or channels.",
    ),
)
