"""Whose pages may read the answers: each hostile origin gets nothing, on every address, and whoever is listed gets itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

import httpx
import pytest
from msgspec import structs

from headcount.serve.app import application
from headcount.serve.asgi import App, Headers
from headcount.serve.cors import Cors
from tests.origins import ORIGINS_BAD, ORIGINS_GOOD
from tests.serve.conftest import asking_app
from tests.serve.crawler import REFUSED, addresses_of
from tests.serve.village import BASE, Village

ADDRESSES = [
    "/healthz", BASE, f"{BASE}/", f"{BASE}/daily.csv", f"{BASE}/datapackage.json", f"{BASE}/v1/openapi.json",
    *REFUSED, *addresses_of(["twitter/energy"]),
]  # fmt: skip
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "DELETE")


@pytest.fixture(scope="module")
def listing_app(village: Village) -> App:
    """An installation that lists origins."""
    return application(structs.replace(village.serving(), origins=ORIGINS_GOOD))


@pytest.fixture
async def page(listing_app: App) -> AsyncIterator[httpx.AsyncClient]:
    async with asking_app(listing_app) as client:
        yield client


async def leave(client: httpx.AsyncClient, method: str, address: str, origin: str) -> tuple[list[str], str]:
    """Whom an answer lets read it, and by what it varies."""
    headers = [(b"origin", origin.encode()), (b"access-control-request-method", b"GET")]
    answer = await client.request(method, address, headers=headers)
    assert "access-control-allow-credentials" not in answer.headers
    return answer.headers.get_list("access-control-allow-origin"), answer.headers.get("vary", "")


async def let_in(client: httpx.AsyncClient, origins: Iterable[str], addresses: Iterable[str]) -> list[str]:
    """Who of those is let in anywhere."""
    return [
        f"{method} {address} {origin!r}"
        for origin in origins
        for address in addresses
        for method in METHODS
        if (await leave(client, method, address, origin))[0]
    ]


async def test_no_hostile_origin_is_let_in_anywhere(page: httpx.AsyncClient) -> None:
    assert await let_in(page, ORIGINS_BAD, [f"{BASE}/v1/units", f"{BASE}/daily.csv", "/nowhere"]) == []
    assert await let_in(page, ["null", "https://energyapps.github.io.evil.example"], ADDRESSES) == []


@pytest.mark.parametrize("address", ADDRESSES)
async def test_whoever_is_listed_gets_itself_back_everywhere(page: httpx.AsyncClient, address: str) -> None:
    for method in METHODS:
        for origin in ORIGINS_GOOD:
            allowed, vary = await leave(page, method, address, origin)
            assert (allowed, "Origin" in vary) == ([origin], True), method


@pytest.mark.parametrize("address", ADDRESSES)
async def test_every_answer_varies_by_origin_also_where_none_is_sent_and_where_nothing_is_new(
    page: httpx.AsyncClient, address: str
) -> None:
    first = await page.get(address)
    tag = first.headers.get("etag", "")
    again = await page.get(address, headers={"if-none-match": tag})
    assert again.status_code == (304 if tag else first.status_code)
    for answer in (first, again):
        assert "Origin" in answer.headers["vary"]
        assert "access-control-allow-origin" not in answer.headers


async def test_two_origins_at_once_are_none(page: httpx.AsyncClient) -> None:
    answer = await page.get(f"{BASE}/daily.csv", headers=[("origin", ORIGINS_GOOD[0]), ("origin", ORIGINS_GOOD[1])])
    assert "access-control-allow-origin" not in answer.headers


async def test_a_preflight_says_what_may_be_asked(page: httpx.AsyncClient) -> None:
    asked = {
        "origin": ORIGINS_GOOD[0],
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match",
    }
    answer = await page.options(f"{BASE}/v1/units", headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD"
    assert answer.headers["access-control-allow-headers"] == "*"
    assert answer.headers["access-control-max-age"] == "86400"
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


async def test_a_preflight_of_a_hostile_origin_is_told_nothing(page: httpx.AsyncClient) -> None:
    answer = await page.options(f"{BASE}/v1/units", headers={"origin": "null", "access-control-request-method": "GET"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_where_everybody_is_let_in_nobody_is_named(client: httpx.AsyncClient) -> None:
    for address in ADDRESSES:
        for origin in (ORIGINS_GOOD[0], "null", "https://evil.example"):
            allowed, vary = await leave(client, "GET", address, origin)
            assert (allowed, "Origin" in vary) == (["*"], False)


async def test_the_pages_script_can_see_the_tag(page: httpx.AsyncClient) -> None:
    answer = await page.get(f"{BASE}/daily.csv", headers={"origin": ORIGINS_GOOD[0]})
    assert "ETag" in answer.headers["access-control-expose-headers"]


class Reflecting(Cors):
    """What is wrong everywhere on the web: whoever asks is let in."""

    def _headers(self, asked: Iterable[tuple[bytes, bytes]], *, preflight: bool) -> Headers:
        return [(b"Access-Control-Allow-Origin", value) for name, value in asked if name == b"origin"]


async def test_a_server_that_lets_whoever_asks_in_is_caught(listing_app: App) -> None:
    async with asking_app(Reflecting(listing_app, ())) as client:
        assert len(await let_in(client, ORIGINS_BAD, [f"{BASE}/daily.csv"])) == len(ORIGINS_BAD) * len(METHODS)
