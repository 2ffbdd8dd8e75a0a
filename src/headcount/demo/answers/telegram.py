"""Telegram: the Bot API, with the bot's token in the path, and public pages.

Fates: `personal` is a person, whom the Bot API does not find and whose page has no count; `suspended` is gone; `private` is
open to its members only; `spoilt` has words where its count would be; `renamed` is found by its id. A third of all chats are
groups, which have members.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from headcount.demo.calls import Call, Response, json
from headcount.demo.contract import Answers, Route
from headcount.demo.pages import meta, page
from headcount.demo.people import Person
from headcount.demo.world import World

TOKENS = {"bot_token": "7000000001:SIMULATED-bot-token-of-35-characters"}
NO_CHATS = {"personal", "suspended", "left_out"}


def problem(code: int, description: str, **parameters: int) -> Response:
    """What the Bot API says instead of a result."""
    told: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    return json({**told, "parameters": parameters} if parameters else told, code)


UNKNOWN = problem(400, "Bad Request: chat not found")
CLOSED = problem(403, "Forbidden: bot is not a member of the channel chat")
BAD_TOKEN = problem(401, "Unauthorized")
FLOOD = problem(429, "Too Many Requests: retry after 35", retry_after=35)


def members(person: Person, world: World) -> object:
    """How many there are."""
    return "many" if person.fate == "spoilt" else world.count(person)


def chat(person: Person, world: World) -> object:
    """Whose it is."""
    kind = "supergroup" if _is_group(person) else "channel"
    return {"id": int(f"-100{person.id}"), "title": person.handle, "username": person.handle, "type": kind}


def _is_group(person: Person) -> bool:
    return person.number % 3 == 0


def _asked(result: Callable[[Person, World], object]) -> Callable[[Call, World], Response]:
    """What a method answers about the chat that is asked for, by name or by id."""

    def answer(call: Call, world: World) -> Response:
        whom = call.query.get("chat_id", "")
        person = world.named(whom[1:]) if whom.startswith("@") else world.identified(whom.removeprefix("-100"))
        if person is None or person.fate in NO_CHATS:
            return UNKNOWN
        return CLOSED if person.fate == "private" else json({"ok": True, "result": result(person, world)})

    return answer


def preview(call: Call, world: World) -> Response:
    """The page that offers to open a chat; whoever is unknown may still be written to."""
    person = world.named(call.parts["name"])
    name = person.handle if person else call.parts["name"]
    opens = f"tg://resolve?domain={escape(name)}"
    is_chat = person is not None and person.fate not in NO_CHATS | {"private"}
    extra = f'<div class="tgme_page_extra">{_counted(person, world)}</div>' if person and is_chat else ""
    head = meta({"og:title": name if is_chat else f"Telegram: Contact @{name}", "al:ios:url": opens})
    button = f'<a class="tgme_action_button_new shine" href="{opens}">View in Telegram</a>'
    return page(head, f'<div class="tgme_page_title"><span dir="auto">{escape(name)}</span></div>', extra, button)


def _counted(person: Person, world: World) -> str:
    if person.fate == "spoilt":
        return "many subscribers"
    heads = re.sub(",", " ", f"{world.count(person):,}")
    return f"{heads} members, {person.number % 90} online" if _is_group(person) else f"{heads} subscribers"


def admit(call: Call) -> Response | None:
    """With the bot's token, in the path."""
    return None if call.parts["token"] == TOKENS["bot_token"] else BAD_TOKEN


def identify(handle: str, number: int) -> tuple[str, ...]:
    """The number of a channel, without what the Bot API puts before it."""
    return (str(10**9 + number % (9 * 10**9)),)


ANSWERS = Answers(
    routes=(
        Route("GET", "api", "/bot{token}/getChatMemberCount", _asked(members), admit),
        Route("GET", "api", "/bot{token}/getChat", _asked(chat), admit),
        Route("GET", "page", "/{name}", preview),
    ),
    credentials=TOKENS,
    identify=identify,
    refusals={"token": BAD_TOKEN, "flood": FLOOD, "closed": CLOSED},
)
