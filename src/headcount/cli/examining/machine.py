"""The part of the examination that is of the machine: disk, clock, proxy, targets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

from headcount.cli.examining.finding import Finding
from headcount.cli.examining.targets import examine_targets
from headcount.clock import SYSTEM
from headcount.settings import Settings

LOW_DISK = 500 * 1024 * 1024
FOUNDED = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows an earlier time."""


def examine_machine(settings: Settings) -> Iterator[Finding]:
    """What is seen of the machine itself."""
    yield from _disk(settings)
    yield from _clock()
    yield from _proxy(settings)
    yield from examine_targets(settings)


def _disk(settings: Settings) -> Iterator[Finding]:
    """Whether there is room for what is to come."""
    try:
        free = shutil.disk_usage(settings.state).free
    except OSError as error:
        yield Finding(
            "disk", False, f"{settings.state}: {error.strerror}", "make the folder, or name another in [paths] state", 3
        )
        return
    what = f"{free // 1024**2:,} MB free in {settings.state}"
    yield Finding(
        "disk",
        free >= LOW_DISK,
        what,
        "" if free >= LOW_DISK else "make room: a full disk stops the store",
        0 if free >= LOW_DISK else 3,
    )


def _clock() -> Iterator[Finding]:
    """Whether the time can be right."""
    now = SYSTEM.now()
    well = now >= FOUNDED
    yield Finding(
        "clock",
        well,
        f"it is {now:%Y-%m-%d %H:%M:%S} UTC",
        "" if well else "set the machine's clock (chrony, systemd-timesyncd)",
        0 if well else 3,
    )


def _proxy(settings: Settings) -> Iterator[Finding]:
    """Which proxy everything goes through, if any."""
    if settings.http.proxy:
        yield Finding("proxy", True, f"everything goes through {without_password(settings.http.proxy)}")


def without_password(url: str) -> str:
    """A URL without whoever signs in by it."""
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"
