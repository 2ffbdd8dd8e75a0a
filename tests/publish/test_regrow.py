"""A table by day goes on from what was printed of it: only the days from the first change on are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from headcount.publish.file import Grown
from headcount.publish.printed import Printed
from headcount.publish.regrow import BEGINNING, Regrowth

HEAD = b"day\n"
OCTOBER, OLD, BEFORE, TODAY = date(2026, 10, 1), date(2026, 11, 9), date(2026, 11, 21), date(2026, 11, 22)


class Table:
    """A table of some days, which notes from when on it is asked for rows."""

    def __init__(self, place: Path, *days: date) -> None:
        self._place, self._days = place, days
        self.asked: list[date] = []

    def rows(self, since: date) -> Iterator[tuple[date, bytes]]:
        self.asked.append(since)
        yield from ((day, f"{day}\n".encode()) for day in self._days if day >= since)

    def print(self, before: Printed | None = None, changed: date | None = TODAY) -> Printed:
        regrowth = Regrowth(Grown(name="table.csv", head=HEAD, rows=self.rows, changed=changed), before, self._place)
        content = b"".join(regrowth.chunks())
        self._place.write_bytes(content)
        return Printed("table.csv", hashlib.sha256(content).hexdigest(), len(content), days=regrowth.days)

    @property
    def content(self) -> bytes:
        return self._place.read_bytes()


@pytest.mark.parametrize(
    ("printed", "now", "since"),
    [
        ((), (), TODAY),
        ((), (TODAY,), TODAY),
        ((OLD,), (OLD,), TODAY),
        ((OLD,), (OLD, TODAY), TODAY),
        ((OCTOBER, OLD), (OCTOBER, OLD, TODAY), TODAY),
        ((OLD, BEFORE), (OLD, BEFORE, TODAY), TODAY),
        ((OLD, BEFORE, TODAY), (OLD, BEFORE, TODAY), TODAY),
        ((OLD, BEFORE, TODAY), (OLD, BEFORE), TODAY),
        ((TODAY,), (), TODAY),
    ],
)
def test_what_stands_before_the_first_change_is_not_asked_for(
    tmp_path: Path, printed: tuple[date, ...], now: tuple[date, ...], since: date
) -> None:
    before = Table(tmp_path / "table.csv", *printed).print()
    table, anew = Table(tmp_path / "table.csv", *now), Table(tmp_path / "anew.csv", *now)
    after, fresh = table.print(before), anew.print()
    assert table.asked == [since]
    assert table.content == anew.content
    assert after == fresh


@pytest.mark.parametrize("printed", [(), (OLD,), (OLD, BEFORE, TODAY)])
def test_all_of_it_is_asked_for_where_everything_may_have_changed(tmp_path: Path, printed: tuple[date, ...]) -> None:
    before = Table(tmp_path / "table.csv", *printed).print()
    table = Table(tmp_path / "table.csv", TODAY)
    table.print(before, BEGINNING)
    assert table.asked == [BEGINNING]
    assert table.content == HEAD + b"2026-11-22\n"


def test_a_file_that_somebody_has_changed_is_not_gone_on_from(tmp_path: Path) -> None:
    table = Table(tmp_path / "table.csv", OLD)
    before = table.print()
    (tmp_path / "table.csv").write_bytes(b"something else")
    assert table.print(before) == before
    assert table.asked == [BEGINNING, BEGINNING]
