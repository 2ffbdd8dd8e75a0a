"""What goes out: headers, queries and forms as they are meant; redirects that are followed, and those that are not."""

from __future__ import annotations

import asyncio
import traceback
from pathlib import Path

import pytest
from msgspec import structs

from headcount import __version__
from headcount.errors import Mistake, NoReply, Unreachable
from headcount.net.client import Client
from headcount.net.message import Get, Http, Post, Reply, Request
from tests.net.hostile import LOCAL, Server, fetch, reply, says, says_and_closes, serving

SECRETS = {"authorization": "Bearer hunter2", "cookie": "session=hunter2", "x-api-key": "hunter2"}


async def ask(server: Server, request: Request, http: Http = LOCAL) -> Reply:
    async with Client(http) as client:
        return await client.send(request, {"api": server.url})


def lines(head: str) -> dict[str, str]:
    return {name.lower(): value for name, _, value in (line.partition(": ") for line in head.splitlines()[1:] if line)}


async def test_it_says_who_asks_and_takes_only_gzip() -> None:
    contact = structs.replace(LOCAL, contact="https://example.gov/social")
    async with serving(says(reply())) as server:
        await ask(server, Get("{api}/x", headers={"Accept-Encoding": "br, zstd"}), contact)
    (head,) = server.requests
    assert head.startswith("GET /x HTTP/1.1\r\n")
    assert lines(head) == {
        "host": f"127.0.0.1:{server.port}",
        "user-agent": f"headcount/{__version__} (+https://example.gov/social)",
        "accept": "*/*",
        "accept-encoding": "gzip",
    }


async def test_without_a_contact_there_are_no_brackets() -> None:
    async with serving(says(reply())) as server:
        await ask(server, Get("{api}"))
    assert lines(server.requests[0])["user-agent"] == f"headcount/{__version__}"


async def test_a_source_sends_its_own_headers_and_may_have_its_own_agent() -> None:
    async with serving(says(reply())) as server:
        await ask(
            server, Get("{api}", headers={"Cookie": "a=b; c=d", "User-Agent": "other/1", "Accept-Language": "en"})
        )
    sent = lines(server.requests[0])
    assert (sent["cookie"], sent["user-agent"], sent["accept-language"]) == ("a=b; c=d", "other/1", "en")


async def test_a_path_and_a_query_arrive_as_they_were_meant() -> None:
    async with serving(says(reply())) as server:
        await ask(server, Get("{api}/@a%2Fb c", {"id": ("1", "2"), "q": "a,b &c"}))
    assert server.requests[0].splitlines()[0] == "GET /@a%2Fb%20c?id=1&id=2&q=a%2Cb%20%26c HTTP/1.1"


async def test_a_post_sends_a_form() -> None:
    async with serving(says(reply())) as server:
        await ask(server, Post("{api}/token", {"v": "1"}, form={"grant": "client credentials", "é": "&="}))
    assert server.requests[0].startswith("POST /token?v=1 HTTP/1.1\r\n")
    assert lines(server.requests[0])["content-type"] == "application/x-www-form-urlencoded"
    assert server.forms == ["grant=client+credentials&%C3%A9=%26%3D"]


async def test_no_cookie_is_kept() -> None:
    async with serving(says(reply(b"", Set_Cookie="a=b; Path=/"))) as server, Client(LOCAL) as client:
        for _ in range(2):
            await client.send(Get("{api}"), {"api": server.url})
    assert all("cookie" not in lines(head) for head in server.requests)


async def test_header_names_come_in_lower_case_and_repeated_ones_joined() -> None:
    sent = b"HTTP/1.1 200 OK\r\nLink: a\r\nLINK: b\r\nX-Name: caf\xc3\xa9 \xff\r\nContent-Length: 0\r\n\r\n"
    async with serving(says(sent)) as server:
        came = await fetch(server.url)
    assert came.headers == {"link": "a, b", "x-name": "café \ufffd", "content-length": "0"}


async def test_a_reply_says_where_it_came_from_without_its_query() -> None:
    async with serving(says(reply())) as server:
        came = await ask(server, Get("{api}/a%20b", {"access_token": "hunter2"}))
    assert came.url == f"{server.url}/a%20b"


@pytest.mark.parametrize("value", ["hunter2\n", "hunter2\r\nX: y", "hunter2\0", "hunter2\ud800"])
async def test_a_header_that_none_may_be_is_not_sent_and_not_shown(value: str) -> None:
    async with serving(says(reply())) as server:
        with pytest.raises(Unreachable) as caught:
            await ask(server, Get("{api}", headers={"authorization": value}))
    assert server.requests == []
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
async def test_a_get_is_redirected_within_its_host(status: str) -> None:
    moved = reply(b"moved", status, Location="/there?a=%2C")
    async with serving(says(moved), says(reply(b"there"))) as server:
        came = await ask(server, Get("{api}/here", headers=SECRETS))
    assert (came.status, came.body, came.url) == (200, b"there", f"{server.url}/there")
    assert server.requests[1].startswith("GET /there?a=%2C HTTP/1.1")
    assert lines(server.requests[1])["authorization"] == SECRETS["authorization"]


async def test_a_post_is_never_redirected() -> None:
    async with serving(says(reply(b"", "307 Temporary", Location="/there"))) as server:
        assert (await ask(server, Post("{api}/here"))).status == 307
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "location",
    [
        "https://elsewhere.example/login",
        "//elsewhere.example/",
        "http://127.0.0.1:1/",
        "ftp://127.0.0.1/",
        "http://[",
        "",
        "http://\xff/",
    ],
)
async def test_a_redirect_elsewhere_is_handed_back(location: str) -> None:
    async with serving(says(reply(b"moved", "302 Found", Location=location))) as server:
        came = await ask(server, Get("{api}/here"))
    assert (came.status, came.body, came.url, len(server.requests)) == (302, b"moved", f"{server.url}/here", 1)


async def test_a_redirect_without_a_location_is_handed_back() -> None:
    async with serving(says(reply(b"moved", "301 Moved"))) as server:
        assert (await ask(server, Get("{api}/here"))).status == 301


async def test_five_redirects_are_followed_and_no_sixth() -> None:
    async with serving(says(reply(b"", "301 Moved", Location="/again"))) as server:
        assert (await ask(server, Get("{api}/here"))).status == 301
    assert len(server.requests) == 6


async def test_no_secret_goes_along_to_another_origin() -> None:
    async with (
        serving(says(reply(b"back"))) as second,
        serving(says(reply(b"", "302 Found", Location=f"{second.url}/over"))) as first,
        Client(LOCAL) as client,
    ):
        request = Get("{api}/here", {"access_token": "hunter2"}, {**SECRETS, "Accept-Language": "en"})
        came = await client.send(request, {"api": first.url, "page": second.url})
    assert (came.body, came.url) == (b"back", f"{second.url}/over")
    assert "hunter2" in first.requests[0]
    assert "hunter2" not in second.requests[0]
    assert lines(second.requests[0])["accept-language"] == "en"


async def test_what_is_dropped_on_the_way_stays_dropped() -> None:
    async with serving(says(reply())) as first, serving(says(reply())) as second:
        first._scripts = (says(reply(b"", "302 Found", Location=f"{second.url}/2")), says(reply(b"home")))
        second._scripts = (says(reply(b"", "302 Found", Location=f"{first.url}/3")),)
        async with Client(LOCAL) as client:
            came = await client.send(Get("{a}/1", headers=SECRETS), {"a": first.url, "b": second.url})
    assert came.body == b"home"
    assert "hunter2" in first.requests[0]
    assert "hunter2" not in first.requests[1]


ABSURD = ["a" * 64 + ".example", "a..b", ".", "a." * 130 + "b", "x" * 5000, "xn--\u00df", "_", "a_b.invalid"]


@pytest.mark.parametrize("host", ABSURD)
async def test_an_absurd_host_is_unreachable(host: str) -> None:
    with pytest.raises(Unreachable):
        await fetch(f"http://{host}:1/")


FAULTS = {
    "a black hole": b"",
    "not HTTP": b"SSH-2.0\r\n\r\n",
    "cut short": reply(b"x", content_length="9"),
    "brotli": reply(b"x", Content_Encoding="br"),
    "too big": reply(b"x" * 50),
}
SECRET_REQUEST = Get("{api}/a", {"key": "hunter2"}, SECRETS)


async def traceback_of(base: str) -> str:
    """What a log would show of a request that brings no reply."""
    async with Client(structs.replace(LOCAL, max_body=10, timeout=0.2)) as client:
        with pytest.raises(NoReply) as caught:
            await client.send(SECRET_REQUEST, {"api": base})
    return "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_shows_no_secret_not_even_in_a_traceback(name: str) -> None:
    async with serving(says_and_closes(FAULTS[name]) if FAULTS[name] else says(b"")) as server:
        shown = await traceback_of(server.url)
    assert str(server.port) in shown
    assert "hunter2" not in shown


@pytest.mark.parametrize(
    "base", ["http://127.0.0.1:1", "http://no.invalid", "http://127.1:1", "https://127.0.0.1:1", "http://a..b"]
)
async def test_a_host_that_is_not_there_shows_no_secret_either(base: str) -> None:
    assert "hunter2" not in await traceback_of(base)


async def test_certificates_that_are_none_are_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("not a certificate")
    for bundle in (tmp_path / "no.pem", tmp_path / "missing.pem"):
        with pytest.raises(Mistake, match="ca_bundle"):
            Client(Http(ca_bundle=bundle))


@pytest.mark.parametrize("proxy", ["proxy:3128", "socks5://proxy:1080", "http://", "http://user:hunter2@proxy:99999"])
def test_a_proxy_that_is_none_is_a_mistake_and_its_password_is_not_shown(proxy: str) -> None:
    with pytest.raises(Mistake, match=r"proxy in \[http\]") as caught:
        Client(Http(proxy=proxy))
    assert "hunter2" not in str(caught.value)


async def test_no_more_connections_are_open_at_once_than_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headcount.net.client.MOST_CONNECTIONS", 3)
    open_now = 0
    seen: list[int] = []

    async def slow(writer: asyncio.StreamWriter) -> None:
        nonlocal open_now
        open_now += 1
        seen.append(open_now)
        await asyncio.sleep(0.01)
        open_now -= 1
        writer.write(reply(b"x"))

    async with serving(slow) as server, Client(LOCAL) as client:
        await asyncio.gather(*(client.send(Get("{api}"), {"api": server.url}) for _ in range(12)))
    assert max(seen) == 3
