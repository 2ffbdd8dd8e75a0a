"""Which addresses are never connected to, unless the operator allows it: whatever is not the public internet.

A roster, a DNS answer or a redirect could name a machine of ours; the address that is really connected to is checked,
because a name can mean one thing when it is looked at and another when it is used.
"""

from __future__ import annotations

import errno
import socket
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network

_NOT_PUBLIC = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT, and the metadata service of one cloud
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the metadata service of another, on a public address
        "169.254.0.0/16",  # link-local, and the metadata service of most
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)

# Everything outside is loopback, ::/96, NAT64, private, link-local, fec0::/10, multicast or unassigned.
_PUBLIC_V6 = IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: holds any IPv4 address
        "3ffe::/16",  # an experiment that ended
        "3fff::/20",  # documentation
    )
)

SocketInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]
"""As `getaddrinfo` gives it: family, type, protocol, name, address."""


class Forbidden(PermissionError):
    """An address that must not be connected to. An OSError, so that the connector goes on to the host's next address."""


def forbidden(address: str) -> bool:
    """Whether an address is one that is not asked: private, local, special, or not written as an address is."""
    try:
        return _forbidden_v6(IPv6Address(address)) if ":" in address else _forbidden_v4(IPv4Address(address))
    except AddressValueError:
        return True


def forbidden_name(host: str) -> bool:
    """Whether a host, as it stands in a URL, says by itself that it is forbidden: `localhost`, or an address.

    An address counts in every spelling that resolvers understand: 127.1, 0x7f.1, 2130706433.
    """
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = name if ":" in name else _spelt(name)
    return address is not None and forbidden(address)


def public_socket(info: SocketInfo) -> socket.socket:
    """A socket for one of a host's addresses.

    Raises:
        Forbidden: where it is not a public one.
    """
    family, kind, protocol, _, address = info
    if forbidden(address[0]):
        raise Forbidden(errno.EACCES, f"{address[0]} is not a public address")
    return socket.socket(family, kind, protocol)


def _forbidden_v4(address: IPv4Address) -> bool:
    return any(address in block for block in _NOT_PUBLIC)


def _forbidden_v6(address: IPv6Address) -> bool:
    if address.ipv4_mapped:
        return _forbidden_v4(address.ipv4_mapped)
    return address not in _PUBLIC_V6 or any(address in block for block in _NOT_PUBLIC_V6)


def _spelt(name: str) -> str | None:
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except OSError:
        return None
