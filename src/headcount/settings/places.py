"""Where a configuration looks things up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct


class Places(Struct, frozen=True):
    """Where a configuration looks things up."""

    folder: Path
    """Its own folder: paths in it are relative to this."""
    environment: Mapping[str, str]

    def path(self, text: str) -> Path:
        """A path as the configuration means it."""
        home = self.environment.get("HOME", "")
        return (self.folder / (home + text[1:] if home and text.startswith("~/") else text)).absolute()


def listed(text: str) -> tuple[str, ...]:
    """What a variable of the environment holds, where it may hold several things: they are separated by commas."""
    return tuple(each.strip() for each in text.split(",") if each.strip())
