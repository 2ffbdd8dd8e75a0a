"""The hourly publish, as three do it: the first system, headcount, and the floor, which knows beforehand what has changed."""

from __future__ import annotations

import csv
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.parts.changed import Change, changes, keep, write
from benchmarks.parts.contest import Check, Contestant
from benchmarks.parts.long_history import HOUR, count, hour_of
from benchmarks.parts.longstanding import COLUMNS, Longstanding
from benchmarks.parts.newest_rows import wrong_in_wide, wrong_newest
from headcount.pipeline.publishing.editing import edition
from headcount.pipeline.publishing.publish import press_folder, publish
from headcount.publish.encode import legacy_stamp
from headcount.publish.outputs.wide import wide_tables
from headcount.publish.press import print_edition
from headcount.publish.printed import Press, read_press

WIDE = "social_data.csv"


class Hourly:
    """An installation that publishes after every hour; what the last hour changed is what the floor writes."""

    def __init__(self, there: Longstanding, title: str, press: Path) -> None:
        self.there, self.title = there, title
        self._press = press
        self._kept = press.with_name(f"{press.name}-before")
        self._floor = press.with_name(f"{press.name}-floor")
        self._before = Press(press)
        self._changes: list[Change] = []
        self._begin()

    def _begin(self) -> None:
        """The edition of all the years, and that of one hour more."""
        with self._timed("the first edition"):
            self.publish()
        self._pass_an_hour()
        self.publish()
        self._note_changes()

    def publish(self) -> None:
        """What is measured."""
        raise NotImplementedError

    def wrong(self) -> list[str]:
        """What is wrong in what was published last."""
        raise NotImplementedError

    def headcount(self) -> Contestant:
        """Ours."""

        def work() -> Check:
            self.publish()
            return lambda: [*self.wrong(), *self._note_changes()]

        return Contestant(f"headcount, {self.title}", 1, 0, work, self._pass_an_hour)

    def floor(self, places: int) -> Contestant:
        """What has changed last, written to so many places."""

        def work() -> Check:
            for place in range(places):
                write(self._changes, self._floor / str(place))
            return self._wrong_on_the_floor

        return Contestant(f"floor, {self.title}", 1, 0, work)

    def _pass_an_hour(self) -> None:
        self._before = read_press(self._press)
        keep(self._before, self._kept)
        self.there.count_once_more()

    def _note_changes(self) -> list[str]:
        self._changes = list(changes(self._before, self._kept, read_press(self._press)))
        return []

    def _wrong_on_the_floor(self) -> list[str]:
        return list(wrong_in_wide(self._floor / "0" / WIDE, self.there.history))

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        print(f"{self.title}: {what} took {time.perf_counter() - began:,.0f} s", flush=True)


class Everything(Hourly):
    """All published files, to a folder."""

    def __init__(self, there: Longstanding, title: str) -> None:
        self._web = there.settings.state / "web"
        super().__init__(there, title, press_folder(there.settings))

    def contestants(self) -> tuple[Contestant, ...]:
        """From the slower to the limit."""
        return self.headcount(), self.floor(places=2)

    def publish(self) -> None:
        """As `headcount publish` does."""
        (published,) = publish(self.there.house())
        assert not published.fault, published.fault

    def wrong(self) -> list[str]:
        """What is wrong in the folder."""
        return wrong_newest(self._web, self.there.history)


class WideAlone(Hourly):
    """The wide table only, printed in a press of its own."""

    def __init__(self, there: Longstanding, title: str) -> None:
        super().__init__(there, title, there.settings.state / "wide")
        self._first = there.settings.state / f"first-{WIDE}"
        shutil.copy(self._place, self._first)
        self._first_hour = there.history.last

    def contestants(self) -> tuple[Contestant, ...]:
        """From the slowest to the limit."""
        return self.first_system(), self.headcount(), self.floor(places=1)

    @property
    def _place(self) -> Path:
        press = read_press(self._press)
        return press.place(press.files[WIDE])

    def publish(self) -> None:
        """As all files are printed, but no others."""
        before = read_press(self._press)
        house = self.there.house()
        with house.store.moment() as store:
            newest = edition(house, store, before.mark)
            print_edition(newest, wide_tables(newest), before)

    def wrong(self) -> list[str]:
        """What is wrong in the table."""
        return list(wrong_in_wide(self._place, self.there.history))

    def first_system(self) -> Contestant:
        """The whole table is read, a row is added, and the whole table is written over itself."""

        def work() -> Check:
            self._first_hour += HOUR
            rewrite(self._first, self._row())
            return lambda: list(wrong_in_wide(self._first, self.there.history.until(self._first_hour)))

        return Contestant(f"first system, {self.title}", 1, 0, work)

    def _row(self) -> list[object]:
        counts = (count(number, hour_of(self._first_hour)) for number in range(self.there.history.accounts))
        return [legacy_stamp(self._first_hour), *list(counts)[:COLUMNS]]


def rewrite(file: Path, row: list[object]) -> None:
    """Add a row to a table, as the first system did."""
    with file.open(newline="") as table:
        rows: list[list[object]] = [list(each) for each in csv.reader(table)]
    rows.append(row)
    with file.open("w", newline="") as table:
        csv.writer(table).writerows(rows)
