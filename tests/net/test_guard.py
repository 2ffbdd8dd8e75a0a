"""Which addresses are asked: no connection is ever made to one that is not public, however it is come by."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncIterator

import pytest

from headcount.errors import Unreachable
from headcount.net import guard
from headcount.net.client import Client
from headcount.net.guard import forbidden, forbidden_name
from headcount.net.message import Get, Http
from tests.net.hostile import Server, fetch, reply, says, serving

STRICT = Http(timeout=5.0)

FORBIDDEN = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.1.2.3
    127.255.255.255 168.63.129.16 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1
    192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
    224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
    64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::a00:1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1
    2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe::1 3ffe::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0
    febf::1 fec0::1 feff::1 ff02::1 ff0e::1
"""

NOT_ADDRESSES = [
    "",
    "localhost",
    "127.1",
    "0177.0.0.1",
    "0x7f.1",
    "2130706433",
    "①②⑦.⓪.⓪.①",
    "1.2.3.4.5",
    "1.2.3",
    "::1::",
    "8.8.8.8 ",
]

PUBLIC = """
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 128.0.0.1 162.159.140.229 169.253.255.255
    172.15.255.255 172.32.0.0 192.0.1.0 192.88.98.255 192.167.255.255 198.17.255.255 223.255.255.255 ::ffff:8.8.8.8
    2001:200::1 2001:4860:4860::8888 2606:4700::6810:84e5 2a03:2880:f12f:83:face:b00c:0:25de
"""

SPELLINGS = """
    127.1 127.0.1 0x7f.1 0x7f000001 0X7F.0.0.1 2130706433 017700000001 0177.0.0.1 0177.0x0.1 0 127.0.0.1. localhost
    LOCALHOST localhost. db.localhost [::1] [::ffff:127.0.0.1] [0:0:0:0:0:0:0:1] [::127.0.0.1]
"""

ONLY_AFTER_READING = ["①②⑦.⓪.⓪.①", "127。0。0。1", "ⓛocalhost", "%31%32%37.0.0.1", "127.0.0.1%00.example.gov", "[fe80::1%25lo]"]  # fmt: skip


@pytest.mark.parametrize("address", [*FORBIDDEN.split(), *NOT_ADDRESSES])
def test_an_address_that_is_not_public_is_forbidden(address: str) -> None:
    assert forbidden(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_a_public_address_is_not(address: str) -> None:
    assert not forbidden(address)


def test_what_pythons_own_test_calls_private_would_let_many_through() -> None:
    """Why there is a list of ours."""
    passed = [text for text in FORBIDDEN.split() if not ipaddress.ip_address(text.partition("%")[0]).is_private]
    assert len(passed) >= 10


@pytest.mark.parametrize("host", SPELLINGS.split())
def test_a_name_that_is_an_address_in_disguise_is_forbidden(host: str) -> None:
    assert forbidden_name(host.strip("[]"))


@pytest.mark.parametrize(
    "host", ["example.gov", "api.x.com", "localhost.example.gov", "0x7f.example.gov", "8.8.8.8", "134744072"]
)
def test_a_name_that_is_a_name_is_not(host: str) -> None:
    assert not forbidden_name(host)


@pytest.fixture
async def canary() -> AsyncIterator[Server]:
    """Sings if anybody connects to it."""
    async with serving(says(reply(b"song"))) as server:
        yield server


@pytest.mark.parametrize("host", ["127.0.0.1", *SPELLINGS.split(), *ONLY_AFTER_READING])
async def test_no_spelling_of_this_machine_is_connected_to(canary: Server, host: str) -> None:
    with pytest.raises(Unreachable):
        await fetch(f"http://{host}:{canary.port}", STRICT)
    assert canary.connections == 0


async def test_the_refusal_says_what_to_do(canary: Server) -> None:
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:[0-9]+ .*allow_private_addresses = true in \[http\]"):
        await fetch(canary.url, STRICT)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_the_canary_sings_where_private_addresses_are_allowed(canary: Server, host: str) -> None:
    assert (await fetch(f"http://{host}:{canary.port}")).body == b"song"
    assert canary.connections == 1


def pretend(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]) -> None:
    """Let names have these addresses."""
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *hints: int) -> list[object]:
        return [each for address in names.get(host, [host]) for each in real(address, port, *hints)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


async def test_a_public_name_with_a_private_address_is_not_connected_to(
    canary: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, {"social.example.gov": ["127.0.0.1"]})
    with pytest.raises(Unreachable, match=r"social\.example\.gov: 127\.0\.0\.1 is not a public address"):
        await fetch(f"http://social.example.gov:{canary.port}", STRICT)
    assert canary.connections == 0


@pytest.fixture
def as_if_public(monkeypatch: pytest.MonkeyPatch) -> str:
    """An address of the loopback that the guard takes for a public one: offline there is no other."""
    chosen = "127.0.0.2"
    strict = guard.forbidden
    monkeypatch.setattr(guard, "forbidden", lambda address: address != chosen and strict(address))
    return chosen


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_of_several_addresses_only_the_public_ones_are_connected_to(
    canary: Server, as_if_public: str, monkeypatch: pytest.MonkeyPatch, order: tuple[int, int]
) -> None:
    addresses = ["127.0.0.1", as_if_public]
    pretend(monkeypatch, {"social.example.gov": [addresses[at] for at in order]})
    with pytest.raises(Unreachable):
        await fetch(f"http://social.example.gov:{canary.port}", STRICT)
    async with serving(says(reply(b"public")), host=as_if_public) as server:
        assert (await fetch(f"http://social.example.gov:{server.port}", STRICT)).body == b"public"
    assert canary.connections == 0


async def test_a_redirect_to_a_private_address_is_not_followed_even_where_it_is_declared(
    canary: Server, as_if_public: str
) -> None:
    moved = reply(b"", "302 Found", Location=f"{canary.url}/x")
    async with serving(says(moved), host=as_if_public) as server, Client(STRICT) as client:
        hosts = {"page": f"http://{as_if_public}:{server.port}", "other": canary.url}
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
            await client.send(Get("{page}"), hosts)
    assert canary.connections == 0


async def test_a_name_whose_address_changes_is_judged_by_the_one_that_is_connected_to(
    canary: Server, as_if_public: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"social.example.gov": [as_if_public]}
    pretend(monkeypatch, names)
    async with serving(says(reply(b"public", Connection="close")), host=as_if_public) as server:
        assert (await fetch(f"http://social.example.gov:{server.port}", STRICT)).body == b"public"
    names["social.example.gov"] = ["127.0.0.1"]
    with pytest.raises(Unreachable):
        await fetch(f"http://social.example.gov:{canary.port}", STRICT)
    assert canary.connections == 0


async def test_without_the_guard_the_canary_would_sing(canary: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a client does that judges names and not addresses."""
    pretend(monkeypatch, {"social.example.gov": ["127.0.0.1"]})
    monkeypatch.setattr(guard, "public_socket", None)
    assert (await fetch(f"http://social.example.gov:{canary.port}", STRICT)).body == b"song"
    assert canary.connections == 1


async def test_proxy_variables_of_the_environment_do_not_lead_around_it(
    canary: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, canary.url)
    async with serving(says(reply(b"direct"))) as server:
        assert (await fetch(server.url)).body == b"direct"
        with pytest.raises(Unreachable):
            await fetch(server.url, STRICT)
    assert canary.connections == 0
