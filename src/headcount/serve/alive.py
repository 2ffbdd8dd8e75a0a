"""`/healthz`: whether all is well here, for whoever watches; and why not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from headcount.errors import StoreError
from headcount.serve.problem import Problem
from headcount.serve.serving import Serving
from headcount.serve.stand import Shown, Stand
from headcount.store.reader import Reader

PATIENCE = 2
"""Of the shortest periods at which something is counted, before an edition or a count is too old."""


class Alive(Struct, frozen=True):
    """How the service is."""

    status: Literal["ok", "failing"]
    why: list[str]
    published_at: datetime | None
    counted_at: datetime | None


def alive(serving: Serving, stand: Stand, reader: Reader) -> Alive:
    """How the service is now."""
    why: list[str] = []
    shown = _shown(stand, why)
    counted_at = _counted_at(serving, reader, why)
    printed_at = shown.printed_at if shown else None
    why += _too_old(serving, {"edition": printed_at, "count": counted_at})
    return Alive("failing" if why else "ok", why, printed_at, counted_at)


def _shown(stand: Stand, why: list[str]) -> Shown | None:
    try:
        return stand.newest()
    except Problem as problem:
        why.append(problem.detail)
        return None


def _counted_at(serving: Serving, reader: Reader, why: list[str]) -> datetime | None:
    try:
        newest = max((each.taken_at for each in reader.latest(serving.clock.now())), default=None)
    except StoreError:
        why.append("the store cannot be read")
        return None
    if newest is None:
        why.append("nothing has been counted yet")
    return newest


def _too_old(serving: Serving, made: dict[str, datetime | None]) -> Iterator[str]:
    now, limit = serving.clock.now(), PATIENCE * serving.shortest
    for what, at in made.items():
        if at is not None and now - at > limit:
            yield f"the newest {what} is {_hours(now - at)} old, and something is counted every {_hours(serving.shortest)}"


def _hours(length: timedelta) -> str:
    minutes = int(length.total_seconds()) // 60
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
