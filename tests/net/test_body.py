"""Unpacking: the same bytes as gzip would give, however they come, and never more memory than is needed."""

from __future__ import annotations

import asyncio
import gzip
import random
import sys
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from headcount.errors import TooBig, Unreachable
from headcount.net import body
from headcount.net.body import read_body
from tests.net.hostile import reply, says, serving

MEBIBYTE = 1024 * 1024
ALLOWED_GROWTH = 8 * MEBIBYTE


def in_pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


async def read(pieces: list[bytes], encoding: str = "gzip", most: int = 16 * MEBIBYTE) -> bytes:
    async def coming() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return await read_body(coming(), encoding, most, "example.gov")


@settings(max_examples=150, deadline=None)
@given(
    members=some.lists(some.binary(max_size=600) | some.integers(0, 5000).map(bytes), min_size=1, max_size=4),
    size=some.integers(1, 400),
    step=some.integers(1, 700),
)
def test_gzip_unpacks_to_what_was_packed_however_it_comes(members: list[bytes], size: int, step: int) -> None:
    packed = b"".join(map(gzip.compress, members))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body, "_STEP", step)
        assert asyncio.run(read(in_pieces(packed, size))) == b"".join(members)


async def test_gzip_that_is_cut_anywhere_is_refused() -> None:
    packed = gzip.compress(random.Random(1).randbytes(300) + bytes(2000))
    for end in range(1, len(packed)):
        with pytest.raises(Unreachable, match=r"example\.gov"):
            await read(in_pieces(packed[:end], 50))


async def test_gzip_with_a_byte_changed_is_never_taken_for_something_else() -> None:
    original = b'{"followers": 612345}' * 20
    packed = gzip.compress(original)
    for at in range(10, len(packed)):
        spoilt = packed[:at] + bytes([packed[at] ^ 0x55]) + packed[at + 1 :]
        with pytest.raises((Unreachable, TooBig)):
            await read([spoilt])


async def test_what_swells_like_a_page_is_unpacked_and_what_swells_like_a_bomb_is_not() -> None:
    page = b'<li class="account"><a href="/energy">energy</a></li>\n' * 60_000
    noisy = b"".join(b"%s %d" % (page[:300], number) for number in range(12_000))
    assert len(noisy) > 3 * MEBIBYTE
    assert await read(in_pieces(gzip.compress(noisy), 65536)) == noisy
    with pytest.raises(TooBig, match="unpack"):
        await read([gzip.compress(bytes(2 * MEBIBYTE))])


# Run on its own, so that what it needs at most can be told: what each URL costs, after one that costs nothing.
COSTS = """
import asyncio, sys
import aiohttp
from headcount.errors import NoReply
from tests.net.hostile import fetch
from headcount.net.message import Http

def most_used():
    # Not getrusage: after a fork that begins with what the parent used.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))

async def ours(url):
    try:
        return f"{len((await fetch(url, Http(allow_private_addresses=True))).body)} bytes"
    except NoReply as error:
        return type(error).__name__

async def naive(url):
    async with aiohttp.ClientSession() as session, session.get(url) as came:
        return f"{len(await came.read())} bytes"

async def main(how, harmless, *urls):
    await how(harmless)
    for url in urls:
        before = most_used()
        print(await how(url), most_used() - before, sep=", ")

asyncio.run(main(globals()[sys.argv[1]], *sys.argv[2:]))
"""


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """200 MiB of noughts in 204 KB."""
    packer = zlib.compressobj(9, wbits=31)
    piece = bytes(MEBIBYTE)
    return b"".join([packer.compress(piece) for _ in range(200)]) + packer.flush()


measured = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured on Linux only")


async def costs(how: str, *urls: str) -> list[tuple[str, int]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", COSTS, how, *urls, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate()
    assert process.returncode == 0
    lines = [line.split(", ") for line in printed.decode().splitlines()]
    return [(outcome, int(growth)) for outcome, growth in lines]


@measured
async def test_bombs_cost_no_memory(bomb: bytes) -> None:
    replies = {
        "TooBig": reply(bomb, Content_Encoding="gzip"),
        "Unreachable": reply(bomb, Content_Encoding="br"),
        f"{len(bomb)} bytes": reply(gzip.compress(bomb), Content_Encoding="gzip"),
    }
    async with serving(says(reply(b"hello"))) as harmless, serving(*map(says, replies.values())) as server:
        came = await costs("ours", harmless.url, *[server.url] * len(replies))
    assert [outcome for outcome, _ in came] == list(replies)
    assert sum(growth for _, growth in came) <= ALLOWED_GROWTH, came


@measured
async def test_a_naive_reader_is_caught_by_the_same_measure(bomb: bytes) -> None:
    async with (
        serving(says(reply(b"hello"))) as harmless,
        serving(says(reply(bomb, Content_Encoding="gzip"))) as server,
    ):
        ((outcome, growth),) = await costs("naive", harmless.url, server.url)
    assert outcome == f"{200 * MEBIBYTE} bytes"
    assert growth > 10 * ALLOWED_GROWTH
