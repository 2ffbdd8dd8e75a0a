"""Which addresses are never connected to, unless the operator allows it: whatever is not the public internet.

A roster, a DNS answer or a redirect could name a machine of ours; the address that is really connected to is checked,
because a name can mean one thing when it is looked at and another when it is used.
"""

from __future__ import annotations

import errno
import socket
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from headcount.net.blocks import NOT_PUBLIC, NOT_PUBLIC_V6, PUBLIC_V6

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
    return any(address in block for block in NOT_PUBLIC)


def _forbidden_v6(address: IPv6Address) -> bool:
    if address.ipv4_mapped:
        return _forbidden_v4(address.ipv4_mapped)
    return address not in PUBLIC_V6 or any(address in block for block in NOT_PUBLIC_V6)


def _spelt(name: str) -> str | None:
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except OSError:
        return None
