"""A small real proxy on loopback, which knows where the hosts are that it is asked for."""

from __future__ import annotations

import asyncio
import contextlib
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit


class Proxy:
    """A small real proxy: absolute-form and CONNECT. `names` says where the hosts are that it knows."""

    def __init__(self, names: dict[str, tuple[str, int]], *, answer: bytes = b"") -> None:
        self._names, self._answer = names, answer
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0
        self.heads: list[str] = []

    def accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._tasks.add(asyncio.create_task(self._serve(reader, writer)))

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        with contextlib.suppress(OSError, EOFError), closing(writer):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.heads.append(head)
            if self._answer:
                writer.write(self._answer)
                await writer.drain()
            else:
                await self._pass_on(head, reader, writer)

    async def _pass_on(self, head: str, reader: StreamReader, writer: StreamWriter) -> None:
        method, target, _ = head.split(" ", 2)
        host = target.rpartition(":")[0] if method == "CONNECT" else urlsplit(target).hostname or ""
        to_reader, to_writer = await asyncio.open_connection(*self._names[host])
        with closing(to_writer):
            if method == "CONNECT":
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                to_writer.write(head.replace(target, _below_host(target), 1).encode("latin-1"))
            await asyncio.gather(_pump(reader, to_writer), _pump(to_reader, writer))


def _below_host(target: str) -> str:
    parts = urlsplit(target)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@contextlib.contextmanager
def closing(writer: StreamWriter) -> Iterator[None]:
    try:
        yield
    finally:
        writer.close()


async def _pump(reader: StreamReader, writer: StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def proxying(names: dict[str, tuple[str, int]], *, answer: bytes = b"") -> AsyncIterator[Proxy]:
    proxy = Proxy(names, answer=answer)
    listener = await asyncio.start_server(proxy.accept, "127.0.0.1", 0)
    proxy.port = listener.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        listener.close()
        await proxy.end()
