"""Asks a server over connections that are kept, and notes what it answers."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Mapping, Sequence

import brotli  # type: ignore[import-untyped] # it has no stubs
from msgspec import Struct

CONNECTIONS = 8
"""Of whoever asks, whomever he asks."""


class Question(Struct, frozen=True):
    """A request: where to, and what for."""

    port: int
    path: str
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> bytes:
        """As it goes over the wire."""
        lines = [f"GET {self.path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in self.headers)]
        return "\r\n".join([*lines, "", ""]).encode()


class Answer(Struct, frozen=True):
    """What was answered to a question."""

    question: Question
    status: int
    encoding: str
    tag: str
    body: bytes

    @property
    def plain(self) -> bytes:
        """The body, unpacked."""
        plain: bytes = brotli.decompress(self.body) if self.encoding == "br" and self.body else self.body
        return plain


def ask(questions: Sequence[Question]) -> Counter[Answer]:
    """Ask one server all of it; every different answer, with how often it came."""
    return asyncio.run(_ask(questions))


def once(question: Question) -> Answer:
    """The answer to one question."""
    (answer,) = ask([question])
    return answer


async def _ask(questions: Sequence[Question]) -> Counter[Answer]:
    left, found = deque(questions), Counter[Answer]()
    await asyncio.gather(*(_drain(left, found) for _ in range(min(CONNECTIONS, len(questions)))))
    return found


async def _drain(left: deque[Question], found: Counter[Answer]) -> None:
    """Ask what is left, one after the other, on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", left[0].port)
    while left:
        question = left.popleft()
        writer.write(question.text)
        found[await _answer(question, reader)] += 1
    writer.close()
    await writer.wait_closed()


async def _answer(question: Question, reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = _headers(head[1:])
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Answer(question, int(head[0].split()[1]), headers.get("content-encoding", ""), headers.get("etag", ""), body)


def _headers(lines: Sequence[str]) -> Mapping[str, str]:
    pairs = (line.partition(":") for line in lines if line)
    return {name.lower(): value.strip() for name, _, value in pairs}
