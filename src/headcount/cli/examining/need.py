"""A host that must be reached, and for what: a line of the firewall ticket."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

Kind = Literal["official API", "public pages", "signing in", "proxy", "store", "target", "notify", "heartbeat"]

ANY = "*"
"""In the place of a host that only its service knows."""

PORTS = {"http": 80, "https": 443, "postgresql": 5432, "postgresql+psycopg": 5432}


class Need(Struct, frozen=True):
    """A host, and whether the present configuration has it asked at all. No secret is in it."""

    host: str
    """A name or an address; `*` stands for names that are not known beforehand."""
    port: int
    kind: Kind
    purpose: str
    """In words for people."""
    platform: str = ""
    """Its slug, where it is a platform's host."""
    sources: tuple[str, ...] = ()
    """The sources of the platform that ask it."""
    asked: bool = True
    why: str = ""
    """Why it is not asked."""
    through: str = ""
    """The proxy, where it is reached through one."""

    def __str__(self) -> str:
        if not self.asked:
            asked = f"not asked: {self.why}"
        else:
            asked = f"asked through {self.through}" if self.through else "asked"
        return f"{self.host}\t{self.port}\t{self.purpose}\t{asked}"


def address(url: str, port: int = 443) -> tuple[str, int]:
    """The host of a URL, and the port that it names, or its scheme has, or else `port`."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or PORTS.get(parts.scheme, port)
