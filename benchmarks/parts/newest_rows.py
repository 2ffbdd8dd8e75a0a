"""Whether what was published ends with the newest hour, and with the counts that the formula gives for it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from benchmarks.parts.long_history import HOUR, History, count, hour_of, taken_at
from benchmarks.parts.longstanding import COLUMNS, ZONE
from headcount.publish.encode import legacy_stamp, stamp

LONGEST_LINE = 300
"""Bytes."""

Row = list[str]


def wrong_newest(folder: Path, history: History) -> list[str]:
    """What is wrong in a folder of published files."""
    return [
        *wrong_in_wide(folder / "social_data.csv", history),
        *_wrong_in_daily(folder / "daily.csv", history),
        *_wrong_in_readings(folder / f"readings/{history.last:%Y-%m}.csv", history),
        *_wrong_in_latest(folder / "latest.json", history),
    ]


def wrong_in_wide(file: Path, history: History) -> Iterator[str]:
    """What is wrong in the last two rows of a wide table."""
    for back, found in enumerate(reversed(_last(file, 2))):
        slot = history.last - back * HOUR
        wanted = [legacy_stamp(slot), *map(str, _counts(history, hour_of(slot))[:COLUMNS])]
        yield from _wrong(file, [wanted], [found])


def _wrong_in_daily(file: Path, history: History) -> Iterator[str]:
    day = f"{taken_at(history.last).astimezone(ZoneInfo(ZONE)):%Y-%m-%d}"
    counts = _counts(history, hour_of(history.last))
    wanted = [[day, key, str(number)] for key, number in zip(history.keys, counts, strict=True)]
    yield from _wrong(file, wanted, ([row[0], row[1], row[6]] for row in _last(file, history.accounts)))


def _wrong_in_readings(file: Path, history: History) -> Iterator[str]:
    times = [stamp(taken_at(history.last)), stamp(history.last)]
    counts = _counts(history, hour_of(history.last))
    wanted = [[*times, key, str(number)] for key, number in zip(history.keys, counts, strict=True)]
    yield from _wrong(file, wanted, ([row[0], row[2], row[3], row[8]] for row in _last(file, history.accounts)))


def _wrong_in_latest(file: Path, history: History) -> Iterator[str]:
    found = (
        [each["key"], each["taken_at"], str(each["count"])] for each in msgspec.json.decode(file.read_bytes())["counts"]
    )
    counts = _counts(history, hour_of(history.last))
    wanted = [
        [key, stamp(taken_at(history.last)), str(number)] for key, number in zip(history.keys, counts, strict=True)
    ]
    yield from _wrong(file, wanted, found)


def _counts(history: History, hour: int) -> list[int]:
    return [count(number, hour) for number in range(history.accounts)]


def _wrong(file: Path, wanted: Iterable[Row], found: Iterable[Row]) -> Iterator[str]:
    """The first difference, whatever the order: one is enough to make the rest worthless."""
    for expected, there in zip_longest(sorted(wanted), sorted(found)):
        if expected != there:
            yield f"{file.name} ends with {there}, and should with {expected}"
            return


def _last(file: Path, rows: int) -> list[Row]:
    """The last rows of a table, which may be long."""
    with file.open("rb") as table:
        table.seek(max(0, file.stat().st_size - (rows + 1) * LONGEST_LINE))
        return list(csv.reader(table.read().decode().splitlines()))[-rows:]
