"""Plays saved replies back, in the order in which a source asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from headcount.errors import NoReply, Unreachable
from headcount.net.message import Reply, Request


class Envelope(Struct):
    """A saved reply: its body is text, or whatever JSON it was."""

    status: int
    body: object
    headers: Mapping[str, object] = {}


class Playback:
    """Answers each request with the next saved reply, and remembers what was asked."""

    def __init__(self, replies: Sequence[Reply | NoReply]) -> None:
        self._replies = list(replies)
        self.requests: list[Request] = []

    async def __call__(self, request: Request) -> Reply:
        """The next reply.

        Raises:
            NoReply: where none came to that question, or they have run out.
        """
        self.requests.append(request)
        if not self._replies:
            raise Unreachable("the saved replies have run out")
        came = self._replies.pop(0)
        if isinstance(came, NoReply):
            raise came
        return came


def read_reply(path: Path, at: datetime, status: int = 200) -> Reply:
    """A saved reply: a bare body, which came with `status`, or an exchange envelope that names its own."""
    body = path.read_bytes()
    try:
        envelope = msgspec.json.decode(body, type=Envelope)
    except msgspec.DecodeError:
        return Reply(status, {}, body, at)
    saved = envelope.body.encode() if isinstance(envelope.body, str) else msgspec.json.encode(envelope.body)
    return Reply(envelope.status, _headers(envelope.headers), saved, at)


def _headers(saved: Mapping[str, object]) -> dict[str, str]:
    return {
        name.lower(): ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in saved.items()
    }
