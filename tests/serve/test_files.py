"""The published files over HTTP: whole, in part, packed, or not at all where the client has them."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from typing import Any

import brotli  # type: ignore[import-untyped] # it has no stubs
import httpx
import pytest
import zstandard

from headcount.publish.printed import read_press
from headcount.serve import files
from headcount.serve.conditions import has, part
from headcount.serve.packing import chosen
from headcount.serve.problem import Problem
from tests.serve.conftest import asking
from tests.serve.village import BASE, DAY, Village

PLAIN = {"accept-encoding": "identity"}
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda content: zstandard.ZstdDecompressor().decompress(content),
    "identity": bytes,
}


async def raw(client: httpx.AsyncClient, name: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """An answer with its body as it was sent."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    async with client.stream("GET", f"{BASE}/{name}", headers=named) as answer:
        return answer, b"".join([piece async for piece in answer.aiter_raw()])


async def test_every_file_of_the_edition_is_there_byte_for_byte(village: Village, client: httpx.AsyncClient) -> None:
    press = read_press(village.folder / "press")
    for name, printed in press.files.items():
        for path in {name, printed.path}:
            answer, content = await raw(client, path, **PLAIN)
            assert answer.status_code == 200, path
            assert hashlib.sha256(content).hexdigest() == printed.sha256, path


async def test_every_file_that_the_data_package_names_can_be_fetched(client: httpx.AsyncClient) -> None:
    package = (await client.get(f"{BASE}/datapackage.json")).json()
    for resource in package["resources"]:
        content = (await client.get(f"{BASE}/{resource['path']}")).content
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == resource["hash"]


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("status.html", "text/html; charset=utf-8"),
        ("daily.csv", "text/csv; charset=utf-8"),
        ("accounts.json", "application/json"),
        ("parquet/readings/year=2026/month=11/readings.parquet", "application/vnd.apache.parquet"),
        ("series/daily/twitter/energy.csv", "text/csv; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
    ],
)
async def test_every_file_says_what_it_is(village: Village, client: httpx.AsyncClient, name: str, media: str) -> None:
    if name.endswith(".parquet"):
        name = next(each for each in read_press(village.folder / "press").files if each.endswith(".parquet"))
    answer = await client.get(f"{BASE}/{name}")
    assert answer.headers["content-type"] == media


async def test_what_never_changes_may_be_kept_for_a_year_and_all_else_for_a_minute(
    village: Village, client: httpx.AsyncClient
) -> None:
    path = read_press(village.folder / "press").files["daily.csv"].path
    fixed, named = await client.get(f"{BASE}/{path}"), await client.get(f"{BASE}/daily.csv")
    assert fixed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert named.headers["cache-control"] == "public, max-age=60, must-revalidate"


@pytest.mark.parametrize("encoding", UNPACK)
async def test_a_file_is_packed_as_the_client_takes_it(client: httpx.AsyncClient, encoding: str) -> None:
    _, plain = await raw(client, "daily.csv", **PLAIN)
    answer, content = await raw(client, "daily.csv", accept_encoding=encoding)
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert UNPACK[encoding](content) == plain
    assert "Accept-Encoding" in answer.headers["vary"]
    assert encoding == "identity" or len(content) < len(plain) / 2


async def test_packed_in_another_way_it_has_another_tag(client: httpx.AsyncClient) -> None:
    tags = [(await raw(client, "daily.csv", accept_encoding=encoding))[0].headers["etag"] for encoding in UNPACK]
    assert len(set(tags)) == len(UNPACK)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("*, br;q=0", "zstd"),
        ("identity;q=1, gzip;q=0.5", "identity"),
        ("identity;q=0.5, gzip;q=1.0", "gzip"),
        ("gzip;q=2", "identity"),
        ("gzip;q=nan", "identity"),
        ("snappy", "identity"),
        (";;;,,,", "identity"),
        ("gzip;q=0.0001", "identity"),
    ],
)
def test_the_best_of_what_a_client_takes_is_chosen(accepted: str, encoding: str) -> None:
    assert chosen(accepted) == encoding


@pytest.mark.parametrize(
    "name", ["daily.csv", "series/daily/twitter/energy.csv", "datapackage.json", "", "v1/openapi.json"]
)
async def test_what_the_client_has_is_not_sent_again(client: httpx.AsyncClient, name: str) -> None:
    first = await client.get(f"{BASE}/{name}")
    for tag in (first.headers["etag"], f"W/{first.headers['etag']}", f'"x", {first.headers["etag"]}'):
        again = await client.get(f"{BASE}/{name}", headers={"if-none-match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert "content-length" not in again.headers or again.headers["content-length"] == "0"
    assert (await client.get(f"{BASE}/{name}", headers={"if-none-match": '"another"'})).status_code == 200


@pytest.mark.parametrize("name", ["daily.csv", "datapackage.json", "", "v1/openapi.json", "v1/units", "nowhere"])
async def test_head_says_what_get_would_and_sends_nothing(client: httpx.AsyncClient, name: str) -> None:
    head, get = await client.head(f"{BASE}/{name}"), await client.get(f"{BASE}/{name}")
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=10-", 10, 999), ("bytes=-5", 995, 999), ("bytes=0-99999", 0, 999), ("bytes=-9999", 0, 999)],
)  # fmt: skip
def test_a_part_is_understood(wanted: str, first: int, last: int) -> None:
    found = part(wanted, 1000)
    assert found
    assert (found.first, found.last, str(found)) == (first, last, f"bytes {first}-{last}/1000")


@pytest.mark.parametrize("wanted", ["", "bytes=-", "bytes=5-2", "bytes=0-1,5-6", "lines=0-5", "bytes=a-b", "0-5"])
def test_what_is_no_single_part_means_everything(wanted: str) -> None:
    assert part(wanted, 1000) is None


@pytest.mark.parametrize("wanted", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(wanted: str) -> None:
    with pytest.raises(Problem, match="1000 bytes") as refused:
        part(wanted, 1000)
    assert (refused.value.status, refused.value.headers["Content-Range"]) == (416, "bytes */1000")


@pytest.mark.parametrize(
    ("said", "known"),
    [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False), ("", False), ("a", False), ('"a', False)],
)  # fmt: skip
def test_what_a_client_has_is_understood(said: str, known: bool) -> None:
    assert has(said, '"a"') is known


async def test_a_part_of_a_file_is_sent_plain(client: httpx.AsyncClient) -> None:
    whole, plain = await raw(client, "daily.csv", **PLAIN)
    answer, content = await raw(client, "daily.csv", range="bytes=10-19", accept_encoding="br")
    assert (answer.status_code, content) == (206, plain[10:20])
    assert answer.headers["content-range"] == f"bytes 10-19/{len(plain)}"
    assert answer.headers["etag"] == whole.headers["etag"]
    assert "content-encoding" not in answer.headers


async def test_a_part_of_what_the_client_has_no_longer_is_everything(client: httpx.AsyncClient) -> None:
    whole, plain = await raw(client, "daily.csv", **PLAIN)
    same, _ = await raw(client, "daily.csv", range="bytes=0-4", if_range=whole.headers["etag"], **PLAIN)
    other, content = await raw(client, "daily.csv", range="bytes=0-4", if_range='"other"', **PLAIN)
    assert (same.status_code, other.status_code, content) == (206, 200, plain)


async def test_a_part_that_is_not_there_is_a_problem(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{BASE}/daily.csv", headers={"range": "bytes=99999999-"})
    assert (answer.status_code, answer.json()["status"]) == (416, 416)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGE", 100)
    monkeypatch.setattr("headcount.serve.long.PIECE", 1000)


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.usefixtures("large")
async def test_a_large_file_is_sent_piece_by_piece(village: Village, client: httpx.AsyncClient, encoding: str) -> None:
    printed = read_press(village.folder / "press").files["daily.csv"]
    answer, content = await raw(client, "daily.csv", accept_encoding=encoding)
    assert hashlib.sha256(UNPACK[encoding](content)).hexdigest() == printed.sha256
    assert answer.headers.get("content-length") == (str(printed.bytes) if encoding == "identity" else None)


@pytest.mark.usefixtures("large")
async def test_a_large_file_is_not_sent_again(client: httpx.AsyncClient) -> None:
    tag = (await client.get(f"{BASE}/daily.csv")).headers["etag"]
    again = await client.get(f"{BASE}/daily.csv", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.usefixtures("large")
async def test_a_large_file_can_be_had_in_part(client: httpx.AsyncClient) -> None:
    _, plain = await raw(client, "daily.csv", **PLAIN)
    answer, content = await raw(client, "daily.csv", range="bytes=990-2020", accept_encoding="gzip")
    assert (answer.status_code, content) == (206, plain[990:2021])


@pytest.mark.usefixtures("large")
async def test_a_large_file_is_not_read_for_head(client: httpx.AsyncClient) -> None:
    answer = await client.head(f"{BASE}/daily.csv", headers=PLAIN)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 1000


async def test_the_page_lists_every_file_of_the_set_and_runs_nothing(
    village: Village, client: httpx.AsyncClient
) -> None:
    answer = await client.get(f"{BASE}/")
    for name, printed in read_press(village.folder / "press").files.items():
        assert (f'href="{name.replace("=", "%3D")}"' in answer.text) is (printed.in_set or name == "status.html"), name
    assert "<script" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


async def test_the_page_has_its_slash(client: httpx.AsyncClient) -> None:
    answer = await client.get(BASE)
    assert (answer.status_code, answer.headers["location"]) == (308, f"{BASE}/")


async def test_a_new_edition_is_seen_at_once_and_the_one_before_can_still_be_read(own: Village) -> None:
    async with asking(own) as client:
        before: dict[str, Any] = (await client.get(f"{BASE}/datapackage.json")).json()
        own.clock.move(DAY.total_seconds())
        own.publish()
        after = (await client.get(f"{BASE}/datapackage.json")).json()
        assert after["headcount:number"] > before["headcount:number"]
        for resource in [*before["resources"], *after["resources"]]:
            assert (await client.get(f"{BASE}/{resource['path']}")).status_code == 200


async def test_an_edition_that_is_being_put_in_place_is_not_shown_yet(own: Village) -> None:
    async with asking(own) as client:
        before = (await client.get(f"{BASE}/datapackage.json")).content
        press, index = own.folder / "press", own.folder / "press/press.json"
        other = before.replace(b"audience", b"audienze")
        (press / "datapackage.json").write_bytes(other)
        assert (await client.get(f"{BASE}/datapackage.json")).content == before, "no index names it"
        digest = hashlib.sha256(other).hexdigest()
        index.write_text(json.dumps(json.loads(index.read_bytes()) | {"pointer": digest}))
        assert (await client.get(f"{BASE}/datapackage.json")).content == before, "what the index names is not there"
        place = press / "gen" / digest[:16] / "datapackage.json"
        place.parent.mkdir()
        place.write_bytes(other)
        assert (await client.get(f"{BASE}/datapackage.json")).content == other
