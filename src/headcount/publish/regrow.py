"""A table by day, made from its last edition: the days before the first change are copied, the others made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from headcount.model import EPOCH
from headcount.publish.aside import BLOCK, blocks
from headcount.publish.file import Grown
from headcount.publish.printed import Printed

BEGINNING = EPOCH.date()
NEWEST = 3
"""Days at the end whose places are remembered; of the others only the first of a month."""


class Regrowth:
    """The bytes of a table, and where its days begin in them."""

    def __init__(self, file: Grown, before: Printed | None, place: Path) -> None:
        self._file = file
        self._place = place
        self._days: dict[date, int] = {}
        self._since, self._kept = BEGINNING, 0
        if before and file.changed and is_whole(place, before):
            self._go_on(before, file.changed)

    @property
    def days(self) -> tuple[tuple[str, int], ...]:
        """Where the days begin that the next edition may go on from."""
        newest = sorted(self._days)[-NEWEST:]
        return tuple((str(day), at) for day, at in sorted(self._days.items()) if day.day == 1 or day in newest)

    def chunks(self) -> Iterator[bytes]:
        """The bytes, first to last."""
        yield from _first(self._place, self._kept) if self._kept else (self._file.head,)
        at = self._kept or len(self._file.head)
        for day, piece in self._file.rows(self._since):
            self._days.setdefault(day, at)
            at += len(piece)
            yield piece

    def _go_on(self, before: Printed, changed: date) -> None:
        """Keep what stands before the last known day that is not later than the first change; all, if no row is as new."""
        known = {date.fromisoformat(day): at for day, at in before.days}
        since = max((day for day in known if day <= changed), default=None)
        if all(day < changed for day in known):
            self._since, self._kept, self._days = changed, before.bytes, known
        elif since is not None:
            self._since, self._kept = since, known[since]
            self._days = {day: at for day, at in known.items() if day < since}


def is_whole(place: Path, printed: Printed) -> bool:
    """Whether a file is still as it was printed."""
    digest = hashlib.sha256()
    try:
        for block in blocks(place):
            digest.update(block)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == printed.sha256


def is_untouched(place: Path, printed: Printed) -> bool:
    """The same at a glance; only what somebody has touched is read."""
    try:
        there = place.stat()
    except FileNotFoundError:
        return False
    return (there.st_size, there.st_mtime_ns) == (printed.bytes, printed.written) or is_whole(place, printed)


def _first(place: Path, size: int) -> Iterator[bytes]:
    with place.open("rb") as file:
        while size and (block := file.read(min(BLOCK, size))):
            size -= len(block)
            yield block
