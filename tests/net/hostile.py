"""Servers on the loopback that do whatever a script says, byte for byte."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable

from headcount.clock import SYSTEM
from headcount.net.client import Client
from headcount.net.message import Get, Http, Reply

Script = Callable[[StreamWriter], Awaitable[None]]

DEADLINE = 0.25
"""Seconds, where a test waits for one to pass."""


class Server:
    """Plays one script a request, the last one again and again, and remembers what it was asked."""

    def __init__(self, scripts: tuple[Script, ...]) -> None:
        self._scripts = scripts
        self._tasks: set[asyncio.Task[None]] = set()
        self.requests: list[str] = []
        self.forms: list[str] = []
        self.connections = 0
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        self.connections += 1
        task = asyncio.create_task(self._talk(reader, writer))
        self._tasks.add(task)

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _talk(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            while not writer.is_closing():
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                self.forms.append((await reader.readexactly(_length(head))).decode())
                self.requests.append(head)
                await self._scripts[min(len(self.requests), len(self._scripts)) - 1](writer)
        except (OSError, EOFError):
            pass  # whoever asked went away
        finally:
            writer.transport.abort() if writer.is_closing() else writer.close()


def _length(head: str) -> int:
    return next((int(line[15:]) for line in head.lower().splitlines() if line.startswith("content-length:")), 0)


@contextlib.asynccontextmanager
async def serving(
    *scripts: Script, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[Server]:
    server = Server(scripts)
    listener = await asyncio.start_server(server.accept, host, 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        await server.end()


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A correct reply; a header's underscores are hyphens."""
    lines = [
        f"{name.replace('_', '-')}: {value}" for name, value in {"content_length": str(len(body)), **headers}.items()
    ]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


def says(data: bytes) -> Script:
    """Sends this, and waits for the next request."""

    async def script(writer: StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return script


def says_and_closes(data: bytes) -> Script:
    async def script(writer: StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    return script


def says_and_resets(data: bytes) -> Script:
    async def script(writer: StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return script


def says_and_hangs(data: bytes) -> Script:
    async def script(writer: StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        await asyncio.Event().wait()

    return script


def drips(first: bytes, drop: bytes) -> Script:
    """Sends something every 20 ms, for ever: each single wait is short."""

    async def script(writer: StreamWriter) -> None:
        writer.write(first)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(0.02)

    return script


def pours(first: bytes, piece: bytes, times: int) -> Script:
    """Sends a piece over and over, as fast as it is taken."""

    async def script(writer: StreamWriter) -> None:
        writer.write(first)
        for _ in range(times):
            writer.write(piece)
            await writer.drain()
        writer.close()
        await writer.wait_closed()

    return script


LOCAL = Http(allow_private_addresses=True, timeout=5.0)


async def fetch(url: str, http: Http = LOCAL) -> Reply:
    """What a client gets from `url`, which is its host's base."""
    async with Client(http, SYSTEM) as client:
        return await client.send(Get("{api}"), {"api": url})
