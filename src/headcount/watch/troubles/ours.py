"""What is the matter here: credentials, channels, the disk, the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from headcount.news.story import Severity, Story
from headcount.watch.look import Disk, Look

AHEAD = (14, 7, 3, 1)
"""Days before a credential's last: it is told anew at each."""

EXPIRED = -1

PRESSING = 3
"""Days; from then on it is urgent."""

FULL = 0.9
"""The part of a disk."""

LEAST = 500 * 10**6
"""Bytes that must be free."""

TOLERANCE = timedelta(minutes=2)
"""Clocks of several machines differ a little."""


def credential_troubles(look: Look) -> Iterator[Story]:
    """Credentials whose last day is near, or over."""
    for name, last in look.expiries.items():
        days = (last - look.today).days
        if days <= AHEAD[0]:
            step = EXPIRED if days < 0 else min(ahead for ahead in AHEAD if days <= ahead)
            level: Severity = "urgent" if days <= PRESSING else "warning"
            yield Story("credential", level, name, figures={"days": days, "step": step})


def channel_troubles(look: Look) -> Iterator[Story]:
    """Channels that did not take their last messages."""
    for each in look.deaf:
        yield Story("channel", "warning", each.channel, since=each.since, detail=each.detail)


def disk_troubles(look: Look) -> Iterator[Story]:
    """A disk that is nearly full."""
    disk = look.disk
    if disk and (disk.free < LEAST or _used(disk) >= FULL):
        level: Severity = "urgent" if disk.free < LEAST else "warning"
        figures = {"megabytes": disk.free // 10**6, "per_cent": round(100 * _used(disk))}
        yield Story("disk", level, disk.place, figures=figures)


def clock_troubles(look: Look) -> Iterator[Story]:
    """A clock that says it is earlier than it has been already."""
    if look.newest > look.at + TOLERANCE:
        yield Story(
            "clock", "urgent", "", since=look.at, figures={"seconds": int((look.newest - look.at).total_seconds())}
        )


def _used(disk: Disk) -> float:
    return 1 - disk.free / disk.total
