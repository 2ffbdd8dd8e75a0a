"""Telegram: replies of our own, and what was recorded of it."""

from __future__ import annotations

from headcount.model import Count
from headcount.net.message import Reply
from tests.platforms.replaying import reply
from tests.platforms.table import COUNTED, Recorded, Table, changed, empty, error, good, stranger

IDS = {"channel": "1234567890"}
FOUND = Count(5_210)


def members(heads: object = 5_210) -> dict[str, object]:
    return {"ok": True, "result": heads}


def chat(name: str | None = "RiverLab", uid: object = -1001234567890, **more: object) -> dict[str, object]:
    return {"ok": True, "result": {"id": uid, "type": "channel", "title": "River Lab", "username": name, **more}}


def problem(code: int, description: str, **parameters: int) -> Reply:
    return reply({"ok": False, "error_code": code, "description": description, "parameters": parameters}, code)


def page(extra: str = "5 210 subscribers", name: str = "RiverLab", about: str = "We have 9 000 subscribers") -> str:
    opens = f"tg://resolve?domain={name}"
    shown = f'<div class="tgme_page_extra">{extra}</div>\n' if extra else ""
    return (
        f'<!DOCTYPE html><html><head><meta property="og:title" content="River"><meta property="al:ios:url" content="{opens}">'
        f'</head><body><div class="tgme_page"><div class="tgme_page_title"><span>12 subscribers</span></div>\n{shown}'
        f'<div class="tgme_page_description">{about} <a href="tg://resolve?domain=mallory">@mallory</a></div>'
        f'<a class="tgme_action_button_new shine" href="{opens}">View in Telegram</a></div></body></html>'
    )


UNKNOWN = problem(400, "Bad Request: chat not found")
CLOSED = problem(403, "Forbidden: bot is not a member of the channel chat")
CONTACT = page("", "riverlab", "If you have Telegram, you can contact")
CONTROL = page("11 000 000 subscribers", "telegram")

TABLE = Table(
    handle="riverlab",
    means={
        "durov": "durov",
        "@durov": "durov",
        "River_Lab7": "River_Lab7",
        "https://t.me/durov": "durov",
        "http://www.t.me/durov/": "durov",
        "t.me/durov": "durov",
        "T.ME/durov": "durov",
        "//t.me/durov#top": "durov",
        "https://t.me/@durov": "durov",
        "https://t.me/d%75rov": "durov",
        "https://t.me/s/durov": "durov",
        "https://t.me/s/durov/123": "durov",
        "https://t.me/durov/123?single": "durov",
        "https://t.me/durov?boost": "durov",
        "https://telegram.me/durov": "durov",
        "https://telegram.dog/durov": "durov",
        "https://durov.t.me": "durov",
        "https://durov.t.me/12": "durov",
        "tg://resolve?domain=durov": "durov",
        "tg://resolve?domain=durov&post=12": "durov",
        "-1001234567890": IDS,
        "1234567890": IDS,
        "https://t.me/c/1234567890/77": IDS,
    },
    refused=(
        "",
        "not a name",
        "abc",
        "7rivers",
        "river-lab",
        "a" * 33,
        "https://t.me/",
        "https://t.me/+AbCdEfGh",
        "https://t.me/joinchat/AbCdEfGh",
        "https://t.me/addstickers/Animals",
        "https://t.me/share/url?url=x",
        "https://t.me/proxy?server=x",
        "https://t.me.evil.example/durov",
        "https://t.me@evil.example/durov",
        "https://web.telegram.org/k/#@durov",
        "tg://join?invite=AbCdEf",
        "https://t.me/@abc",
    ),
    rows=(
        good("a count by name, and whose it is", "api", [members(), chat()], FOUND),
        good("a count by name, and nothing more", "api", [members()], FOUND),
        good("a second name of the chat", "api", [members(), chat("x", active_usernames=["x", "riverlab"])], FOUND),
        good("a chat of its bot alone", "api", [members(1), chat()], Count(1)),
        good("a count by id", "api", [members()], FOUND, ids=IDS, gives=IDS),
        good("by name, for the id has not been met", "api", [UNKNOWN, members(), chat()], FOUND, ids=IDS, gives=IDS),
        empty("it is unknown", "api", [UNKNOWN], "not_found"),
        empty("it is unknown by its id and by its name", "api", [UNKNOWN, UNKNOWN], "not_found", ids=IDS),
        empty("a private channel is unknown by its id", "api", [UNKNOWN], "not_found", handle="1234567890", ids=IDS),
        error("a bad token", "api", [problem(401, "Unauthorized")], "bad_credentials"),
        error("a token that is none", "api", [problem(404, "Not Found")], "bad_credentials"),
        error("a private channel", "api", [CLOSED], "private"),
        error("too many requests", "api", [problem(429, "Too Many Requests", retry_after=35)], "rate_limited"),
        error("too many requests, not in JSON", "api", [reply("", 429)], "rate_limited"),
        error("a server in trouble", "api", [reply("Bad Gateway", 502)], "unreachable"),
        error("a question that it does not understand", "api", [problem(400, "Bad Request: x")], "shape_changed"),
        stranger(
            "the name is another chat's by now", "api", [UNKNOWN, members(), chat("mallory")], "shape_changed", ids=IDS
        ),
        stranger(
            "the name is said to be another's, and nothing is known of it yet",
            "api",
            [members(), chat("mallory")],
            "shape_changed",
        ),
        error("it has closed, whoever has its name now", "api", [CLOSED, members(), chat()], "private", ids=IDS),
        error("its id is unknown, and its name's chat is closed", "api", [UNKNOWN, CLOSED], "private", ids=IDS),
        error("a wall in place of an answer", "api", [reply("<html>Forbidden</html>", 403)], "shape_changed"),
        changed("a wait that is none", "api", [problem(429, "x", retry_after=-(10**18))], "rate_limited"),
        changed("a count, and then no chat", "api", [members(), {"ok": True}], "shape_changed"),
        changed(
            "a count, and then a chat that is not well", "api", [members(), {**chat(), "ok": False}], "shape_changed"
        ),
        changed("no result", "api", [{"ok": True}], "shape_changed"),
        changed("it is not well", "api", [{"ok": False, "result": 5_210}], "shape_changed"),
        changed("the count is a text", "api", [members("5210")], "shape_changed"),
        changed("the count is a boolean", "api", [members(heads=True)], "shape_changed"),
        changed("the count is negative", "api", [members(-1)], "shape_changed"),
        changed("the count is a fraction", "api", [members(5.5)], "shape_changed"),
        changed("the count is null", "api", [members(None)], "shape_changed"),
        changed("the chat comes first", "api", [chat()], "shape_changed"),
        changed("a page instead", "api", ["<html>5210</html>"], "shape_changed"),
        changed("cut short", "api", ['{"ok":true,"result":52'], "shape_changed"),
        good("a channel", "page", [page()], FOUND),
        good("one subscriber", "page", [page("1 subscriber")], Count(1)),
        good("spaces that do not break", "page", [page("5\u00a0210 subscribers")], FOUND),
        good("spaces that are spelt", "page", [page("5&nbsp;210 subscribers")], FOUND),
        good("narrow spaces", "page", [page("10\u202f612\u202f280 subscribers")], Count(10_612_280)),
        good("no spaces", "page", [page("5210 subscribers")], FOUND),
        good("commas", "page", [page("5,210 subscribers")], FOUND),
        good("abbreviated", "page", [page("10M subscribers")], Count(10_000_000, 1_000_000, "unknown")),
        good("abbreviated with a decimal", "page", [page("12.3K subscribers")], Count(12_300, 100, "unknown")),
        good("a group", "page", [page("2 805 members, 12 online")], Count(2_805)),
        good("a group in which nobody is awake", "page", [page("2 805 members")], Count(2_805)),
        empty("a person, while others are shown", "page", [page("@riverlab"), CONTROL], "not_found"),
        empty("nobody or a person, while others are shown", "page", [CONTACT, CONTROL], "not_found"),
        error("nobody, and others are not shown either", "page", [CONTACT, page("", "telegram")], "blocked"),
        error("too many requests", "page", [reply("", 429)], "rate_limited"),
        error("a server in trouble", "page", [reply("", 500)], "unreachable"),
        stranger("a page of somebody else", "page", [page(name="mallory")], "shape_changed"),
        stranger(
            "a button for somebody else",
            "page",
            [page().replace("domain=RiverLab", "domain=mallory", 1)],
            "shape_changed",
        ),
        stranger(
            "a count of nobody", "page", ['<div class="tgme_page_extra">5 012 subscribers</div>'], "shape_changed"
        ),
        stranger("an invitation", "page", [page().replace("resolve?domain=", "join?invite=")], "shape_changed"),
        stranger("a page that names another beside", "page", [page() + page(name="mallory")], "shape_changed"),
        changed("half a button, again and again", "page", ["_new" * 200_000], "shape_changed"),
        changed("words instead of a count", "page", [page("many subscribers")], "shape_changed"),
        changed("other words", "page", [page("5 210 monthly users")], "shape_changed"),
        changed("a separator of another language", "page", [page("5.210 subscribers")], "shape_changed"),
        changed("wrongly grouped", "page", [page("52 10 subscribers")], "shape_changed"),
        changed("negative", "page", [page("-5 210 subscribers")], "shape_changed"),
        changed("two counts", "page", [page() + page("12 subscribers")], "shape_changed"),
        changed("a wall", "page", ["<html><body>Sign in to Telegram</body></html>"], "shape_changed"),
        changed("cut short before its count", "page", [page()[:240]], "shape_changed"),
    ),
    simulated=("energygov", "@NRELlab", "Oak_Ridge_7"),
    fates={
        "personal": {"api by name": "not_found", "api by id": "not_found", "page": "not_found"},
        "suspended": {"api by name": "not_found", "page": "not_found"},
        "private": {"api by name": "private", "api by id": "private", "page": "not_found"},
        "spoilt": {"api by name": "shape_changed", "page": "shape_changed"},
        "renamed": {"api by name": "not_found", "page": "not_found"},
        "well": {"api by name": COUNTED, "api by id": COUNTED, "page": COUNTED},
    },
    refusals={
        "token": {"api by name": "bad_credentials", "api by id": "bad_credentials"},
        "flood": {"api by name": "rate_limited", "page": "rate_limited"},
        "closed": {"api by name": "private"},
    },
    folder="telegram",
    recorded={
        "constructed_bot_getChatMemberCount_200.json": (Recorded("api", "DiaboxApp", Count(5_012)),),
        "bot_chat_not_found_400.json": (Recorded("api", "nobody", "not_found", 400),),
        "bot_not_member_403.json": (Recorded("api", "nobody", "private", 403),),
        "bot_unauthorized_401.json": (Recorded("api", "nobody", "bad_credentials", 401),),
        "bot_rate_limited_429.json": (Recorded("api", "nobody", "rate_limited", 429),),
        "channel_page_subscribers.html": (Recorded("page", "DiaboxApp", Count(5_012)),),
        "contact_page_no_count_trimmed.html": (Recorded("page", "binance", "not_found", then=(CONTROL,)),),
    },
    unused={"channel_page_big_trimmed.html": "trimmed by its author, so that it does not say whose it is"},
)
