"""Bodies, packed the way that a client takes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import brotli  # type: ignore[import-untyped] # it has no stubs
import zstandard

from headcount.publish.delivery.packing import packed

IDENTITY, GZIP = "identity", "gzip"

SMALLEST = 512
"""Bytes below which packing gains nothing."""

_BROTLI_QUALITY = 5
_ZSTD_LEVEL = 6

_CHOICE = re.compile(r"\s*([a-z*-]+)\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?)\s*)?", re.IGNORECASE)

PACKERS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=_BROTLI_QUALITY),
    "zstd": lambda content: zstandard.compress(content, _ZSTD_LEVEL),
    GZIP: lambda content: packed([content]),
}
"""The best first, where a client likes several as much."""


def chosen(accepted: str) -> str:
    """How a client that sends this `Accept-Encoding` is best answered; what cannot be understood asks for nothing."""
    wishes = _wishes(accepted)
    others = wishes.get("*", 0.0)
    liking = {name: wishes.get(name, others) for name in PACKERS}
    best = max(liking, key=lambda name: liking[name])
    return best if liking[best] > wishes.get(IDENTITY, 0.0) else IDENTITY


def accepts(accepted: str, encoding: str) -> bool:
    """Whether a client that sends this takes that encoding."""
    wishes = _wishes(accepted)
    return wishes.get(encoding, wishes.get("*", 0.0)) > 0


def _wishes(accepted: str) -> dict[str, float]:
    choices = (_CHOICE.fullmatch(choice) for choice in accepted.split(","))
    return {choice[1].lower(): float(choice[2] or 1) for choice in choices if choice}
