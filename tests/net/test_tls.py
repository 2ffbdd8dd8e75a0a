"""TLS: only a certificate that is trusted, of the right host, and not expired."""

from __future__ import annotations

import asyncio
import ssl

import pytest
from msgspec import structs

from headcount.errors import Unreachable
from headcount.net.client import Client
from headcount.net.message import Get
from tests.net.certificates import Authority
from tests.net.hostile import LOCAL, fetch, reply, says, serving

GOOD = "DNS:localhost,IP:127.0.0.1"


async def test_a_certificate_of_the_bundle_is_trusted(authority: Authority) -> None:
    http = structs.replace(LOCAL, ca_bundle=authority.bundle)
    async with serving(says(reply(b"safe")), tls=authority.server(GOOD)) as server:
        for host in ("127.0.0.1", "localhost"):
            assert (await fetch(f"https://{host}:{server.port}", http)).body == b"safe"


async def test_without_the_bundle_it_is_not(authority: Authority) -> None:
    async with serving(says(reply(b"safe")), tls=authority.server(GOOD)) as server:
        with pytest.raises(Unreachable, match=r"certificate of 127\.0\.0\.1 is not trusted .*ca_bundle"):
            await fetch(f"https://127.0.0.1:{server.port}")
    assert server.requests == []


@pytest.mark.parametrize(
    ("name", "itself", "until", "why"),
    [
        (GOOD, True, "", "self-signed|self signed"),
        ("DNS:other.example", False, "20491231235959Z", "mismatch|not valid for"),
        ("DNS:*.0.0.1", False, "20491231235959Z", "mismatch|not valid for"),
        (GOOD, False, "20200201000000Z", "expired"),
    ],
)
async def test_a_bad_certificate_is_refused_before_anything_is_sent(
    authority: Authority, name: str, itself: bool, until: str, why: str
) -> None:
    http = structs.replace(LOCAL, ca_bundle=authority.bundle)
    shown = authority.server(name, signed_by_itself=itself, until=until)
    async with serving(says(reply(b"unsafe")), tls=shown) as server:
        with pytest.raises(Unreachable, match=f"is not trusted .*({why})"):
            await fetch(f"https://127.0.0.1:{server.port}", http)
    assert server.requests == []


async def test_a_host_that_does_not_speak_tls_is_unreachable() -> None:
    def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.gov ready\r\n")
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as listener:
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1 does not speak TLS"):
            await fetch(f"https://127.0.0.1:{listener.sockets[0].getsockname()[1]}")


async def test_a_host_that_speaks_an_old_tls_only_is_unreachable(authority: Authority) -> None:
    old = authority.server(GOOD)
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    async with serving(says(reply(b"unsafe")), tls=old) as server:
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
            await fetch(f"https://127.0.0.1:{server.port}", structs.replace(LOCAL, ca_bundle=authority.bundle))


async def test_a_redirect_does_not_leave_tls(authority: Authority) -> None:
    http = structs.replace(LOCAL, ca_bundle=authority.bundle)
    async with serving(says(reply(b"unsafe"))) as plain:
        moved = says(reply(b"", "302 Found", Location=f"{plain.url}/x"))
        async with serving(moved, tls=authority.server(GOOD)) as server, Client(http) as client:
            hosts = {"api": f"https://127.0.0.1:{server.port}", "other": f"https://127.0.0.1:{plain.port}"}
            assert (await client.send(Get("{api}"), hosts)).status == 302
    assert plain.connections == 0


async def test_one_handshake_serves_many_requests(authority: Authority) -> None:
    http = structs.replace(LOCAL, ca_bundle=authority.bundle)
    async with serving(says(reply(b"safe")), tls=authority.server(GOOD)) as server, Client(http) as client:
        for _ in range(5):
            await client.send(Get("{api}"), {"api": f"https://127.0.0.1:{server.port}"})
    assert (server.connections, len(server.requests)) == (1, 5)
