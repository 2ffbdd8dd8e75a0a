"""Where a channel may lead: to the public internet, and to the one place of ours that its own URL names."""

from __future__ import annotations

import pytest

from headcount.net.guard import Forbidden
from headcount.watch.carry.child import never
from headcount.watch.carry.guard import Guard, nameable
from headcount.watch.carry.reason import scrubbed
from tests.net.test_guard import FORBIDDEN, PUBLIC

NAMEABLE = """
    10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.1.2.3 127.255.255.255 172.16.0.1 172.31.255.255
    192.168.0.1 192.168.255.255 ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 fc00::1
"""
NEVER = sorted(set(FORBIDDEN.split()) - set(NAMEABLE.split()))

CONNECTING = ["socket.connect", "socket.sendto", "socket.sendmsg"]


def connect(guard: Guard, address: object, event: str = "socket.connect") -> None:
    guard(event, (None, address))


@pytest.mark.parametrize("event", CONNECTING)
@pytest.mark.parametrize("address", FORBIDDEN.split())
def test_an_address_that_is_not_public_is_refused_whoever_connects_and_however(address: str, event: str) -> None:
    guard = Guard()
    with pytest.raises(Forbidden):
        connect(guard, (address, 80), event)
    assert guard.take()[0].startswith("it leads to ")
    assert guard.take() == []


@pytest.mark.parametrize("address", PUBLIC.split())
def test_a_public_address_is_not(address: str) -> None:
    connect(Guard(), (address, 80))


@pytest.mark.parametrize("address", NAMEABLE.split())
def test_a_private_address_that_is_named_is_reached_at_that_port_alone(address: str) -> None:
    guard = Guard()
    guard.name(address, [8080])
    connect(guard, (address, 8080))
    with pytest.raises(Forbidden):
        connect(guard, (address, 8081))
    with pytest.raises(Forbidden):
        connect(guard, ("10.9.9.9", 8080))
    assert not never(address)


@pytest.mark.parametrize("address", NEVER)
def test_no_other_can_be_named(address: str) -> None:
    guard = Guard()
    guard.name(address, [80])
    with pytest.raises(Forbidden):
        connect(guard, (address, 80))
    assert never(address)


def test_at_least_thirty_nine_addresses_were_tried() -> None:
    assert len(NEVER) >= 39
    assert {"169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "fe80::1"} <= set(NEVER)
    assert not nameable("no address")


def test_a_name_is_looked_up_only_where_somebody_has_looked_it_up_already() -> None:
    """It may be a token that stands where a host would."""
    guard = Guard()
    guard.name("LOCALHOST", [8080])
    with pytest.raises(Forbidden):
        connect(guard, ("127.0.0.1", 8080))
    guard("socket.getaddrinfo", ("localhost", 8080, 0, 0, 0))
    connect(guard, ("127.0.0.1", 8080))
    with pytest.raises(Forbidden):
        connect(guard, ("127.0.0.2", 8080))


def test_a_name_that_is_connected_to_as_it_stands_is_refused() -> None:
    """Nobody knows what it will mean by then."""
    with pytest.raises(Forbidden):
        connect(Guard(), ("localhost", 80))
    with pytest.raises(Forbidden):
        connect(Guard(), (b"localhost", 80))


@pytest.mark.parametrize("address", ["/run/log.sock", b"\0abstract", None])
def test_what_is_no_address_of_a_network_is_no_matter_of_the_guard(address: object) -> None:
    connect(Guard(), address)


@pytest.mark.parametrize("host", ["example.gov", "T1JJ3T3L2", "123456789", "8.8.8.8", "nobody:there"])
def test_a_host_that_is_no_address_is_not_taken_for_one(host: str) -> None:
    assert not never(host) or ":" in host


@pytest.mark.parametrize(
    ("words", "url", "clean"),
    [
        ("no TOKENtoken here", "slack://TOKENtoken/x", "no [...] here"),
        ("tokenTOKEN", "slack://TOKENtoken/x", "[...]"),
        ("p%40ss w p@ss", "mailto://me:p%40ss@h.example", "[...] w [...]"),
        ("a/b?c=d-secret", "json://host/a?c=d-secret", "a/b?c=[...]"),
        ("two\nlines", "json://host", "two lines"),
    ],
)
def test_no_part_of_a_url_is_repeated(words: str, url: str, clean: str) -> None:
    assert scrubbed(words, url) == clean
