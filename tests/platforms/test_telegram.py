"""Telegram: what is asked of whom and in which order, how an id is pinned, and that the token is nowhere but on the wire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from headcount.collect.scrub import Scrubber
from headcount.errors import Unreachable
from headcount.model import Account, Count, Miss, Reading
from headcount.net import route
from headcount.net.message import Get
from headcount.platforms import platform
from headcount.platforms.kit.contract import Refusal
from tests.platforms.replaying import Body, Replayed, account, rehearse, reply
from tests.platforms.tables.telegram import CLOSED, IDS, UNKNOWN, chat, members, page, problem

BY_ID, BY_NAME, PAGE = platform("telegram").sources
TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
NAMED, PINNED = account("telegram", "riverlab"), account("telegram", "riverlab", **IDS)
COUNT, CHAT = "{api}/getChatMemberCount", "{api}/getChat"
HEADS = 5_210


def asked(replayed: Replayed) -> list[tuple[str, object]]:
    return [(request.url, request.query["chat_id"]) for request in replayed.requests]


def told(replayed: Replayed) -> list[tuple[object, Mapping[str, str]]]:
    return [(said.count.value, said.ids) if isinstance(said, Reading) else (said.reason, {}) for said in replayed.said]


CHAT_GIVEN: Sequence[tuple[str, Account, Sequence[Body], list[tuple[str, object]], list[tuple[object, object]]]] = [
    (
        "by name, then whose it is: the count is told once, with the id",
        NAMED,
        [members(), chat()],
        [(COUNT, "@riverlab"), (CHAT, "@riverlab")],
        [(HEADS, IDS)],
    ),
    (
        "by name, and the second question is lost: the count stands",
        NAMED,
        [members()],
        [(COUNT, "@riverlab"), (CHAT, "@riverlab")],
        [(HEADS, {})],
    ),
    (
        "by name, and the second answer is about another: no count",
        NAMED,
        [members(), chat("mallory", -1005)],
        [(COUNT, "@riverlab"), (CHAT, "@riverlab")],
        [("shape_changed", {})],
    ),
    ("by id: one question", PINNED, [members()], [(COUNT, "-1001234567890")], [(HEADS, IDS)]),
    (
        "by name where the bot has not met the id, and the name is still the chat's",
        PINNED,
        [UNKNOWN, members(), chat()],
        [(COUNT, "-1001234567890"), (COUNT, "@riverlab"), (CHAT, "@riverlab")],
        [(HEADS, IDS)],
    ),
    (
        "by name where the bot has not met the id, and the name is another chat's by now",
        PINNED,
        [UNKNOWN, members(), chat(uid=-1005)],
        [(COUNT, "-1001234567890"), (COUNT, "@riverlab"), (CHAT, "@riverlab")],
        [("renamed_or_reused", {})],
    ),
    (
        "by name where the bot has not met the id, and the second question is lost: nothing proves whose the count is",
        PINNED,
        [UNKNOWN, members()],
        [(COUNT, "-1001234567890"), (COUNT, "@riverlab"), (CHAT, "@riverlab")],
        [("unreachable", {})],
    ),
    (
        "by id, and it has closed: nobody is asked who has its name now",
        PINNED,
        [CLOSED, members(), chat()],
        [(COUNT, "-1001234567890")],
        [("private", {})],
    ),
]


@pytest.mark.parametrize(
    ("whom", "replies", "questions", "answers"), [row[1:] for row in CHAT_GIVEN], ids=[row[0] for row in CHAT_GIVEN]
)
def test_what_is_asked_and_what_comes_of_it(
    whom: Account, replies: Sequence[Body], questions: list[tuple[str, object]], answers: list[tuple[object, object]]
) -> None:
    replayed = rehearse(BY_ID if whom.ids else BY_NAME, [whom], *replies)
    assert asked(replayed) == questions
    assert told(replayed) == answers


def test_the_token_is_in_the_path_on_the_wire_and_in_no_request_before() -> None:
    (request, _) = rehearse(BY_NAME, [NAMED], members()).requests
    assert TOKEN not in repr(request)
    signed = BY_NAME.sign(request, {"bot_token": TOKEN})
    url = route.locate(signed, {"api": "https://api.telegram.org"})
    assert str(url) == f"https://api.telegram.org/bot{TOKEN}/getChatMemberCount?chat_id=%40riverlab"


@pytest.mark.parametrize("token", ["1:a/../../x", "1:a?b", "1:{page}", "1:a\nb", "1:a#b", "1:\u00e9"])
def test_a_token_that_is_none_asks_nobody_else(token: str) -> None:
    signed = BY_NAME.sign(Get(COUNT, {"chat_id": "@a"}), {"bot_token": token})
    url = route.locate(signed, {"api": "https://api.telegram.org"})
    assert (url.raw_host, url.raw_path.count("/")) == ("api.telegram.org", 2)
    assert url.raw_path.endswith("/getChatMemberCount")


def test_an_error_that_holds_the_address_is_told_without_the_token() -> None:
    signed = BY_NAME.sign(Get(COUNT), {"bot_token": TOKEN})
    with pytest.raises(Unreachable) as caught:
        route.locate(signed, {})
    assert TOKEN in str(caught.value), "this error would not tell it anyway"
    assert TOKEN[-20:] not in Scrubber({"bot_token": TOKEN}).text(str(caught.value))


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        (problem(401, "Unauthorized"), Refusal("bad_credentials", "Unauthorized", "credential")),
        (problem(403, "Forbidden: x"), None),
        (
            problem(429, "Too Many Requests: retry after 35", retry_after=35),
            Refusal("rate_limited", "Too Many Requests: retry after 35", "credential", timedelta(seconds=35)),
        ),
        (reply("", 429, retry_after="7"), Refusal("rate_limited", "", "credential", timedelta(seconds=7))),
        (problem(429, "x", retry_after=10**9), Refusal("rate_limited", "x", "credential", timedelta(days=1))),
        (problem(429, "x", retry_after=-(10**18)), Refusal("rate_limited", "x", "credential")),
        (problem(429, "x", retry_after=-5), Refusal("rate_limited", "x", "credential")),
        (problem(429, "x", retry_after=True), Refusal("rate_limited", "x", "credential")),
        (problem(400, "Bad Request: chat not found"), None),
        (problem(400, "Bad Request: y"), Refusal("shape_changed", "Bad Request: y")),
    ],
)
def test_a_refusal_says_whom_it_holds_for_and_until_when(answer: Body, refused: Refusal | None) -> None:
    assert BY_NAME.refusal(reply(answer)) == refused


@pytest.mark.parametrize(("whom", "final"), [(PINNED, True), (NAMED, False)])
def test_a_chat_that_has_closed_is_looked_for_on_no_page_where_its_id_is_pinned(whom: Account, final: bool) -> None:
    (miss,) = rehearse(BY_ID if whom.ids else BY_NAME, [whom], CLOSED).said
    assert isinstance(miss, Miss)
    assert (miss.reason, miss.final) == ("private", final)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1 subscriber", Count(1)),
        ("999 subscribers", Count(999)),
        ("1 000 subscribers", Count(1_000)),
        ("10 612 280 subscribers", Count(10_612_280)),
        ("1.2M subscribers", Count(1_200_000, 100_000, "unknown")),
        ("1 member", Count(1)),
        ("12 345 members, 1 234 online", Count(12_345)),
    ],
)
def test_the_page_s_words_are_read(text: str, count: Count) -> None:
    (said,) = rehearse(PAGE, [NAMED], page(text)).said
    assert isinstance(said, Reading)
    assert said.count == count


@pytest.mark.parametrize(
    "text", ["online", "12 online", "1 00 subscribers", "01 000 subscribers", "subscribers", "5 monthly users"]
)
def test_other_words_are_not(text: str) -> None:
    (said,) = rehearse(PAGE, [NAMED], page(text)).said
    assert isinstance(said, Miss)
    assert said.reason == "shape_changed"
