"""Through a proxy: it may be anywhere, and what may be asked through it is still only what was declared."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator

import pytest

from headcount.errors import Unreachable
from headcount.net.client import Client
from headcount.net.message import Get, Http, Reply
from tests.net.certificates import Authority
from tests.net.hostile import Server, reply, says, serving
from tests.net.proxying import Proxy, proxying


def through(proxy: Proxy, user: str = "", **settings: object) -> Http:
    """Strict: only the operator's proxy is on a private address."""
    return Http(proxy=f"http://{user}127.0.0.1:{proxy.port}", timeout=5.0, **settings)  # type: ignore[arg-type] # fields of Http


async def get(http: Http, url: str, path: str = "/x") -> Reply:
    async with Client(http) as client:
        return await client.send(Get("{api}" + path, headers={"authorization": "Bearer hunter2"}), {"api": url})


@pytest.fixture
async def platform() -> AsyncIterator[Server]:
    async with serving(says(reply(b"counted"))) as server:
        yield server


async def test_http_goes_through_it_in_absolute_form_without_the_setting(platform: Server) -> None:
    async with proxying({"api.example.gov": ("127.0.0.1", platform.port)}) as proxy:
        came = await get(through(proxy), "http://api.example.gov")
    assert (came.body, came.url) == (b"counted", "http://api.example.gov/x")
    assert proxy.heads[0].startswith("GET http://api.example.gov/x HTTP/1.1\r\n")


async def test_https_goes_through_a_tunnel_and_the_proxy_sees_nothing_of_it(authority: Authority) -> None:
    async with (
        serving(says(reply(b"safe")), tls=authority.server("DNS:api.example.gov")) as platform,
        proxying({"api.example.gov": ("127.0.0.1", platform.port)}) as proxy,
    ):
        http = through(proxy, "someone:hunter3@", ca_bundle=authority.bundle)
        came = await get(http, "https://api.example.gov")
    assert came.body == b"safe"
    assert proxy.heads[0].startswith("CONNECT api.example.gov:443 HTTP/1.1\r\n")
    assert "hunter2" not in proxy.heads[0]
    assert "proxy-authorization: basic c29tzw9uztpodw50zxiz" in proxy.heads[0].lower()
    assert "proxy-authorization" not in platform.requests[0].lower()


async def test_the_proxys_user_and_password_are_sent_to_it(platform: Server) -> None:
    async with (
        proxying({"api.example.gov": ("127.0.0.1", platform.port)}) as proxy,
        Client(through(proxy, "someone:hunter3@")) as client,
    ):
        for _ in range(3):
            await client.send(Get("{api}/x"), {"api": "http://api.example.gov"})
    assert "proxy-authorization: basic c29tzw9uztpodw50zxiz" in proxy.heads[0].lower()


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("status", ["407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"])
async def test_a_proxy_that_refuses_is_named_and_its_password_is_not(scheme: str, status: str) -> None:
    async with proxying({}, answer=reply(b"no", status)) as proxy:
        http = through(proxy, "someone:hunter3@")
        if scheme == "http" and not status.startswith("407"):
            assert (await get(http, "http://api.example.gov")).status == int(status[:3])
            return
        with pytest.raises(Unreachable, match="proxy") as caught:
            await get(http, f"{scheme}://api.example.gov")
    assert "hunter" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_is_not_there_is_named_and_its_password_is_not(scheme: str) -> None:
    async with proxying({}) as proxy:
        http = through(proxy, "someone:hunter3@")
    with pytest.raises(Unreachable, match=f"127.0.0.1, port {proxy.port}, cannot be connected to") as caught:
        await get(http, f"{scheme}://api.example.gov")
    assert "hunter" not in str(caught.value)


FORBIDDEN_TARGETS = [
    "127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "localhost", "db.localhost", "[::1]", "10.0.0.1",
    "169.254.169.254", "[fd00:ec2::254]",
]  # fmt: skip


@pytest.mark.parametrize("host", FORBIDDEN_TARGETS)
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_private_target_is_refused_through_it_too(scheme: str, host: str) -> None:
    async with proxying({}) as proxy:
        with pytest.raises(Unreachable, match="allow_private_addresses"):
            await get(through(proxy), f"{scheme}://{host}")
    assert proxy.heads == []


async def test_with_the_setting_a_private_target_is_asked_through_it(platform: Server) -> None:
    async with proxying({"127.0.0.1": ("127.0.0.1", platform.port)}) as proxy:
        assert (await get(through(proxy, allow_private_addresses=True), platform.url)).body == b"counted"
    assert len(proxy.heads) == 1


async def test_what_is_excepted_goes_direct_and_is_guarded(platform: Server) -> None:
    async with proxying({"127.0.0.1": ("127.0.0.1", platform.port)}) as proxy:
        http = through(proxy, no_proxy=("127.0.0.0/8",), allow_private_addresses=True)
        assert (await get(http, platform.url)).body == b"counted"
        with pytest.raises(Unreachable, match="allow_private_addresses"):
            await get(through(proxy, no_proxy=("127.0.0.0/8",)), platform.url)
    assert (proxy.heads, len(platform.requests)) == ([], 1)


async def test_an_excepted_name_with_a_private_address_is_not_connected_to(
    platform: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *rest, **more: real("127.0.0.1", *rest, **more))
    async with proxying({}) as proxy:
        with pytest.raises(Unreachable, match="not a public address"):
            await get(through(proxy, no_proxy=("example.gov",)), f"http://api.example.gov:{platform.port}")
    assert (proxy.heads, platform.connections) == ([], 0)


async def test_a_redirect_through_it_leads_only_to_declared_hosts() -> None:
    moved = reply(b"moved", "302 Found", Location="http://internal.example.gov/x", Connection="close")
    async with serving(says(moved)) as platform, proxying({"api.example.gov": ("127.0.0.1", platform.port)}) as proxy:
        assert (await get(through(proxy), "http://api.example.gov")).status == 302
    assert len(proxy.heads) == 1


async def test_a_bad_certificate_is_refused_through_a_tunnel_too(authority: Authority) -> None:
    async with (
        serving(says(reply(b"unsafe")), tls=authority.server("DNS:api.example.gov")) as platform,
        proxying({"api.example.gov": ("127.0.0.1", platform.port)}) as proxy,
    ):
        with pytest.raises(Unreachable, match=r"certificate of api\.example\.gov is not trusted"):
            await get(through(proxy), "https://api.example.gov")
    assert platform.requests == []
