"""An answer holds until the store or the edition changes; what is known already is not worked out, and not sent, again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, tzinfo
from itertools import count

import httpx
import pytest

from headcount.model import Count
from headcount.serve.shelf import EACH, Shelf, Workshop
from headcount.store.reader import Day
from headcount.store.sql_reader import SqlReader
from tests.serve.conftest import asking
from tests.serve.village import BASE, HOUR, MINUTE, Village

SERIES = f"{BASE}/v1/accounts/twitter/energy/series?start=2026-11-20"
TIMELY = [f"{BASE}/v1/{name}" for name in ("latest", "units", "health", "runs", "accounts/twitter/energy")]


async def again(client: httpx.AsyncClient, address: str, tag: str) -> int:
    return (await client.get(address, headers={"if-none-match": tag})).status_code


async def tag_of(client: httpx.AsyncClient, address: str) -> str:
    tag: str = (await client.get(address)).headers["etag"]
    return tag


@pytest.mark.parametrize("address", [SERIES, f"{BASE}/v1/accounts", *TIMELY])
async def test_what_has_not_changed_is_not_sent_again(client: httpx.AsyncClient, address: str) -> None:
    assert await again(client, address, await tag_of(client, address)) == 304


async def test_a_new_count_is_seen_at_once(own: Village) -> None:
    async with asking(own) as client:
        before = await client.get(SERIES)
        own.append(own.reading("twitter/energy", own.at + HOUR, Count(2_000_000)))
        own.clock.move(1)
        after = await client.get(SERIES, headers={"if-none-match": before.headers["etag"]})
        assert (before.json()["count"][-1], after.json()["count"][-1]) == (1_009_600, 2_000_000)


async def test_a_correction_is_seen_at_once(own: Village) -> None:
    async with asking(own) as client:
        tag = await tag_of(client, SERIES)
        newest = [row for row in own.store.newest(own.clock.now()) if row.key == "twitter/energy"]
        assert newest[0].reading
        own.store.correct(newest[0].reading, 5, why="wrong", who="x", role="y", at=own.clock.now())
        own.clock.move(1)
        assert (await client.get(SERIES, headers={"if-none-match": tag})).json()["count"] == [5]


@pytest.mark.parametrize("address", TIMELY)
async def test_what_depends_on_the_time_is_of_its_minute_and_says_how_long_it_holds(own: Village, address: str) -> None:
    async with asking(own) as client:
        first = await client.get(address)
        assert first.headers["cache-control"] == "public, max-age=60, must-revalidate"
        own.clock.move(50)
        assert await again(client, address, first.headers["etag"]) == 304
        assert (await client.get(address)).headers["cache-control"] == "public, max-age=10, must-revalidate"
        own.clock.move(20)
        assert await again(client, address, first.headers["etag"]) == 200


async def test_what_the_clock_makes_stale_is_stale(own: Village) -> None:
    async with asking(own) as client:
        own.clock.move((3 * HOUR).total_seconds())
        found = (await client.get(f"{BASE}/v1/health")).json()
        assert found["totals"]["stale"] == 4


async def test_an_answer_is_worked_out_once_however_many_ask(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    counts = SqlReader.days

    def counting(reader: SqlReader, key: str | None, first: date, last: date, zone: tzinfo) -> Iterator[Day]:
        nonlocal asked
        asked += 1
        return counts(reader, key, first, last, zone)

    monkeypatch.setattr(SqlReader, "days", counting)
    address = f"{BASE}/v1/accounts/twitter/energy/series?start=2026-11-02&step=week"
    answers = await asyncio.gather(*(client.get(address) for _ in range(20)))
    assert ({answer.status_code for answer in answers}, asked) == ({200}, 1)


def test_the_shelf_keeps_so_many_bytes_and_drops_what_nobody_asks_for() -> None:
    shelf = Shelf(2 * EACH + 10)
    for name in "ab":
        shelf.put(name, b"1234")
    assert shelf.get("a")
    shelf.put("c", b"1234")
    assert [shelf.get(name) for name in "abc"] == [b"1234", None, b"1234"]
    shelf.put("huge", b"1" * 3 * EACH)
    assert [shelf.get(name) for name in ("a", "c", "huge")] == [None, None, None]
    shelf.put("d", b"1" * 10)
    shelf.put("d", b"12")
    shelf.put("e", b"1" * 8)
    assert shelf.get("d"), "it takes the room that it takes now"


def test_small_bodies_take_room_too() -> None:
    shelf = Shelf(100 * EACH)
    for number in range(1000):
        shelf.put(number, b"")
    assert [shelf.get(899), shelf.get(900)] == [None, b""]


async def test_what_fails_is_tried_again() -> None:
    workshop = Workshop(100)
    tries = count(1)

    def make() -> bytes:
        if next(tries) == 1:
            raise ValueError("not yet")
        return b"done"

    with pytest.raises(ValueError, match="not yet"):
        await workshop.made("key", make)
    assert await workshop.made("key", make) == b"done"
    workshop.close()


async def test_healthz_is_well_while_counts_and_editions_are_new(client: httpx.AsyncClient) -> None:
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()["status"], answer.json()["why"]) == (200, "ok", [])
    assert answer.headers["cache-control"] == "no-store"


async def test_healthz_says_why_it_is_not(bare: Village) -> None:
    async with asking(bare) as client:
        answer = await client.get("/healthz")
        assert answer.status_code == 503
        assert [
            "nothing has been published" in why or "nothing has been counted" in why for why in answer.json()["why"]
        ] == [True, True]


async def test_healthz_says_when_counts_and_editions_are_too_old(own: Village) -> None:
    async with asking(own) as client:
        own.clock.move((2 * HOUR).total_seconds())
        assert (await client.get("/healthz")).status_code == 200
        own.clock.move((5 * MINUTE).total_seconds())
        answer = await client.get("/healthz")
        assert answer.status_code == 503
        assert answer.json()["why"] == [
            "the newest edition is 2 h 5 min old, and something is counted every 1 h 0 min",
            "the newest count is 2 h 5 min old, and something is counted every 1 h 0 min",
        ]
