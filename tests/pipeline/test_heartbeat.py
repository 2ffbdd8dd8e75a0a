"""Somebody outside is told that a run begins and how it ended; whatever becomes of the telling, the run goes on."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from headcount.clock import SYSTEM
from headcount.collect.cost import Estimate
from headcount.net.message import Pace
from headcount.pipeline.collecting.collect import nobody
from headcount.pipeline.watching import heartbeat
from headcount.pipeline.watching.heartbeat import Heartbeat
from headcount.settings import load
from tests.net.hostile import Script, Server, reply, says, says_and_closes, says_and_hangs, serving
from tests.net.proxying import proxying

EVENT = Estimate("twitter", "api", 1, 1, 1, Pace(1), 0, 0)


def heart(folder: Path, url: str, http: str = "") -> Heartbeat:
    """Of an installation that may ask no private address of its own accord."""
    (folder / "headcount.toml").write_text(f'[watch]\nheartbeat = "{url}"\n[http]\n{http}\n')
    return Heartbeat(load(folder / "headcount.toml", {}), SYSTEM)


def asked(server: Server) -> list[tuple[str, dict[str, list[str]]]]:
    """The path and the query of each ping."""
    targets = [urlsplit(head.split(" ", 2)[1]) for head in server.requests]
    return [(target.path, parse_qs(target.query)) for target in targets]


OK = says(reply(b"OK"))


@pytest.mark.parametrize(("status", "suffix"), [(0, ""), (1, ""), (2, "/2"), (3, "/3")])
async def test_the_start_and_the_end_of_a_run_are_told_and_tied_together(
    tmp_path: Path, status: int, suffix: str
) -> None:
    async with serving(OK) as server:
        here = heart(tmp_path, f"{server.url}/ping/uuid")
        listen = here.hearing(nobody)
        listen(EVENT)
        listen(EVENT)
        assert await here.end(status, ["hourly: 93 counted", "published to web: 3 files"]) == ""
    (start, first), (end, last) = asked(server)
    assert (start, end) == ("/ping/uuid/start", f"/ping/uuid{suffix}")
    assert first["rid"] == last["rid"]
    assert server.forms == ["", "hourly: 93 counted\npublished to web: 3 files"]
    assert "content-type: text/plain" in server.requests[1].lower()


async def test_another_run_has_another_rid(tmp_path: Path) -> None:
    async with serving(OK) as server:
        for _ in range(2):
            await heart(tmp_path, server.url).end(0)
    assert len({query["rid"][0] for _, query in asked(server)}) == 2


async def test_a_run_that_asks_nobody_only_ends(tmp_path: Path) -> None:
    async with serving(OK) as server:
        here = heart(tmp_path, f"{server.url}/ping/uuid/")
        here.hearing(nobody)
        await here.end(0)
    assert [path for path, _ in asked(server)] == ["/ping/uuid"]


async def test_of_a_run_that_another_has_locked_out_nothing_is_told(tmp_path: Path) -> None:
    async with serving(OK) as server:
        here = heart(tmp_path, server.url)
        here.hearing(nobody)
        assert await here.end(4) == ""
    assert server.connections == 0


async def test_a_query_and_a_password_of_the_url_are_kept(tmp_path: Path) -> None:
    async with serving(OK) as server:
        url = f"http://me:p%40ss@127.0.0.1:{server.port}/p%2Fing?create=1"
        assert await heart(tmp_path, url).end(2) == ""
    assert server.requests[0].startswith("POST /p%2Fing/2?create=1&rid=")
    assert "authorization: basic bwu6cebzcw==" in server.requests[0].lower()


async def test_without_a_heartbeat_nobody_is_told(tmp_path: Path) -> None:
    (tmp_path / "headcount.toml").write_text("")
    here = Heartbeat(load(tmp_path / "headcount.toml", {}), SYSTEM)
    listen = here.hearing(nobody)
    assert listen is nobody
    assert await here.end(0) == ""


async def test_whoever_hears_the_heart_also_hears_the_run(tmp_path: Path) -> None:
    heard: list[object] = []
    async with serving(OK) as server:
        here = heart(tmp_path, server.url)
        here.hearing(heard.append)(EVENT)
        await here.end(0)
    assert heard == [EVENT]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (says(reply(b"not found", "404 Not Found")), "the heartbeat was not told: it answered 404"),
        (says(reply(b"", "302 Found", Location="/other")), "the heartbeat was not told: it answered 302"),
        (says_and_closes(b""), "broke off"),
        (says_and_hangs(b""), "the heartbeat was not told:"),
    ],
)
async def test_trouble_with_it_is_a_sentence_without_the_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: Script, why: str
) -> None:
    monkeypatch.setattr(heartbeat, "PATIENCE", 0.5)
    async with serving(script) as server:
        here = heart(tmp_path, f"{server.url}/CANARY")
        here.hearing(nobody)(EVENT)
        said = await here.end(0)
    assert why in said
    assert "CANARY" not in said


async def test_where_nobody_listens_that_is_said(tmp_path: Path) -> None:
    async with serving(OK) as server:
        pass
    said = await heart(tmp_path, f"{server.url}/CANARY").end(0)
    assert said.startswith("the heartbeat was not told: 127.0.0.1")
    assert "CANARY" not in said


async def test_it_goes_through_the_proxy(tmp_path: Path) -> None:
    async with serving(OK) as server, proxying({"hc.example": ("127.0.0.1", server.port)}) as proxy:
        here = heart(tmp_path, "http://hc.example/ping/1", f'proxy = "http://127.0.0.1:{proxy.port}"')
        assert await here.end(0) == ""
    assert len(proxy.heads) == 1
