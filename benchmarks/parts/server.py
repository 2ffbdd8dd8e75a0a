"""The demo server as a process of its own, so that what it spends is not taken for ours."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec
from msgspec import Struct, structs

ASKED = ("twitter", "youtube", "facebook", "instagram")
"""The platforms that the first system asked, and so the ones on which it can be a rival."""


class Simulated(Struct, frozen=True):
    """A platform as the server answers for it."""

    hosts: Mapping[str, str]
    credentials: Mapping[str, str]


class Demo(Struct, frozen=True):
    """What the server says of itself."""

    accounts: int
    """It has so many on each platform: `account0`, `account1`, ..."""
    platforms: Mapping[str, Simulated]

    @property
    def handles(self) -> tuple[str, ...]:
        """The handles that each platform knows."""
        return tuple(f"account{number}" for number in range(self.accounts))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all accounts."""
        return tuple(f"{slug}/{handle}" for handle in self.handles for slug in self.platforms)


@contextmanager
def demo_server(accounts: int, latency: float, *, padded: bool) -> Iterator[Demo]:
    """Runs while inside, without limits; `latency` in seconds, `padded`: with pages as heavy as real ones."""
    words = ["--accounts", str(accounts), "--latency", str(latency), "--lift-limits", *(["--padded"] if padded else [])]
    with subprocess.Popen([sys.executable, "-m", "headcount.demo", *words], stdout=subprocess.PIPE) as process:
        assert process.stdout
        try:
            demo = msgspec.json.decode(process.stdout.readline(), type=Demo)
            yield structs.replace(demo, platforms={slug: demo.platforms[slug] for slug in ASKED})
        finally:
            process.terminate()
