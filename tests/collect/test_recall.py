"""Asking whether anything is new: what is free, what is believed, and what is asked for again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from headcount.clock import SteppedClock
from headcount.collect.kept import LARGEST, Kept, opened, sealed
from headcount.collect.recall import Recall
from headcount.net.message import Get, Post, Reply, Request

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
NASA = Get("{api}/users/nasa")
TAG = 'W/"37e82d"'
BODY = b'{"followers":7}'


class Drawer:
    """A drawer that can be looked into, and tampered with."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def kept(self, name: str) -> bytes | None:
        return self.contents.get(name)

    def keep(self, name: str, content: bytes, at: datetime) -> None:
        self.contents[name] = content

    def drop(self, name: str) -> None:
        self.contents.pop(name, None)


def reply(body: bytes = BODY, status: int = 200, tag: str | None = TAG) -> Reply:
    return Reply(status, {} if tag is None else {"etag": tag}, body, NOON)


def unchanged(tag: str | None = TAG, body: bytes = b"") -> Reply:
    return reply(body, 304, tag)


class World:
    """Answers with the next of the replies, at the time that it is then, and remembers what was asked."""

    def __init__(self, *replies: Reply) -> None:
        self.clock = SteppedClock(NOON)
        self.drawer = Drawer()
        self.asked: list[Request] = []
        self.replies = list(replies)

    async def ask(
        self,
        request: Request = NASA,
        whose: str = "github.api:a1",
        host: str = "https://a.example",
        *,
        counted: bool = True,
    ) -> Reply:
        recall = Recall(self.next, self.drawer, whose, {"api": host}, self.clock)
        reply = await recall(request)
        recall.settle(counted=counted)
        return reply

    async def next(self, request: Request) -> Reply:
        self.asked.append(request)
        return structs.replace(self.replies.pop(0), at=self.clock.now())

    @property
    def conditions(self) -> list[str | None]:
        return [request.headers.get("if-none-match") for request in self.asked]


async def test_what_still_holds_is_handed_out_with_the_time_at_which_it_was_said_to() -> None:
    world = World(reply(), unchanged())
    await world.ask()
    world.clock.move(3600)
    again = await world.ask()
    assert (again.status, again.body, again.at) == (200, BODY, NOON + HOUR)
    assert world.conditions == [None, TAG]


async def test_what_counted_nobody_is_not_kept() -> None:
    world = World(reply(), reply(), unchanged())
    for counted in (False, True, True):
        await world.ask(counted=counted)
    assert world.conditions == [None, None, TAG]


async def test_what_was_kept_and_counts_nobody_any_more_is_dropped() -> None:
    world = World(reply(), unchanged(), reply(b"new"))
    await world.ask()
    await world.ask(counted=False)
    assert not world.drawer.contents
    assert (await world.ask()).body == b"new"
    assert world.conditions == [None, TAG, None]


async def test_what_came_in_its_place_and_counts_nobody_drops_it_too() -> None:
    world = World(reply(), reply(b"new", tag='"2"'))
    await world.ask()
    await world.ask(counted=False)
    assert not world.drawer.contents


@pytest.mark.parametrize("status", [401, 404, 429, 500])
async def test_an_answer_that_was_never_given_drops_nothing(status: int) -> None:
    world = World(reply(), reply(b"?", status), unchanged())
    await world.ask()
    await world.ask(counted=False)
    assert (await world.ask()).body == BODY


async def test_nothing_is_kept_before_it_is_settled() -> None:
    world = World(reply())
    await Recall(world.next, world.drawer, "github.api:a1", {}, world.clock)(NASA)
    assert not world.drawer.contents


async def test_what_still_holds_does_not_last_longer_for_it() -> None:
    world = World(reply(), unchanged())
    await world.ask()
    before = dict(world.drawer.contents)
    world.clock.move(3600)
    await world.ask()
    assert world.drawer.contents == before


async def test_what_has_changed_is_kept_in_its_place() -> None:
    world = World(reply(), reply(b"new", tag='"2"'), unchanged('"2"'))
    bodies = [(await world.ask()).body for _ in range(3)]
    assert bodies == [BODY, b"new", b"new"]
    assert world.conditions == [None, TAG, '"2"']


@pytest.mark.parametrize("came", [TAG, '"37e82d"'])
async def test_a_weak_tag_and_a_strong_one_of_the_same_content_are_one(came: str) -> None:
    world = World(reply(), unchanged(came))
    await world.ask()
    assert (await world.ask()).body == BODY


async def test_the_body_of_an_answer_that_nothing_is_new_is_not_looked_at() -> None:
    world = World(reply(), unchanged(body=b'{"followers":9}'))
    await world.ask()
    assert (await world.ask()).body == BODY


@pytest.mark.parametrize("came", [None, '"another"', "37e82d", "*"])
async def test_an_answer_that_nothing_is_new_about_another_tag_or_none_is_asked_again_without_condition(
    came: str | None,
) -> None:
    world = World(reply(), unchanged(came), reply(b"new"))
    await world.ask()
    assert (await world.ask()).body == b"new"
    assert world.conditions == [None, TAG, None]


async def test_an_answer_that_nothing_is_new_though_nobody_asked_is_passed_on_as_it_is() -> None:
    world = World(unchanged(body=BODY))
    assert (await world.ask()).status == 304
    assert not world.drawer.contents


@pytest.mark.parametrize(
    "tag",
    [
        None, "", "37e82d", '"', '""', 'W/""', '"a b"', '"a"b"', "'a'", 'w/"a"', '"a", "b"', '"a\r\nx: y"', '"a\x00"', '"a\x7f"',
        '"\u00e9"', '"\ud800"', f'"{"a" * 201}"', f'"{"a" * 70_000}"', "*",
    ],
)  # fmt: skip
async def test_a_reply_with_a_tag_that_is_none_is_not_kept(tag: str | None) -> None:
    world = World(reply(tag=tag), reply(tag=tag))
    await world.ask()
    await world.ask()
    assert world.conditions == [None, None]
    assert not world.drawer.contents


async def test_what_was_kept_is_gone_once_the_server_sends_no_tag_any_more() -> None:
    world = World(reply(), reply(b"new", tag=None), reply())
    for _ in range(3):
        await world.ask()
    assert world.conditions == [None, TAG, None]


@pytest.mark.parametrize("status", [201, 203, 206, 301, 401, 403, 404, 429, 500])
async def test_only_whole_answers_are_kept_and_others_leave_what_was(status: int) -> None:
    world = World(reply(status=status), reply(), reply(b"?", status), unchanged())
    said = [(await world.ask()).status for _ in range(4)]
    assert said == [status, 200, status, 200]
    assert world.conditions == [None, None, TAG, TAG]


async def test_a_body_that_is_too_large_is_not_kept() -> None:
    world = World(reply(b" " * (LARGEST + 1)), reply(b" " * LARGEST), unchanged())
    for _ in range(3):
        await world.ask()
    assert world.conditions == [None, None, TAG]


async def test_what_is_kept_lasts_a_week_and_is_asked_for_again_then() -> None:
    world = World(reply(), unchanged(), reply())
    await world.ask()
    world.clock.move(WEEK.total_seconds() - 1)
    await world.ask()
    world.clock.move(1)
    await world.ask()
    assert world.conditions == [None, TAG, None]


async def test_what_was_kept_at_a_time_that_is_yet_to_come_is_not_believed() -> None:
    world = World(reply(), reply())
    await world.ask()
    world.clock = SteppedClock(NOON - HOUR)
    await world.ask()
    assert world.conditions == [None, None]


OTHERS: dict[str, dict[str, object]] = {
    "another account": {"request": Get("{api}/users/usdoe")},
    "another query": {"request": Get("{api}/users/nasa", {"a": "b"})},
    "another form": {"request": Get("{api}/users/nasa", headers={"accept": "text/html"})},
    "another credential": {"whose": "github.api:b2"},
    "another server": {"host": "http://127.0.0.1:9"},
}


@pytest.mark.parametrize("other", OTHERS)
async def test_nothing_is_shared_with(other: str) -> None:
    world = World(reply(), reply(b"theirs"))
    await world.ask()
    assert (await world.ask(**OTHERS[other])).body == b"theirs"  # type: ignore[arg-type]  # the table has their types
    assert world.conditions == [None, None]
    assert len(world.drawer.contents) == 2


DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "is empty": lambda content: b"",
    "is cut short": lambda content: content[:-1],
    "is longer": lambda content: content + b"\x00",
    "has a bit flipped": lambda content: content[:40] + bytes([content[40] ^ 1]) + content[41:],
    "has a seal of another": lambda content: content[::-1],
    "was sealed in another form": lambda content: sealed_otherwise(),
}


def sealed_otherwise() -> bytes:
    return sealed(NAME, structs.replace(KEPT, tag=7))


NAME = "0123456789abcdef"
KEPT = Kept(TAG, BODY, NOON)


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_damaged_is_as_good_as_not_kept(damage: str) -> None:
    assert opened(NAME, DAMAGES[damage](sealed(NAME, KEPT)), NOON) is None


def test_what_is_sound_opens_under_its_own_name_and_no_other() -> None:
    assert opened(NAME, sealed(NAME, KEPT), NOON) == KEPT
    assert opened(NAME[::-1], sealed(NAME, KEPT), NOON) is None


async def test_what_was_swapped_in_the_drawer_is_asked_for_again() -> None:
    world = World(reply(b"a"), reply(b"b"), reply(b"a again"))
    await world.ask()
    await world.ask(Get("{api}/users/usdoe"))
    first, second = world.drawer.contents
    world.drawer.contents[first], world.drawer.contents[second] = (
        world.drawer.contents[second],
        world.drawer.contents[first],
    )
    assert (await world.ask()).body == b"a again"
    assert world.conditions == [None, None, None]


async def test_a_form_is_sent_as_it_is() -> None:
    world = World(reply(), reply())
    form = Post("{api}/token", form={"secret": "s"})
    await world.ask(form)
    await world.ask(form)
    assert world.asked == [form, form]
    assert not world.drawer.contents
