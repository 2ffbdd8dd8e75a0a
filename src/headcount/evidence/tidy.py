"""Keeps the evidence within its bounds: what is too old goes; where there is too much, the oldest of what there is most of.

So a page that fails for a hundred accounts every hour does not push out what another platform said once.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

ROOM_LEFT = 10
"""Where there is too much, one part in so many is freed beyond the bound, so that it is not for every file."""

BLOCK = 4096
"""Bytes of disk that the smallest file takes."""


class Bounds(Struct, frozen=True):
    """How much may lie there, and for how long."""

    days: int
    bytes: int


def on_disk(size: int) -> int:
    """What a file of that many bytes takes."""
    return -(-size // BLOCK) * BLOCK


class _File(Struct, frozen=True):
    path: Path
    size: int
    """On the disk."""

    @property
    def cause(self) -> str:
        """Whose replies are in it: `youtube-page`."""
        return self.path.name.partition("-")[2].rpartition("-")[0]


def tidy(folder: Path, bounds: Bounds, now: datetime) -> int:
    """Remove what is out of bounds; how many bytes are left.

    Raises:
        OSError: where the folder cannot be read or a file of it not removed.
    """
    files = list(_oldest_first(folder))
    first = (now - timedelta(days=bounds.days)).date()
    left = [each for each in files if not _remove(each, is_due=_day(each.path) < first)]
    size = sum(each.size for each in left)
    if size > bounds.bytes:
        size -= _free(left, size - bounds.bytes + bounds.bytes // ROOM_LEFT)
    _remove_empty({each.path.parent for each in files})
    return size


def _free(files: Iterable[_File], wanted: int) -> int:
    """Remove so many bytes, each time the oldest file of the source that has the most; how many it was."""
    queues: defaultdict[str, deque[_File]] = defaultdict(deque)
    sizes: Counter[str] = Counter()
    for each in files:
        queues[each.cause].append(each)
        sizes[each.cause] += each.size
    freed = 0
    while freed < wanted and any(queues.values()):
        most = max(sizes, key=sizes.__getitem__)
        each = queues[most].popleft()
        _remove(each, is_due=True)
        sizes[most] -= each.size
        freed += each.size
    return freed


def _remove_empty(days: Iterable[Path]) -> None:
    for day in days:
        with suppress(OSError):  # what is not empty stays
            day.rmdir()


def _oldest_first(folder: Path) -> Iterator[_File]:
    for path in sorted(folder.glob("[0-9]*-*-*/*")):
        with suppress(FileNotFoundError):  # another run tidies too
            yield _File(path, on_disk(path.stat().st_size))


def _day(path: Path) -> date:
    try:
        return date.fromisoformat(path.parent.name)
    except ValueError:
        return date.max


def _remove(each: _File, *, is_due: bool) -> bool:
    if is_due:
        each.path.unlink(missing_ok=True)
    return is_due
