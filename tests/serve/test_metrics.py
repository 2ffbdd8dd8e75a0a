"""The figures for Prometheus, served: to everybody what everybody may know, and everything at an address of their own."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from http.client import HTTPConnection

import httpx
import pytest
from msgspec import structs

from headcount.cli.serve import serving_of
from headcount.errors import Unable
from headcount.metrics.everything import Supplies
from headcount.metrics.exposition import OPENMETRICS, TEXT
from headcount.model import Count
from headcount.pipeline.measuring import supplies_of
from headcount.serve.app import METRICS, application
from headcount.serve.aside import Aside
from headcount.serve.figures import FRESH
from headcount.serve.serving import Serving
from tests.metrics.prometheus import promtool
from tests.serve.conftest import asking_app
from tests.serve.process import serve
from tests.serve.village import HIDDEN, HOUR, INTERNAL, NOON, SECRET, STAFF, Village

CANARIES = (INTERNAL, str(HIDDEN), SECRET, STAFF, "bad_credentials", "headcount.db")


def serving(village: Village) -> Serving:
    """As the command serves it, at the village's own time."""
    return structs.replace(serving_of(village.settings), clock=village.clock)


@pytest.fixture
async def asked(village: Village) -> AsyncIterator[httpx.AsyncClient]:
    async with asking_app(application(serving(village))) as client:
        yield client


async def test_everybody_may_have_the_figures_and_prometheus_has_no_complaint(asked: httpx.AsyncClient) -> None:
    answer = await asked.get(METRICS)
    assert (answer.status_code, answer.headers["content-type"]) == (200, TEXT.media)
    assert answer.headers["cache-control"] == "no-store"
    assert (
        'headcount_followers{account="twitter/energy",platform="twitter",source="api",unit="1"} 1.0096e+06'
        in answer.text
    )
    assert promtool("check", "metrics", told=answer.content) == (0, "")


async def test_nothing_that_is_the_operator_s_own_is_in_them(asked: httpx.AsyncClient) -> None:
    said = (await asked.get(METRICS)).text
    assert [canary for canary in CANARIES if canary in said] == []
    assert [
        name
        for name in ("source_up", "target_up", "token", "incidents", "run_", "store")
        if f"headcount_{name}" in said
    ] == []


async def test_a_scraper_gets_openmetrics_if_it_asks_for_it(asked: httpx.AsyncClient) -> None:
    answer = await asked.get(
        METRICS, headers={"accept": "application/openmetrics-text; version=1.0.0,text/plain;q=0.5"}
    )
    assert answer.headers["content-type"] == OPENMETRICS.media
    assert answer.text.endswith("# EOF\n")


async def test_head_says_how_long_they_are_and_no_page_may_read_them(asked: httpx.AsyncClient) -> None:
    head, get = await asked.head(METRICS), await asked.get(METRICS, headers={"accept-encoding": "identity"})
    assert (head.status_code, head.content) == (200, b"")
    assert int(get.headers["content-length"]) == len(get.content)
    for method in ("GET", "OPTIONS"):
        answer = await asked.request(method, METRICS, headers={"origin": "https://energyapps.github.io"})
        assert "access-control-allow-origin" not in answer.headers


async def test_they_are_worked_out_again_after_some_seconds_however_many_ask(own: Village) -> None:
    async with asking_app(application(serving(own))) as client:
        first = (await client.get(METRICS)).text
        own.append(own.reading("facebook/energygov", NOON + HOUR, Count(31_000)))
        own.clock.move(FRESH - 1 - own.clock.now().timestamp() % FRESH)
        assert (await client.get(METRICS)).text == first
        own.clock.move(HOUR.total_seconds())
        later = (await client.get(METRICS)).text
        assert "31000" in later
        assert "31000" not in first


async def test_they_can_be_off(village: Village) -> None:
    async with asking_app(application(structs.replace(serving(village), has_metrics=False))) as client:
        assert (await client.get(METRICS)).status_code == 404


async def test_before_anything_is_published_there_are_none(bare: Village) -> None:
    async with asking_app(application(serving(bare))) as client:
        assert (await client.get(METRICS)).status_code == 503


@pytest.fixture
def aside(village: Village) -> Iterator[int]:
    """The port of the operator's figures."""
    server = Aside(serving(village), lambda: supplies_of(village.settings), "127.0.0.1", 0)
    server.start()
    yield server.port
    server.stop()


def ask(port: int, path: str = METRICS, method: str = "GET", **headers: str) -> tuple[int, str, str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request(method, path, headers=headers)
        said = connection.getresponse()
        return said.status, said.headers["Content-Type"], said.read().decode()


def test_at_an_address_of_their_own_they_say_everything(aside: int) -> None:
    status, media, said = ask(aside)
    assert (status, media) == (200, TEXT.media)
    assert f'headcount_followers{{account="twitter/{INTERNAL}"' in said
    assert "headcount_target_up" in said
    assert "headcount_store_bytes" in said
    assert promtool("check", "metrics", told=said.encode()) == (0, "")


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        (METRICS, "HEAD", 200),
        ("/", "GET", 404),
        ("/metrics/", "GET", 404),
        (METRICS, "POST", 405),
        (METRICS, "OPTIONS", 405),
    ],
)
def test_nothing_else_is_there(aside: int, path: str, method: str, status: int) -> None:
    found, _, said = ask(aside, path, method)
    assert found == status
    assert (said == "") == (method == "HEAD")


def test_openmetrics_is_spoken_there_too(aside: int) -> None:
    assert ask(aside, Accept="application/openmetrics-text")[1] == OPENMETRICS.media


def test_before_anything_is_published_it_says_so_there(bare: Village) -> None:
    server = Aside(serving(bare), Supplies, "127.0.0.1", 0)
    server.start()
    status, _, said = ask(server.port)
    server.stop()
    assert (status, said) == (503, "nothing has been published yet: run `headcount publish`\n")


def test_an_address_that_is_taken_is_a_sentence(village: Village, aside: int) -> None:
    with pytest.raises(Unable, match=f"no figures can be served at 127.0.0.1:{aside}: Address already in use"):
        Aside(serving(village), Supplies, "127.0.0.1", aside)


def test_the_command_serves_them_where_the_configuration_says(own: Village, free_port: int) -> None:
    config = own.folder / "headcount.toml"
    config.write_text(config.read_text().replace("[serve]\n", f'[serve]\nmetrics = "127.0.0.1:{free_port}"\n'))
    with serve(own.folder) as server:
        assert server.process.stdout
        assert server.process.stdout.readline() == f"http://127.0.0.1:{free_port}/metrics (for Prometheus)\n"
        assert server.ask(METRICS).status == 404
        assert ask(free_port)[0] == 200


@pytest.fixture
def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as trial:
        port: int = trial.getsockname()[1]
        return port
