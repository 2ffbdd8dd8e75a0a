"""Asks a platform's source as `headcount replay` does: saved replies in, outcomes out, no network and no clock."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from headcount.clock import SteppedClock
from headcount.collect.attend import Desk, attend
from headcount.model import Account, Miss, Outcome, Reading
from headcount.net.message import Reply, Request
from headcount.net.record import Playback, read_reply
from headcount.platforms import canonical, platform
from headcount.platforms.kit.contract import Refusal, Source

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

Body = Reply | Path | bytes | str | Mapping[str, object] | Sequence[object]
"""A whole reply, a recorded file, a body, or what is to be written as JSON."""


class Replayed(Struct):
    said: list[Reading | Miss] = []
    refusals: list[Refusal] = []
    requests: list[Request] = []


def reply(body: Body, status: int = 200, **headers: str) -> Reply:
    """A reply with this body; `retry_after="5"` is the header `retry-after: 5`."""
    if isinstance(body, Reply):
        return body
    if isinstance(body, Path):
        return read_reply(body, AT, status)
    raw = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else msgspec.json.encode(body)
    return Reply(status, {name.replace("_", "-"): value for name, value in headers.items()}, raw, AT)


def way(slug: str, name: str, ids: Mapping[str, str] | None = None) -> Source:
    """The best way of the source of that name which an account with these pinned ids can take."""
    ways = [source for source in platform(canonical(slug)).sources if source.name == name]
    return next(source for source in ways if source.pinned is None or source.pinned in (ids or {}))


def account(slug: str, handle: str, **ids: str) -> Account:
    """An account as it goes by its handle."""
    return Account(f"{canonical(slug)}/{handle.lower()}", handle, ids)


def rehearse(
    source: Source,
    accounts: Sequence[Account],
    *replies: Body,
    status: int = 200,
    options: Mapping[str, str] | None = None,
) -> Replayed:
    """One batch, asked and concluded; the first reply came with `status`, unless it names its own."""
    playback = Playback([reply(body, 200 if number else status) for number, body in enumerate(replies)])
    replayed = asyncio.run(_attended(Desk(source, options or {}, playback, SteppedClock(AT)), accounts))
    return structs.replace(replayed, requests=playback.requests)


def replay(
    slug: str,
    source: str,
    handle: str,
    *replies: Body,
    ids: Mapping[str, str] | None = None,
    status: int = 200,
    options: Mapping[str, str] | None = None,
) -> list[Reading | Miss]:
    """What is said of one account; whoever is still unanswered when the replies run out is `unreachable`."""
    whom = account(slug, handle, **(ids or {}))
    chosen = {**platform(canonical(slug)).options, "saved": "yes", **(options or {})}
    return rehearse(way(slug, source, ids), [whom], *replies, status=status, options=chosen).said


async def _attended(desk: Desk, accounts: Sequence[Account]) -> Replayed:
    replayed = Replayed()
    async for said in attend(desk, accounts):
        if isinstance(said, Outcome):
            replayed.said.append(said.said)
        else:
            replayed.refusals.append(said)
    return replayed


def truths(recordings: Path, folder: str) -> dict[str, str]:
    """What `index.csv` says of each recorded file of a platform: the true count, or why there is none."""
    with (recordings / "index.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row["truth"] for row in csv.DictReader(file) if row["platform"] == folder}
