"""The floor: the same requests by the leanest client there is, which throws the replies away.

It says how fast this server can hand these bytes over at all, with its latency and at our number of connections.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlencode

from msgspec import Struct

from headcount.clock import SYSTEM
from headcount.collect.courier import Budget
from headcount.collect.run import collect
from headcount.collect.turn import Means
from headcount.net.client import MOST_CONNECTIONS, Client
from headcount.net.message import Get, Post, Reply, Request
from headcount.net.route import locate
from headcount.pipeline.house import Premises, open_house
from headcount.pipeline.offices import assignments

LENGTH = re.compile(rb"content-length: *([0-9]+)", re.IGNORECASE)


class Message(Struct, frozen=True):
    """A request as it goes over the wire, and where to."""

    host: str
    port: int
    text: bytes


async def record(premises: Premises) -> list[Message]:
    """Ask everybody about everyone, and note what is sent; nothing is stored."""
    sent: list[Message] = []
    house = open_house(premises)
    asked = assignments(house.settings, tuple(account for _, account in house.people))
    async with Client(house.settings.http) as client:

        async def send(request: Request, hosts: Mapping[str, str]) -> Reply:
            sent.append(_message(request, hosts))
            return await client.send(request, hosts)

        means = Means(send, house.store, SYSTEM, SYSTEM.now() + timedelta(hours=1), Budget())
        async for _ in collect(asked, means):
            pass
    return sent


def _message(request: Request, hosts: Mapping[str, str]) -> Message:
    url = locate(request, hosts)
    body = urlencode(request.form).encode() if isinstance(request, Post) else b""
    headers = {"host": url.authority, "accept-encoding": "gzip", **request.headers}
    if body:
        headers |= {"content-type": "application/x-www-form-urlencoded", "content-length": str(len(body))}
    lines = [f"{'GET' if isinstance(request, Get) else 'POST'} {url.raw_path_qs} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return Message(url.host or "", url.port or 80, "\r\n".join([*lines, "", ""]).encode() + body)


async def send_all(messages: Sequence[Message]) -> int:
    """Send them all to the one server that they are for; how many were answered with 200."""
    left = deque(messages)
    connections = min(len(messages), MOST_CONNECTIONS)
    return sum(await asyncio.gather(*(_drain(messages[0], left) for _ in range(connections))))


async def _drain(server: Message, left: deque[Message]) -> int:
    """Send what is left, one after the other, on one connection."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    good = 0
    while left:
        writer.write(left.popleft().text)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(_length(head))
        good += head.startswith(b"HTTP/1.1 200 ")
    writer.close()
    await writer.wait_closed()
    return good


def _length(head: bytes) -> int:
    found = LENGTH.search(head)
    assert found, head
    return int(found[1])
