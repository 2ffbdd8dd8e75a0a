"""How object stores are reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct


class Route(Struct, frozen=True):
    """How object stores are reached."""

    proxy: str = ""
    without_proxy: tuple[str, ...] = ()
    """Hosts and domains that are reached without the proxy."""
    certificates: Path | None = None
    """Of authorities that are trusted besides the usual ones, as PEM."""

    def client(self) -> dict[str, Any]:
        """The same as options of obstore's client."""
        found = {
            "proxy_url": self.proxy,
            "proxy_excludes": ",".join(self.without_proxy) if self.proxy else "",
            "root_certificate": self.certificates.read_bytes() if self.certificates else b"",
        }
        return {name: value for name, value in found.items() if value}
