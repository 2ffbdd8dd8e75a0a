"""Where a channel may lead: to the public internet, and to the one host and port of ours that its own URL names.

A webhook's redirect, or a DNS answer, could name a machine of ours. So it is the address that is really connected to that
is looked at, whatever library connects: Python itself tells an audit hook of it, and lets it refuse.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network

from headcount.net.guard import Forbidden, forbidden

_NAMEABLE_V4 = tuple(
    IPv4Network(block) for block in ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
_NAMEABLE_V6 = (IPv6Network("::1/128"), IPv6Network("fc00::/7"))
_METADATA = frozenset({"100.100.100.200", "fd00:ec2::254"})
"""Services that hand out a machine's own credentials, and have an address among private ones."""

_CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class Guard:
    """An audit hook that refuses connections.

    Raises, where one is refused:
        Forbidden
    """

    def __init__(self) -> None:
        self._ports: dict[str, frozenset[int]] = {}
        self._asked: set[str] = set()
        self._found: dict[str, frozenset[str]] = {}
        self._refused: list[str] = []

    def name(self, host: str, ports: Iterable[int]) -> None:
        """The operator's URL names this host: it may be private."""
        name = host.strip("[]").lower()
        self._ports[name] = self._ports.get(name, frozenset()) | frozenset(ports)

    def take(self) -> list[str]:
        """What was refused since it was taken last, each in a sentence."""
        taken, self._refused = self._refused, []
        return taken

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Look at what is about to be done."""
        if event in _CONNECTING:
            self._look(arguments[1])
        elif event == "socket.getaddrinfo":
            self._asked.add(_text(arguments[0]))

    def _look(self, address: object) -> None:
        """An address that is no pair is that of a socket in a folder: no answer from outside can lead there."""
        match address:
            case (str() | bytes() as host, int() as port, *_):
                where = plain(_text(host))
                if forbidden(where) and not (nameable(where) and self._is_named(where, port)):
                    self._refused.append(f"it leads to {where}, and no channel may, unless its own URL names that host")
                    raise Forbidden(errno.EACCES, self._refused[-1])

    def _is_named(self, where: str, port: int) -> bool:
        return any(port in ports and self._means(name, where) for name, ports in self._ports.items())

    def _means(self, name: str, where: str) -> bool:
        """A name is looked up once, and only if somebody has looked it up already: it could be a token, and no host."""
        if plain(name) == where:
            return True
        if name not in self._asked:
            return False
        if name not in self._found:
            self._found[name] = _addresses(name)
        return where in self._found[name]


def nameable(address: str) -> bool:
    """Whether an address that is not public may be asked where the operator names it: no metadata service, for one."""
    try:
        if ":" in address:
            inside = any(IPv6Address(address) in block for block in _NAMEABLE_V6)
        else:
            inside = any(IPv4Address(address) in block for block in _NAMEABLE_V4)
    except AddressValueError:
        return False
    return inside and address not in _METADATA


def plain(address: str) -> str:
    """An address in the one spelling by which two are compared; what is none stays as it is."""
    with suppress(AddressValueError):
        found = IPv6Address(address)
        return str(found.ipv4_mapped or found)
    return address.lower()


def _addresses(name: str) -> frozenset[str]:
    try:
        return frozenset(plain(str(info[4][0])) for info in socket.getaddrinfo(name, None))
    except (OSError, UnicodeError):
        return frozenset()


def _text(host: object) -> str:
    return (host.decode(errors="replace") if isinstance(host, bytes) else str(host)).lower()
