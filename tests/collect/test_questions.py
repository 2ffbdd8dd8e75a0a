"""A batch that asks on for each account: one account's trouble in the middle of it costs nobody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import msgspec
import pytest

from headcount.clock import SteppedClock
from headcount.collect.attend import Desk, attend
from headcount.errors import Unreachable
from headcount.model import Account, Count, Outcome, Reading
from headcount.net.message import Get, Reply, Request
from headcount.platforms.kit.contract import Exchange, Options, Refusal, Source, by_status
from headcount.platforms.kit.wire import Heads, decode

START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
Answer = Callable[[str], Reply]


def nested(accounts: Sequence[Account], options: Options) -> Exchange:
    """Looks everybody up at once, and then counts one after the other."""
    yield Get("{api}/all")
    for account in accounts:
        reply = yield Get(f"{{api}}/count/{account.handle}")
        yield Reading(account, "followers", Count(decode(reply.body, Heads)))


def refusal(reply: Reply) -> Refusal | None:
    if reply.status == 400:
        return Refusal("shape_changed", "Bad Request")
    return Refusal("bad_credentials", "no", scope="credential") if reply.status == 401 else by_status(reply)


SOURCE = Source("api", nested, batch=100, refusal=refusal)


class Bank:
    """Answers, and remembers what was asked."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.asked: list[str] = []

    async def send(self, request: Request) -> Reply:
        what = request.url.rpartition("/")[2]
        self.asked.append(what)
        return self._answer(what)

    async def attend(self, names: str) -> dict[str, object]:
        accounts = [Account(f"bank/{name}", name) for name in names.split()]
        said = [each async for each in attend(Desk(SOURCE, {}, self.send, SteppedClock(START)), accounts)]
        return {
            each.account.handle: each.said.count.value if isinstance(each.said, Reading) else each.said.reason
            for each in said
            if isinstance(each, Outcome)
        }


def reply(value: object, status: int = 200) -> Reply:
    return Reply(status, {}, msgspec.json.encode(value), START)


def but(name: str, answer: Reply) -> Answer:
    return lambda what: answer if what == name else reply(7)


@pytest.mark.parametrize("bad", ["a", "b", "c"])
@pytest.mark.parametrize(
    ("answer", "reason"),
    [(reply(0, 400), "shape_changed"), (reply(-1), "shape_changed"), (reply(0, 503), "unreachable")],
)
async def test_one_bad_answer_costs_its_own_account_only(bad: str, answer: Reply, reason: str) -> None:
    assert await Bank(but(bad, answer)).attend("a b c") == {"a": 7, "b": 7, "c": 7, bad: reason}


async def test_one_that_cannot_be_reached_costs_its_own_account_only() -> None:
    def answer(what: str) -> Reply:
        if what == "b":
            raise Unreachable("gone")
        return reply(7)

    assert await Bank(answer).attend("a b c") == {"a": 7, "b": "unreachable", "c": 7}


async def test_where_nothing_goes_well_the_rest_is_left_alone() -> None:
    bank = Bank(lambda what: reply(7) if what == "all" else reply(0, 503))
    assert set((await bank.attend("a b c d e f g h")).values()) == {"unreachable"}
    assert len([what for what in bank.asked if what != "all"]) < 8


async def test_a_first_answer_that_is_bad_is_everybody_s_and_nobody_is_asked_alone() -> None:
    bank = Bank(but("all", reply(0, 400)))
    assert set((await bank.attend("a b c")).values()) == {"shape_changed"}
    assert bank.asked == ["all"]


async def test_a_bad_credential_in_the_middle_is_everybody_s_who_is_left() -> None:
    bank = Bank(but("b", reply(0, 401)))
    assert await bank.attend("a b c") == {"a": 7, "b": "bad_credentials", "c": "bad_credentials"}
    assert bank.asked == ["all", "a", "b"]
