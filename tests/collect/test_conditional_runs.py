"""Whole runs over GitHub as the demo server simulates it: what has not changed since the last run costs nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from headcount.collect.courier import Budget
from headcount.collect.plan import Office
from headcount.collect.run import collect
from headcount.collect.turn import Assignment, Means
from headcount.model import Account, Miss, Outcome, Reading
from headcount.net.client import Client
from headcount.net.message import Http, Pace, Reply, Request
from headcount.platforms import platform
from headcount.store.open import open_store
from tests.demo.asking import Demo, demo

Send = Callable[[Request, Mapping[str, str]], Awaitable[Reply]]
NAMES = ("nasa", "usdoe", "noaa")
PACE = Pace(2, per=86_400)
"""Two requests a day that count."""


class Run:
    """A run in a process of its own: it opens the store that is there, and knows what was sent and answered."""

    def __init__(self, here: Demo, folder: Path, spoil: Callable[[Reply], Reply] = lambda reply: reply) -> None:
        self.here, self.folder, self.spoil = here, folder, spoil
        self.replies: list[Reply] = []
        self.sent: list[Request] = []

    async def count(
        self, *names: str, secrets: Mapping[str, str] | None = None, pace: Pace | None = None
    ) -> dict[str, int | str]:
        clock, server = self.here.clock, self.here.server
        let_in = server.credentials("github") if secrets is None else secrets
        office = Office(platform("github"), server.hosts("github"), {}, let_in, pace=pace)
        accounts = tuple(Account(f"github/{name}", name) for name in names)
        store = open_store(f"sqlite:///{self.folder}/headcount.db", self.folder)
        async with self._client() as send:
            until = clock.now() + timedelta(minutes=30)
            means = Means(send, store, clock, until, Budget(), store)
            events = [each async for some in collect([Assignment(office, accounts)], means) for each in some]
        store.close()
        outcomes = [event for event in events if isinstance(event, Outcome)]
        assert all(each.at == clock.now() and each.source == "simulated-api" for each in outcomes if _is_read(each))
        return {each.account.handle: _found(each) for each in outcomes}

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[Send]:
        async with Client(Http(allow_private_addresses=True), self.here.clock) as client:

            async def send(request: Request, hosts: Mapping[str, str]) -> Reply:
                self.sent.append(request)
                self.replies.append(self.spoil(await client.send(request, hosts)))
                return self.replies[-1]

            yield send

    @property
    def statuses(self) -> list[int]:
        return [reply.status for reply in self.replies]

    @property
    def left(self) -> list[str]:
        return [reply.headers["x-ratelimit-remaining"] for reply in self.replies]


def _written(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir() if path.is_file()]


def _is_read(outcome: Outcome) -> bool:
    return isinstance(outcome.said, Reading)


def _found(outcome: Outcome) -> int | str:
    return outcome.said.reason if isinstance(outcome.said, Miss) else outcome.said.count.value


def true(here: Demo, *names: str) -> dict[str, int]:
    return {name: here.count("github", name) for name in names}


async def test_what_has_not_changed_is_read_again_in_another_process_and_is_not_counted(tmp_path: Path) -> None:
    async with demo({"github": NAMES}) as here:
        first, second = Run(here, tmp_path), Run(here, tmp_path)
        assert await first.count(*NAMES) == true(here, *NAMES)
        assert await second.count(*NAMES) == true(here, *NAMES)
        assert (first.statuses, second.statuses) == ([200] * 3, [304] * 3)
        assert sorted(first.left) == ["4997", "4998", "4999"]
        assert set(second.left) == {"4997"}
        assert all(reply.body == b"" for reply in second.replies)


SPOILT: Mapping[str, bytes] = {
    "somebody else": b'{"login":"mallory","id":5,"followers":9}',
    "nobody": b"{}",
    "a page": b"<html>5,000 followers</html>",
    "cut short": b'{"login":"nasa","id":1,"foll',
}


@pytest.mark.parametrize("spoilt", SPOILT)
async def test_a_body_that_counts_nobody_is_not_kept_though_its_server_goes_on_saying_that_it_holds(
    tmp_path: Path, spoilt: str
) -> None:
    def spoil(reply: Reply) -> Reply:
        return structs.replace(reply, body=SPOILT[spoilt])

    async with demo({"github": NAMES}) as here:
        assert await Run(here, tmp_path, spoil).count("nasa", "noaa") == dict.fromkeys(
            ("nasa", "noaa"), "shape_changed"
        )
        later = Run(here, tmp_path)
        assert await later.count("nasa", "noaa") == true(here, "nasa", "noaa")
        assert later.statuses == [200, 200]


async def test_a_good_body_is_kept_beside_one_that_counts_nobody(tmp_path: Path) -> None:
    def spoil(reply: Reply) -> Reply:
        return structs.replace(reply, body=b"{}") if reply.url.endswith("/noaa") else reply

    async with demo({"github": NAMES}) as here:
        await Run(here, tmp_path, spoil).count("nasa", "noaa")
        later = Run(here, tmp_path)
        assert await later.count("nasa", "noaa") == true(here, "nasa", "noaa")
        assert sorted(later.statuses) == [200, 304]


async def test_what_has_changed_is_read_anew(tmp_path: Path) -> None:
    async with demo({"github": NAMES}) as here:
        await Run(here, tmp_path).count("nasa")
        here.clock.move(3 * 86_400)
        later = Run(here, tmp_path)
        assert await later.count("nasa") == true(here, "nasa")
        assert later.statuses == [200]
        assert "if-none-match" in later.sent[0].headers


async def test_what_is_free_takes_nothing_of_our_own_allowance_either(tmp_path: Path) -> None:
    async with demo({"github": NAMES}, limited=False) as here:
        assert await Run(here, tmp_path).count("nasa", pace=PACE) == true(here, "nasa")
        for _ in range(4):
            assert await Run(here, tmp_path).count("nasa", pace=PACE) == true(here, "nasa")
        assert await Run(here, tmp_path).count("noaa", pace=PACE) == true(here, "noaa")
        assert await Run(here, tmp_path).count("usdoe", pace=PACE) == {"usdoe": "rate_limited"}


async def test_without_a_token_nothing_is_free_and_nothing_is_kept(tmp_path: Path) -> None:
    async with demo({"github": NAMES}) as here:
        first, second = Run(here, tmp_path), Run(here, tmp_path)
        await first.count("nasa", secrets={})
        assert await second.count("nasa", secrets={}) == true(here, "nasa")
        assert (second.statuses, second.left) == ([200], ["4998"])


async def test_what_is_kept_holds_no_token_and_serves_no_other(tmp_path: Path) -> None:
    async with demo({"github": NAMES}) as here:
        await Run(here, tmp_path).count("nasa")
        other = Run(here, tmp_path)
        assert await other.count("nasa", secrets={"token": "another-token"}) == {"nasa": "bad_credentials"}
        assert all("if-none-match" not in request.headers for request in other.sent)
        token = here.server.credentials("github")["token"].encode()
        assert not any(token in content for content in _written(tmp_path))


@pytest.mark.parametrize("conditional", [True, False])
async def test_a_source_that_does_not_say_so_is_asked_without_condition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, conditional: bool
) -> None:
    """The control: the same runs over the same source, which only says something else of itself."""
    github = platform("github")
    sources = tuple(structs.replace(source, conditional=conditional) for source in github.sources)
    async with demo({"github": NAMES}) as here:
        monkeypatch.setattr(f"{__name__}.platform", lambda slug: structs.replace(github, sources=sources))
        await Run(here, tmp_path).count("nasa")
        again = Run(here, tmp_path)
        await again.count("nasa")
        assert again.statuses == [304 if conditional else 200]
