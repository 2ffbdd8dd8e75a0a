"""Internal accounts, credentials and the names of staff are in nothing that is served."""

from __future__ import annotations

import httpx
import pytest

from tests.serve.conftest import asking
from tests.serve.crawler import crawl, crawl_what_is_hidden
from tests.serve.village import BASE, HIDDEN, INTERNAL, ROSTER, SECRET, STAFF, Village

CANARIES = (INTERNAL, str(HIDDEN), STAFF, SECRET, "headcount.db", "Traceback", "987654")


async def names_a_canary(client: httpx.AsyncClient, *canaries: str) -> list[str]:
    return [page.address async for page in crawl(client) if any(canary in page.said for canary in canaries)]


async def test_no_canary_is_in_anything_that_is_served(village: Village, client: httpx.AsyncClient) -> None:
    assert await names_a_canary(client, *CANARIES, str(village.folder)) == []


async def test_a_canary_in_a_public_place_is_found(client: httpx.AsyncClient) -> None:
    found = await names_a_canary(client, 'Lab <&> \\"one\\"', 'Lab <&> ""one""')
    assert f"{BASE}/v1/units" in found
    assert f"{BASE}/accounts.json" in found
    assert f"{BASE}/units.csv" in found


async def test_the_crawler_gets_to_what_there_is(client: httpx.AsyncClient) -> None:
    statuses = [page.status async for page in crawl(client)]
    assert statuses.count(200) > 100
    assert {308, 400, 404, 414} <= set(statuses)


async def test_an_internal_account_is_not_there(client: httpx.AsyncClient) -> None:
    pages = [page async for page in crawl_what_is_hidden(client)]
    assert len(pages) > 10
    assert {page.status for page in pages} == {404}
    assert not [page for page in pages if INTERNAL in page.said]


async def test_an_account_that_becomes_internal_is_hidden_from_the_next_edition_on(own: Village) -> None:
    async with asking(own) as client:
        address = f"{BASE}/v1/accounts/twitter/rival"
        shown = await client.get(address)
        assert shown.status_code == 200
        (own.folder / "roster.csv").write_text(ROSTER.replace("rival,peer,public", "rival,peer,internal"))
        own.clock.move(3600)
        own.publish()
        assert (await client.get(address)).status_code == 404
        again = await client.get(f"{address}/series", headers={"if-none-match": shown.headers["etag"]})
        assert again.status_code == 404
        assert await names_a_canary(client, "rival") == []


async def test_what_runs_came_to_is_told_only_where_nobody_is_hidden(own: Village) -> None:
    async with asking(own) as client:
        told = [run["came_to"] for run in (await client.get(f"{BASE}/v1/runs")).json()["runs"]]
        assert told == [None, None], "the figures would be of the internal account too"
        (own.folder / "roster.csv").write_text(ROSTER.replace("internal", "public"))
        own.clock.move(3600)
        own.publish()
        told = [run["came_to"] for run in (await client.get(f"{BASE}/v1/runs")).json()["runs"]]
        assert [(each["readings"], each["misses"]) for each in told] == [(0, {}), (9, {"private": 1})]


@pytest.mark.parametrize("name", ["press.json", "headcount.toml", "token", "roster.csv", ".aside"])
async def test_what_lies_beside_the_files_is_not_served(client: httpx.AsyncClient, name: str) -> None:
    for address in (f"{BASE}/{name}", f"{BASE}/../{name}", f"{BASE}/gen/../../{name}"):
        url = httpx.URL("http://localhost").copy_with(raw_path=address.encode())
        assert (await client.get(url)).status_code == 404
