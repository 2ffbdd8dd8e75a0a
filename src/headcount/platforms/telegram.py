"""Telegram: subscribers of a channel, members of a group.

- api: `getChatMemberCount` of the Bot API, one chat a request, exact; of a public chat the bot need be no member. The
  answer does not say whom it is about, so the question must: by its id, for which `getChat` is asked the first time.
  https://core.telegram.org/bots/api#getchatmembercount
- page: the public page, one chat a request; exact, but for pages that abbreviate ("10M").
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated
from urllib.parse import quote

from msgspec import Meta, Struct, structs

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading, Reason
from headcount.net.message import Get, Pace, Reply, Request, retry_after
from headcount.platforms.kit import counts
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Secrets, Source, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.strict import short
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.wire import Heads, Id, Json, decode, find


class Chat(Struct):
    id: Annotated[int, Meta(lt=0)]
    username: Id | None = None
    active_usernames: list[Id] = []


class Answer(Struct):
    ok: bool = False
    result: object = None
    error_code: int = 0
    description: str = ""
    parameters: Json = {}


def by_id(accounts: Sequence[Account], options: Options) -> Exchange:
    """One chat by its id. A bot that has not met it knows it by its name only, which may be another's by now."""
    (account,) = accounts
    ids = {"channel": account.ids["channel"]}
    said = _said(account, (yield _get("getChatMemberCount", CHANNEL + ids["channel"])), ids)
    if isinstance(said, Miss) and re.fullmatch(HANDLE, account.handle):
        yield from by_name(accounts, options)
    else:
        yield said


def by_name(accounts: Sequence[Account], options: Options) -> Exchange:
    """One chat by its name, and then its id. A count stands at once where no id is known yet that could gainsay it."""
    (account,) = accounts
    said = _said(account, (yield _get("getChatMemberCount", f"@{account.handle}")))
    if isinstance(said, Miss) or not account.ids:
        yield said
    if isinstance(said, Reading):
        yield structs.replace(said, ids=_ids(account, (yield _get("getChat", f"@{account.handle}"))))


def _ids(account: Account, reply: Reply) -> dict[str, str]:
    chat = find(_answer(reply).result, "", Chat)
    names = [name.lower() for name in (chat.username, *chat.active_usernames) if name] if chat else []
    if chat is None or account.handle.lower() not in names:
        raise ShapeChanged(f"asked for @{account.handle}, told of {names}")
    return {"channel": str(chat.id).removeprefix(CHANNEL)}


def _get(method: str, whom: str) -> Get:
    return Get(f"{{api}}/{method}", {"chat_id": whom})


def _said(account: Account, reply: Reply, ids: Mapping[str, str] | None = None) -> Reading | Miss:
    answer = _answer(reply)
    if answer.description == UNKNOWN:
        return Miss(account, "not_found", "chat not found")
    heads = find(answer.result, "", Heads) if answer.ok else None
    if heads is None:
        raise ShapeChanged(f"no count in {short(reply.body)}")
    return Reading(account, "followers", Count(heads), ids=ids or {})


def _answer(reply: Reply) -> Answer:
    try:
        return decode(reply.body, Answer)
    except ShapeChanged:
        return Answer()


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One public page, unless it is somebody else's. One of a person, a bot or nobody has no count, and all look alike."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/{quote(account.handle, safe='')}", headers={"accept-language": "en"})
    names = {name.decode("utf-8", "replace").lower() for name in OPENS.findall(reply.body)}
    if names - {account.handle.lower()}:
        raise ShapeChanged(f"the page is about {', '.join(sorted(names))}")
    texts = {" ".join(html.unescape(text.decode("utf-8", "replace")).split()) for text in EXTRA.findall(reply.body)}
    if len(texts) == 1 and (count := _heads(*texts)):
        yield Reading(account, "followers", count, account.handle)
    elif names and b"</html>" in reply.body and all(text.startswith("@") for text in texts):
        yield Absent(account, "neither a channel nor a group")
    else:
        raise ShapeChanged(f"no count on a page about {', '.join(names) or 'nobody'} (HTTP {reply.status})")


def _heads(text: str) -> Count | None:
    """Thousands stand apart there as in no language in particular."""
    found = COUNTED.fullmatch(text)
    return counts.read(re.sub(r"(?<=[0-9]) (?=[0-9]{3})", ",", found["count"]), rounding="unknown") if found else None


def refusal(reply: Reply) -> Refusal | None:
    """What Telegram says of the whole request, in its body if not by its status."""
    answer = _answer(reply)
    code, said = answer.error_code or reply.status, answer.description[:200]
    if answer.description == UNKNOWN:
        return None
    if code == 429:
        seconds = answer.parameters.get("retry_after")
        again = timedelta(seconds=min(seconds, 86_400)) if isinstance(seconds, int) else retry_after(reply)
        return Refusal("rate_limited", said, scope="credential", again=again)
    if reason := REASONS.get(code):
        return Refusal(reason, said, scope="credential" if reason == "bad_credentials" else "batch")
    return by_status(structs.replace(reply, status=code))


def sign(request: Request, secrets: Secrets) -> Request:
    """The token stands in the path, as Telegram wants it: only what is on the wire has it."""
    token = quote(secrets["bot_token"], safe=":")
    return structs.replace(request, url=request.url.replace("{api}", f"{{api}}/bot{token}"))


UNKNOWN = "Bad Request: chat not found"
CHANNEL = "-100"
OPENS = re.compile(rb'(?:url" content|_new[^"]*" href)="tg://resolve\?domain=([^"&]*)')
"""Whom the page offers to open: links that people write elsewhere on it are not looked at."""
EXTRA = re.compile(rb'<div class="tgme_page_extra">([^<]{0,200})</div>')
COUNTED = re.compile(r"(?P<count>[0-9][0-9., ]*[KMB]?) (?:subscriber|member)s?(?:, [0-9][0-9., ]*[KMB]? online)?")

REASONS: Mapping[int, Reason] = {400: "shape_changed", 401: "bad_credentials", 403: "private", 404: "bad_credentials"}
# Telegram publishes limits for sending only (30 messages a second), and says in a 429 how long to wait.
UNHEARD: tuple[Reason, ...] = ("not_found", "private", "bad_credentials")
UNSEEN: tuple[Reason, ...] = ("not_found", "blocked")
API = Source("api", by_id, "exact", 1, "channel", ("bot_token",), sign=sign, refusal=refusal, misses=UNHEARD)
PAGE = Source("page", by_page, "mostly exact", pace=Pace(20), control="telegram", official=False, misses=UNSEEN)
HANDLE = r"(?P<handle>[A-Za-z][A-Za-z0-9_]{3,31})"
SITE = r"(?:t|telegram)\.(?:me|dog)/"
PLATFORM = Platform(
    slug="telegram",
    name="Telegram",
    hosts={"api": "https://api.telegram.org", "page": "https://t.me"},
    sources=(API, structs.replace(API, ask=by_name, pinned=None), PAGE),
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
