"""What comes back: every complete reply as it is, and one of three errors for everything else."""

from __future__ import annotations

import asyncio
import gzip
import random
from datetime import UTC, datetime

import pytest
from msgspec import structs

from headcount.clock import SteppedClock
from headcount.errors import NoReply, TooBig, TooSlow, Unreachable
from headcount.net.client import Client
from headcount.net.message import Get
from tests.net.hostile import (
    DEADLINE,
    LOCAL,
    Script,
    drips,
    fetch,
    pours,
    reply,
    says,
    says_and_closes,
    says_and_hangs,
    says_and_resets,
    serving,
)

IMPATIENT = structs.replace(LOCAL, timeout=DEADLINE)
SMALL = structs.replace(LOCAL, max_body=1000)
ZIPPED = gzip.compress(b"hello " * 1000)

STATUSES = [
    "200 OK", "204 No Content", "206 Partial Content", "300 Multiple Choices", "304 Not Modified", "400 Bad Request",
    "401 Unauthorized", "403 Forbidden", "404 Not Found", "407 Proxy Authentication Required", "410 Gone",
    "418 I'm a teapot", "429 Too Many Requests", "500 Internal Server Error", "502 Bad Gateway",
    "503 Service Unavailable", "599 Whatever",
]  # fmt: skip


@pytest.mark.parametrize("status", STATUSES)
async def test_every_complete_reply_is_handed_back_whatever_its_status(status: str) -> None:
    body = b"" if status[:3] in ("204", "304") else b"what it says"
    async with serving(says(reply(body, status, Retry_After="7"))) as server:
        came = await fetch(server.url)
    assert (came.status, came.body, came.headers["retry-after"]) == (int(status[:3]), body, "7")


COMPLETE: dict[str, tuple[bytes, bytes]] = {
    "chunked": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde"),
    "until it closes": (b"HTTP/1.1 200 OK\r\n\r\nabcde", b"abcde"),
    "HTTP/1.0": (b"HTTP/1.0 200 OK\r\n\r\nabcde", b"abcde"),
    "after a 100": (b"HTTP/1.1 100 Continue\r\n\r\n" + reply(b"abcde"), b"abcde"),
    "after early hints": (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + reply(b"abcde"), b"abcde"),
    "gzip": (reply(ZIPPED, Content_Encoding="gzip"), b"hello " * 1000),
    "gzip in capitals": (reply(ZIPPED, Content_Encoding=" GZIP "), b"hello " * 1000),
    "gzip of several members": (reply(ZIPPED + ZIPPED, Content_Encoding="gzip"), b"hello " * 2000),
    "nothing, called gzip": (reply(b"", Content_Encoding="gzip"), b""),
    "nothing, called brotli": (reply(b"", Content_Encoding="br"), b""),
    "a wrong charset": (reply(b"\xff\xfe\x00", Content_Type="text/html; charset=klingon"), b"\xff\xfe\x00"),
    "a policy of 20,000 bytes": (reply(b"abcde", Content_Security_Policy="x" * 20_000), b"abcde"),
}


@pytest.mark.parametrize("name", COMPLETE)
async def test_a_reply_is_complete_when_it_is(name: str) -> None:
    sent, body = COMPLETE[name]
    async with serving(says_and_closes(sent)) as server:
        assert (await fetch(server.url)).body == body


BROKEN: dict[str, Script] = {
    "closed without a word": says_and_closes(b""),
    "closed in the status line": says_and_closes(b"HTTP/1.1 20"),
    "closed in the headers": says_and_closes(b"HTTP/1.1 200 OK\r\nContent-"),
    "reset at once": says_and_resets(b""),
    "reset in the headers": says_and_resets(b"HTTP/1.1 200 OK\r\nContent-"),
    "reset in the body": says_and_resets(reply(b"abc", content_length="100")),
    "longer than it says": says_and_closes(reply(b"abcdefg", content_length="5")),
    "shorter than it says": says_and_closes(reply(b"abc", content_length="100")),
    "chunks that stop": says_and_closes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"),
    "chunks without an end": says_and_closes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"),
    "chunks that are not": says_and_closes(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"
    ),
    "two lengths": says_and_closes(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
    "a negative length": says_and_closes(reply(b"abc", content_length="-3")),
    "a length in words": says_and_closes(reply(b"abc", content_length="three")),
    "not HTTP": says_and_closes(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
    "TLS": says_and_closes(b"\x15\x03\x01\x00\x02\x02\x46"),
    "a header without a name": says_and_closes(b"HTTP/1.1 200 OK\r\n: x\r\n\r\n"),
    "a NUL in a header": says_and_closes(reply(b"abc", X="a\0b")),
    "a status in words": says_and_closes(b"HTTP/1.1 abc OK\r\n\r\n"),
    "a huge header": says_and_closes(reply(b"abc", X="x" * 200_000)),
    "a thousand headers": says_and_closes(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000 + b"\r\n"),
    "a header without end": pours(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65536, 1000),
    "brotli": says(reply(b"\x0b\x02\x80abc\x03", Content_Encoding="br")),
    "deflate": says(reply(b"x\x9cKLJ\x06\x00\x02M\x01'", Content_Encoding="deflate")),
    "zstd": says(reply(b"(\xb5/\xfd", Content_Encoding="zstd")),
    "gzip in gzip": says(reply(gzip.compress(ZIPPED), Content_Encoding="gzip, gzip")),
    "gzip that is cut short": says(reply(ZIPPED[:-9], Content_Encoding="gzip")),
    "gzip without its checksum": says(reply(ZIPPED[:-1], Content_Encoding="gzip")),
    "gzip with a wrong checksum": says(reply(ZIPPED[:-8] + b"\0" * 8, Content_Encoding="gzip")),
    "gzip with more behind it": says(reply(ZIPPED + b"and more", Content_Encoding="gzip")),
    "gzip with noughts behind it": says(reply(ZIPPED + b"\0\0", Content_Encoding="gzip")),
    "plain text called gzip": says(reply(b"hello", Content_Encoding="gzip")),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_broken_transfer_is_unreachable_and_says_whom_it_concerns(name: str) -> None:
    async with serving(BROKEN[name]) as server:
        with pytest.raises(Unreachable, match=f"127.0.0.1:{server.port}"):
            await fetch(server.url)


ENDLESS: dict[str, Script] = {
    "a black hole": says_and_hangs(b""),
    "headers that drip": drips(b"HTTP/1.1 200 OK\r\n", b"X"),
    "header lines that drip": drips(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "a body that drips": drips(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"),
    "gzip that drips nothing": drips(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(b"")),
    "100 after 100": drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a body that stops": says_and_hangs(reply(b"abc", content_length="100")),
}


@pytest.mark.parametrize("name", ENDLESS)
async def test_the_deadline_holds_for_the_whole_exchange(name: str) -> None:
    async with serving(ENDLESS[name]) as server:
        with pytest.raises(TooSlow, match=f"127.0.0.1:{server.port}.*{DEADLINE}"):
            await fetch(server.url, IMPATIENT)


async def test_the_deadline_is_one_for_all_redirects_together() -> None:
    async def later(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(DEADLINE * 0.4)
        writer.write(reply(b"", "302 Found", Location="/again"))

    async with serving(later) as server:
        with pytest.raises(TooSlow):
            await fetch(server.url, IMPATIENT)
        assert 2 <= len(server.requests) <= 4


async def test_waiting_for_a_place_is_not_part_of_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headcount.net.client.MOST_CONNECTIONS", 1)

    async def later(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(DEADLINE * 0.4)
        writer.write(reply(b"late"))

    async with serving(later) as server, Client(IMPATIENT) as client:
        replies = await asyncio.gather(*(client.send(Get("{api}"), {"api": server.url}) for _ in range(4)))
    assert [each.body for each in replies] == [b"late"] * 4


TOO_BIG: dict[str, Script] = {
    "by its length": says(reply(b"x" * 1001)),
    "in chunks": pours(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1ff\r\n" + b"x" * 511 + b"\r\n", 5),
    "without end": pours(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, 10_000),
    "unpacked": says(reply(gzip.compress(b"x" * 1001), Content_Encoding="gzip")),
    "in a second member": says(reply(gzip.compress(b"x" * 600) * 2, Content_Encoding="gzip")),
    "an error page": says(reply(b"x" * 1001, "500 Internal Server Error")),
}


@pytest.mark.parametrize("name", TOO_BIG)
async def test_a_body_that_is_too_big_is_refused(name: str) -> None:
    async with serving(TOO_BIG[name]) as server:
        with pytest.raises(TooBig, match=f"127.0.0.1:{server.port}"):
            await fetch(server.url, SMALL)


async def test_a_body_of_just_the_size_is_not_too_big() -> None:
    async with serving(
        says(reply(b"x" * 1000)), says(reply(gzip.compress(b"y" * 1000), Content_Encoding="gzip"))
    ) as server:
        assert len((await fetch(server.url, SMALL)).body) == 1000
        assert (await fetch(server.url, SMALL)).body == b"y" * 1000


async def test_nobody_there_is_unreachable() -> None:
    async with serving(says(b"")) as server:
        port = server.port
    with pytest.raises(Unreachable, match=f"127.0.0.1, port {port}, cannot be connected to"):
        await fetch(f"http://127.0.0.1:{port}")


async def test_a_name_without_an_address_is_unreachable() -> None:
    with pytest.raises(Unreachable, match=r"no-such-host\.invalid has no address"):
        await fetch("http://no-such-host.invalid")


async def test_a_reply_bears_the_time_of_its_last_byte_in_utc() -> None:
    clock = SteppedClock(datetime(2026, 11, 5, 7, tzinfo=UTC))

    async def late(writer: asyncio.StreamWriter) -> None:
        writer.write(reply(b"ab")[:-1])
        await writer.drain()
        clock.move(60)
        writer.write(b"b")

    async with serving(late) as server, Client(LOCAL, clock) as client:
        came = await client.send(Get("{api}"), {"api": server.url})
    assert came.at == datetime(2026, 11, 5, 7, 1, tzinfo=UTC)


async def second_of_two(server_says_once_too_often: asyncio.Event) -> bytes:
    async def twice(writer: asyncio.StreamWriter) -> None:
        writer.write(reply(b"first"))
        await writer.drain()
        await server_says_once_too_often.wait()
        writer.write(reply(b"unasked"))
        await writer.drain()

    async with serving(twice, says(reply(b"second"))) as server, Client(LOCAL) as client:
        assert (await client.send(Get("{api}/a"), {"api": server.url})).body == b"first"
        server_says_once_too_often.set()
        (((idle, _),),) = client._direct.connector._conns.values()  # type: ignore[union-attr] # aiohttp does not declare it
        while not idle.should_close:  # noqa: ASYNC110 - aiohttp tells nobody that something came
            await asyncio.sleep(0)
        return (await client.send(Get("{api}/b"), {"api": server.url})).body


async def test_what_nobody_asked_for_is_not_taken_for_the_next_reply() -> None:
    """A server that answers once too often would give one account the count of another."""
    assert await second_of_two(asyncio.Event()) == b"second"


async def test_it_would_be_taken_for_it_without_our_care(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once this fails, aiohttp takes care of it, and our connector can go."""
    monkeypatch.delattr("headcount.net.session._Connector._get")
    assert await second_of_two(asyncio.Event()) == b"unasked"


async def test_a_connection_is_used_again() -> None:
    async with serving(says(reply(b"x"))) as server, Client(LOCAL) as client:
        for _ in range(5):
            await client.send(Get("{api}"), {"api": server.url})
    assert (server.connections, len(server.requests)) == (1, 5)


async def test_nothing_but_no_reply_ever_escapes() -> None:
    """Good replies with bytes changed, cut and doubled at random: each is a reply or one of the three errors."""
    dice = random.Random(5)
    seeds = [sent for sent, _ in COMPLETE.values() if len(sent) < 5000]
    mangled = [_mangled(dice, dice.choice(seeds)) for _ in range(400)]
    outcomes: set[type] = set()
    async with serving(*map(says_and_closes, mangled)) as server, Client(structs.replace(LOCAL, timeout=2.0)) as client:
        for _ in mangled:
            try:
                outcomes.add(type(await client.send(Get("{api}"), {"api": server.url})))
            except NoReply as error:
                outcomes.add(type(error))
    assert len(outcomes) >= 2


def _mangled(dice: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(changed))
        what = dice.randrange(4)
        if what == 0:
            changed[at] = dice.randrange(256)
        elif what == 1:
            del changed[at : at + dice.randint(1, 5)]
        elif what == 2:
            changed[at:at] = bytes(dice.choices(b"\r\n\0 :;\xff\x80019", k=dice.randint(1, 4)))
        else:
            changed[at:at] = changed[at : at + 20]
        changed = changed or bytearray(b"x")
    return bytes(changed)
