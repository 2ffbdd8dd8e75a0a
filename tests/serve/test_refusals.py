"""What cannot be answered is refused with a sentence; nothing that anybody sends brings the server to its knees."""

from __future__ import annotations

import httpx
import pytest

from headcount.errors import StoreError
from headcount.serve.route import Route
from headcount.serve.routes import ROUTES
from headcount.serve.stand import Stand
from headcount.store.sql_reader import SqlReader
from tests.serve.conftest import asking
from tests.serve.village import BASE, Village

SERIES = f"{BASE}/v1/accounts/twitter/energy/series"
MATRIX = f"{BASE}/v1/accounts/twitter/energy/matrix"
FORECAST = f"{BASE}/v1/accounts/twitter/energy/forecast"

WRONG = [
    (f"{SERIES}?start=yesterday", "start"),
    (f"{SERIES}?start=2026-02-30", "start"),
    (f"{SERIES}?start=0001-01-01", "start"),
    (f"{SERIES}?end=9999-12-31", "end"),
    (f"{SERIES}?start=9999-12-31T23:59:59Z", "start"),
    (f"{SERIES}?start=2026-11-20T25:00Z", "start"),
    (f"{SERIES}?start=2026-11-20T10:00+99:00", "start"),
    (f"{SERIES}?start=2026-11-20&end=2026-11-01", "the end is not after the start"),
    (f"{SERIES}?start=2026-11-20T00:00Z&end=2026-11-20T00:00Z", "the end is not after the start"),
    (f"{SERIES}?start=&end=", "start"),
    (f"{SERIES}?start=2026-11-01%0a", "start"),
    (f"{SERIES}?step=raw&start=2020-01-01", "366 days"),
    (f"{SERIES}?step=hour&start=1970-01-02&end=2199-12-31", "366 days"),
    (f"{SERIES}?step=minute", "step"),
    (f"{SERIES}?format=xml", "format"),
    (f"{SERIES}?metric=%00", "metric"),
    (f"{SERIES}?metric=", "metric"),
    (f"{SERIES}?metric={'a' * 41}", "metric"),
    (f"{SERIES}?tz=Mars/Olympus", "tz"),
    (f"{SERIES}?tz=../../../etc/passwd", "tz"),
    (f"{SERIES}?tz=/etc/localtime", "tz"),
    (f"{SERIES}?tz=posixrules", ""),
    (f"{SERIES}?tz=america/new_york", "tz"),
    (f"{SERIES}?tz=%ff%fe", "tz"),
    (f"{SERIES}?tz=", "tz"),
    (f"{SERIES}?step=day&step=hour", "more than once"),
    (f"{SERIES}?platform=twitter", "more than once"),
    (f"{SERIES}?metrics=followers", "a parameter that this route has not"),
    (f"{SERIES}?%ff=%ff", "a parameter that this route has not"),
    (f"{SERIES}?{'&'.join(f'a{number}=1' for number in range(50))}", "more than 20"),
    (f"{MATRIX}?start=1990-01-01", "3660 days"),
    (FORECAST, "no parameter `target`"),
    (f"{FORECAST}?target=0", "target"),
    (f"{FORECAST}?target=-5", "target"),
    (f"{FORECAST}?target=1e99", "target"),
    (f"{FORECAST}?target=99999999999999999999999999", "target"),
    (f"{FORECAST}?target=nan", "target"),
    (f"{BASE}/v1/runs?limit=0", "limit"),
    (f"{BASE}/v1/runs?limit=100000", "limit"),
    (f"{BASE}/v1/runs?job=%00", "job"),
    (f"{BASE}/v1/latest?at=now", "a parameter that this route has not"),
    (f"{BASE}/v1/accounts/TWITTER/energy", "platform"),
    (f"{BASE}/v1/accounts/twitter/%00", "name"),
    (f"{BASE}/v1/accounts/twitter/%ff", "name"),
]

MISSING = [
    f"{BASE}/v1/accounts/twitter/nobody",
    f"{BASE}/v1/accounts/twitter/nobody/series",
    f"{BASE}/v1/accounts/twitter",
    f"{BASE}/v1/accounts/twitter/energy/series/more",
    f"{BASE}/v1",
    f"{BASE}/v1/",
    f"{BASE}/v2/units",
    f"{BASE}/press.json",
    f"{BASE}/../press.json",
    f"{BASE}/gen/../press.json",
    f"{BASE}/%2e%2e/headcount.db",
    f"{BASE}/..%2fheadcount.db",
    f"{BASE}//daily.csv",
    f"{BASE}/daily.csv/",
    f"{BASE}/daily.csv%00",
    f"{BASE}/DAILY.CSV",
    f"{BASE}/gen",
    f"{BASE}/gen/",
    f"{BASE}/series/daily/twitter",
    f"{BASE}//etc/passwd",
    "/",
    "/etc/passwd",
    "/%ff%fe",
    "//",
]


def is_problem(answer: httpx.Response, status: int) -> bool:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert set(found) == {"type", "title", "status", "detail"}
    assert found["status"] == status
    assert "Traceback" not in found["detail"]
    assert "`$" not in found["detail"]
    return True


@pytest.mark.parametrize(("address", "word"), WRONG)
async def test_a_wrong_question_is_refused_with_what_is_wrong(
    client: httpx.AsyncClient, address: str, word: str
) -> None:
    answer = await client.get(address)
    assert is_problem(answer, 400)
    assert word in answer.json()["detail"]


@pytest.mark.parametrize("address", MISSING)
async def test_what_is_not_there_is_not_there(client: httpx.AsyncClient, address: str) -> None:
    # httpx tidies addresses up; a hostile client does not.
    url = httpx.URL("http://localhost").copy_with(raw_path=address.encode())
    assert is_problem(await client.get(url), 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get"])
@pytest.mark.parametrize("address", [f"{BASE}/v1/units", f"{BASE}/daily.csv", f"{BASE}/", "/nowhere"])
async def test_nothing_but_questions_comes_in(client: httpx.AsyncClient, method: str, address: str) -> None:
    request = client.build_request(method, address)
    request.method = method
    answer = await client.send(request)
    assert is_problem(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


async def test_an_address_that_is_too_long_is_refused(client: httpx.AsyncClient) -> None:
    assert is_problem(await client.get(f"{SERIES}?metric={'a' * 9000}"), 414)
    assert is_problem(await client.get(f"{BASE}/{'a' * 9000}"), 414)


async def test_a_body_is_not_read(client: httpx.AsyncClient) -> None:
    answer = await client.request("GET", f"{BASE}/v1/units", content=b"x" * 100_000)
    assert answer.status_code == 200


async def test_before_anything_is_published_it_says_what_to_do(bare: Village) -> None:
    async with asking(bare) as client:
        for address in (f"{BASE}/v1/units", f"{BASE}/daily.csv", f"{BASE}/", SERIES):
            answer = await client.get(address)
            assert is_problem(answer, 503)
            assert "headcount publish" in answer.json()["detail"]
            assert answer.headers["retry-after"] == "60"
        assert (await client.get(f"{BASE}/v1/openapi.json")).status_code == 200


async def test_a_store_that_fails_is_a_sentence_that_tells_nothing_of_the_machine(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: SqlReader) -> int:
        raise StoreError(f"the store {village.folder} fails")

    async with asking(village) as client:
        monkeypatch.setattr(SqlReader, "mark", fails)
        answer = await client.get(f"{BASE}/v1/units")
        assert is_problem(answer, 503)
        assert str(village.folder) not in answer.text
        assert (await client.get(f"{BASE}/daily.csv")).status_code == 200, "files need no store"


async def test_a_fault_of_our_own_tells_nothing_either(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_: Stand) -> None:
        raise ZeroDivisionError(str(village.folder))

    async with asking(village) as client:
        monkeypatch.setattr(Stand, "newest", breaks)
        answer = await client.get(f"{BASE}/v1/units")
    assert is_problem(answer, 500)
    assert str(village.folder) not in answer.text


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
async def test_every_route_refuses_a_parameter_that_it_has_not(client: httpx.AsyncClient, route: Route) -> None:
    address = route.path.replace("{platform}", "twitter").replace("{name}", "energy")
    assert is_problem(await client.get(f"{BASE}/v1{address}?target=5&nonsense=1"), 400)
