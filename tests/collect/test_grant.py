"""A token that is granted for a run, and what becomes of the run when the platform stops taking it in the middle."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence

import pytest
from msgspec import structs

from headcount.collect.grant import Pass, Renewing
from headcount.collect.turn import Event, Refused
from headcount.model import Account, Count, Miss, Outcome, Reading
from headcount.net.message import Get, Reply, Request
from headcount.platforms.kit.contract import Exchange, Grant, Options, Refusal, Secrets
from headcount.platforms.kit.wire import decode
from tests.collect.test_collect import API, CHIRP, Bird, World, bird, reply, results

GRANT = "{api}/grant"
NAMES = "a b c d e f"
ALL = dict.fromkeys(NAMES.split(), 7)


def one_by_one(accounts: Sequence[Account], options: Options) -> Exchange:
    """As Twitch is asked: who they are, and then one after the other."""
    yield Get("{api}/birds")
    for account in accounts:
        answer = yield Get(f"{{api}}/birds/{account.handle}")
        yield Reading(account, "followers", Count(decode(answer.body, Bird).followers), account.handle)


def grant() -> Generator[Request, Reply, str | Refusal]:
    answer = yield Get(GRANT)
    return answer.body.decode() if answer.status == 200 else Refusal("bad_credentials", "not any more")


def unsigned(request: Request, secrets: Secrets) -> Request:
    return request


GRANTING = structs.replace(API, ask=one_by_one, batch=3, grant=Grant(("key",), "token", grant, unsigned))
PLATFORM = structs.replace(CHIRP, sources=(GRANTING,))


class Fickle:
    """Takes each token so often, by the order in which it gives them; another token it does not know."""

    def __init__(self, *taken: int, tokens: Sequence[str] | None = None) -> None:
        self.tokens = tokens or [f"token-number-{number}" for number in range(len(taken))]
        self.left = dict(zip(self.tokens, taken, strict=False))
        self.given = 0

    def __call__(self, request: Request) -> Reply:
        if request.url == GRANT:
            return self._give()
        token = request.headers["authorization"].removeprefix("Bearer ")
        if self.left.get(token, 0) == 0:
            return reply({"message": f"{token} is expired"}, 401)
        self.left[token] -= 1
        return reply(bird("x"))

    def _give(self) -> Reply:
        self.given += 1
        return reply(self.tokens[self.given - 1].encode()) if self.given <= len(self.tokens) else reply(b"", 403)


def granting(platform: Fickle) -> Callable[[], Awaitable[Secrets]]:
    async def again() -> Secrets:
        platform.given += 1
        return {"token": "new"}

    return again


def run(platform: Fickle, names: str = NAMES, secrets: Mapping[str, str] | None = None) -> tuple[World, list[Event]]:
    world = World(platform)
    return world, asyncio.run(world.ask(names, platform=PLATFORM, secrets=secrets or {"key": "k"}))


@pytest.mark.parametrize("taken", range(8))
def test_a_token_that_dies_at_any_request_costs_nobody_anything(taken: int) -> None:
    platform = Fickle(taken, 100)
    _, events = run(platform)
    assert results(events) == ALL
    assert platform.given == 2
    assert not [event for event in events if isinstance(event, Refused)]


def test_a_token_that_lives_is_asked_for_once() -> None:
    platform = Fickle(100, 100)
    assert results(run(platform)[1]) == ALL
    assert platform.given == 1


def test_a_token_that_dies_while_many_are_under_way_is_asked_for_once_more_and_no_oftener() -> None:
    names = " ".join(f"n{number}" for number in range(90))
    platform = Fickle(20, 1_000)
    assert set(results(run(platform, names)[1]).values()) == {7}
    assert platform.given == 2


def test_a_second_token_that_dies_is_the_end_and_what_was_counted_is_kept() -> None:
    platform = Fickle(3, 3, 100)
    found = results(run(platform)[1])
    assert set(found.values()) == {7, "bad_credentials"}
    assert platform.given == 2


def test_where_no_other_token_is_given_the_first_one_s_end_is_told() -> None:
    platform = Fickle(3)
    events = run(platform)[1]
    assert set(results(events).values()) == {7, "bad_credentials"}
    assert platform.given == 2


def test_the_same_token_once_more_is_not_tried_again() -> None:
    platform = Fickle(0, tokens=["the-same-token", "the-same-token"])
    world, events = run(platform, "a b c")
    assert set(results(events).values()) == {"bad_credentials"}
    assert [request.url for request in world.sent] == [GRANT, "{api}/birds", GRANT]


def test_a_token_of_one_s_own_is_never_exchanged_for_another() -> None:
    platform = Fickle(100)
    _, events = run(platform, "a", {"key": "k", "token": "my-own-token"})
    assert results(events) == {"a": "bad_credentials"}
    assert platform.given == 0


def test_neither_token_is_told() -> None:
    events = run(Fickle(0, 0), "a")[1]
    (miss,) = [event.said for event in events if isinstance(event, Outcome)]
    assert isinstance(miss, Miss)
    assert "token-number" not in str(events)


@pytest.mark.parametrize(("secrets", "whose"), [({"key": "k"}, True), ({"key": "k", "token": "my-own-token"}, False)])
def test_whoever_gave_a_good_key_is_told_that_it_is_not_the_key(secrets: Mapping[str, str], *, whose: bool) -> None:
    events = run(Fickle(0, 0), "a", secrets)[1]
    (miss,) = [event.said for event in events if isinstance(event, Outcome)]
    assert isinstance(miss, Miss)
    assert ("the granted token: HTTP 401" in miss.detail) is whose


def test_another_refusal_has_no_token_granted() -> None:
    platform = Fickle(100)
    held = Pass({"token": "old"}, granting(platform))

    async def forbidden(request: Request) -> Reply:
        return reply(b"{}", 403)

    answer = asyncio.run(Renewing(forbidden, GRANTING, held)(Get("{api}/birds")))
    assert (answer.status, platform.given, held.secrets) == (403, 0, {"token": "old"})


def test_who_used_a_token_that_has_been_renewed_meanwhile_is_told_so_without_a_grant() -> None:
    platform = Fickle(100)
    held = Pass({"token": "old"}, granting(platform))

    async def both() -> list[bool]:
        return await asyncio.gather(*(held.renewed({"token": "old"}) for _ in range(5)))

    assert asyncio.run(both()) == [True] * 5
    assert platform.given == 1
    assert asyncio.run(held.renewed(held.secrets)) is False
