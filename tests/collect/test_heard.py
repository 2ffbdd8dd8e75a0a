"""What is heard of an exchange: everything of those that somebody may want to read again, and nothing of others."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest
from msgspec import structs

from headcount.collect.heard import MOST, TAIL, Heard, Memory, Replied
from headcount.collect.plan import Office
from headcount.collect.run import collect
from headcount.collect.scrub import Scrubber
from headcount.collect.turn import Assignment, Means
from headcount.errors import NoReply, TooSlow, Unreachable
from headcount.model import Account
from headcount.net.message import Get, Reply, Request
from tests.collect.test_collect import CHIRP, World, flock, is_page, reply

SECRET = "t0ken-CANARY-of-chirp"


def answers(but: Mapping[str, object], page: object) -> World:
    return World(lambda request: reply(page) if is_page(request) else flock(request, but))


async def heard(world: World, names: str, **office: object) -> list[Heard]:
    found: list[Heard] = []
    settled = structs.replace(Office(CHIRP, {}, {}, {"token": SECRET}), **office)
    means = Means(
        world.send, world.shelf, world.clock, world.clock.now().replace(hour=13), world.budget, None, found.append
    )
    accounts = tuple(Account(f"chirp/{name}", name) for name in names.split())
    async for _ in collect([Assignment(settled, accounts)], means):
        await asyncio.sleep(0)
    return found


def told(each: Heard) -> tuple[str, str, str, str]:
    """By which source, about whom, of whom nothing was understood, and who was counted."""
    counted = " ".join(one.account.handle for one in each.counted)
    return (
        each.source,
        " ".join(one.handle for one in each.accounts),
        " ".join(one.handle for one in each.unread),
        counted,
    )


@pytest.mark.parametrize(
    ("but", "expected"),
    [
        ({}, [("api", "robin wren", "", "robin wren")]),
        ({"wren": {"id": "w", "handle": "wren"}}, [("api", "robin wren", "wren", "robin"), ("page", "wren", "wren", "")]),
        ({"robin": 1, "wren": 2}, [("api", "robin wren", "robin wren", ""), ("page", "robin", "robin", ""), ("page", "wren", "wren", "")]),
    ],
)  # fmt: skip
async def test_an_exchange_in_which_something_has_no_shape_or_is_counted_is_heard(
    but: Mapping[str, object], expected: list[tuple[str, str, str, str]]
) -> None:
    assert sorted(map(told, await heard(answers(but, {"no": "bird"}), "robin wren"))) == sorted(expected)


@pytest.mark.parametrize("status", [404, 429, 500])
async def test_what_is_clear_without_a_count_is_not_heard(status: int) -> None:
    world = World(lambda request: reply({}, status))
    assert await heard(world, "robin", chosen=("page",)) == []


async def test_the_requests_are_as_they_were_before_they_were_signed() -> None:
    (each,) = await heard(answers({}, {}), "robin")
    (asked,) = each.replies()
    assert (asked.request.url, dict(asked.request.query), dict(asked.request.headers)) == (
        "{api}/birds", {"names": "robin"}, {},
    )  # fmt: skip


async def test_a_credential_that_a_server_echoes_is_not_in_what_may_be_kept() -> None:
    echo = {"id": "r", "handle": "robin", "you": SECRET, "followers": SECRET}
    world = World(lambda request: reply({"birds": [echo]}, x_echo=SECRET))
    found = await heard(world, "robin", chosen=("api",))
    assert found
    assert all(SECRET in repr(each.came) for each in found), "the positive control"
    assert not any(SECRET in repr(each.replies()) for each in found)


async def test_of_a_long_body_the_beginning_is_remembered_with_a_mark() -> None:
    world = answers({}, b"<html>" + b"x" * (MOST + 1))
    (each,) = await heard(world, "robin", chosen=("page",))
    (one,) = each.replies()
    assert isinstance(one.came, Reply)
    assert (len(one.came.body), one.cut) == (MOST - TAIL, True)


async def test_a_credential_that_the_cut_goes_through_is_not_kept_either() -> None:
    page = b"x" * (MOST - 5) + SECRET.encode() + b"x" * 100
    (each,) = await heard(answers({}, page), "robin", chosen=("page",))
    (one,) = each.replies()
    assert isinstance(one.came, Reply)
    assert set(one.came.body) == {ord("x")}


async def test_a_request_that_had_no_reply_is_remembered_as_such() -> None:
    """A source may go on without one: what is replayed goes on so, too."""

    async def ask(request: Request) -> Reply:
        if is_page(request):
            return reply(b"no bird")
        raise Unreachable("nobody there")

    memory = Memory(ask)
    with pytest.raises(Unreachable):
        await memory(Get("{api}/birds"))
    await memory(Get("{page}/robin"))
    assert [type(each.came) for each in memory.came] == [Unreachable, Reply]


def test_why_there_was_no_reply_is_told_without_a_credential() -> None:
    came = (Replied(Get("{api}"), TooSlow(f"no answer from /?key={SECRET}")),)
    (each,) = Heard("api", (), (), (), came, Scrubber({"token": SECRET})).replies()
    assert isinstance(each.came, NoReply)
    assert (each.came.reason, str(each.came)) == ("too_slow", "no answer from /?key=[secret]")
