"""The three questions as the store and the measures answer them, and as the floor does, all in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from benchmarks.parts.contest import Check, Contestant
from benchmarks.parts.long_history import HOUR
from benchmarks.parts.packed import Packed, Records, Week
from benchmarks.parts.questions import LATEST, MATRIX, YEAR, Past
from headcount.measure.matrix import Matrix, matrix
from headcount.store.reader import Hour, Reader, Shown

PAIRS = (("headcount", "floor"),)

Group = tuple[Contestant, ...]
T = TypeVar("T")


def groups(past: Past, reader: Reader, floor: Packed, times: int) -> Mapping[str, Group]:
    """The contestants by question; the floor answers so many `times` in a turn, or no clock could tell."""
    ours, theirs = _Ours(past, reader), _Floor(past, floor)
    return {
        YEAR: (
            _asked("headcount", 4, ours.year, lambda said: past.is_year(*said[:2], [each.count for each in said[2]])),
            _asked("floor", times, theirs.year, lambda said: past.is_year(*said[:2], said[2]["count"])),
        ),
        MATRIX: (
            _asked("headcount", 1, ours.matrix, lambda said: past.is_week(said[0], _gains(said[1]))),
            _asked("floor", times, theirs.matrix, lambda said: past.is_week(*said)),
        ),
        LATEST: (
            _asked("headcount", 4, ours.latest, lambda said: past.is_latest(past.history.last, _counts(said))),
            _asked("floor", times, theirs.latest, lambda said: past.is_latest(past.history.last, theirs.counts(said))),
        ),
    }


def _asked(name: str, times: int, answer: Callable[[], T], is_right: Callable[[T], bool]) -> Contestant:
    def work() -> Check:
        said = [answer() for _ in range(times)]
        return lambda: [] if all(map(is_right, said)) else [f"an answer by {name} in process"]

    return Contestant(name, times, 0, work)


class _Ours:
    """As headcount answers."""

    def __init__(self, past: Past, reader: Reader) -> None:
        self._past, self._reader = past, reader

    def year(self) -> tuple[int, datetime, list[Hour]]:
        number, start = self._past.any()
        key = self._past.history.keys[number]
        return number, start, list(self._reader.hours(key, start, start + self._past.year * HOUR))

    def matrix(self) -> tuple[int, Matrix]:
        number, _ = self._past.any()
        start, end = self._past.history.first, self._past.end
        return number, matrix(
            self._reader.counts(self._past.history.keys[number], start, end), self._past.zone, start, end
        )

    def latest(self) -> list[Shown]:
        return list(self._reader.latest(self._past.end))


class _Floor:
    """As twelve bytes a count could answer."""

    def __init__(self, past: Past, floor: Packed) -> None:
        self._past, self._floor = past, floor

    def year(self) -> tuple[int, datetime, Records]:
        number, start = self._past.any()
        return number, start, self._floor.hours(number, start, self._past.year)

    def matrix(self) -> tuple[int, Week]:
        number, _ = self._past.any()
        return number, self._floor.matrix(number, self._past.places)

    def latest(self) -> Records:
        return self._floor.latest()

    def counts(self, said: Records) -> Mapping[str, int]:
        return dict(zip(self._past.history.keys, said["count"].tolist(), strict=True))


def _gains(found: Matrix) -> list[float | None]:
    return [cell.gain for day in found.cells for cell in day]


def _counts(found: list[Shown]) -> Mapping[str, int]:
    return {each.key: each.count for each in found}
