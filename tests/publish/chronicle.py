"""A store and a roster to which anything may happen, and what is printed of them: grown from what was, and from nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from shutil import rmtree
from typing import Any, Literal

from msgspec import structs

from headcount.errors import Mistake
from headcount.model import Account, Count, Entry, Fill, Miss, Outcome, Reading, Unit, Verdict
from headcount.publish.edition import Departed, Edition, Listed, Wide
from headcount.publish.file import AnyFile
from headcount.publish.press import print_edition
from headcount.publish.printed import Press, read_press
from headcount.publish.tables import files
from headcount.store.contract import Imported, Store
from headcount.store.nouns import Entered
from headcount.store.open import open_store
from headcount.store.reader import Column, Reader

BEGINNING = datetime(2026, 10, 26, tzinfo=UTC)
"""A Monday; in the week that follows a month ends, and in New York the clocks go back."""
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
KEYS = ("twitter/energy", "twitter/lab", "facebook/energy")
JOBS = {"hourly": HOUR, "daily": DAY, "weekly": WEEK}
METRICS = ("followers", "likes")
ZONES = ("America/New_York", "UTC", "Pacific/Auckland")
Decision = Literal["accept", "hold", "refuse"]
Standing = Literal["public", "internal", "hidden by a line to come", "left", "left, hidden", "unheard of"]
STANDINGS: tuple[Standing, ...] = (
    "public", "internal", "hidden by a line to come", "left", "left, hidden", "unheard of",
)  # fmt: skip
Step = tuple[str, tuple[Any, ...]]
Watch = Callable[[AnyFile], AnyFile]


def unwatched(file: AnyFile) -> AnyFile:
    return file


class Chronicle:
    """What has happened so far."""

    def __init__(self, folder: Path, instants: int = 1) -> None:
        self.store: Store = open_store(f"sqlite:///{folder}/headcount.db", folder)
        self.root, self._empty = folder / "press", folder / "empty"
        self.now = BEGINNING + WEEK + 12 * HOUR
        self._instants = count(instants)
        self._standing: dict[str, Standing] = dict.fromkeys(KEYS, "public")
        self._entries = {key: Entry("1", *key.partition("/")[::2]) for key in KEYS}
        self._names = {"1": "Department", "2": "Laboratory"}
        self._zone = ZONES[0]
        columns = {"ONE": (KEYS[0], "followers"), "TWO": (KEYS[2], "likes")}
        self._table = Wide("social_data", "hourly", columns, missing="previous")

    def tell(self, steps: list[Step]) -> None:
        """Let all of it happen, in order."""
        for name, arguments in steps:
            getattr(self, name)(*arguments)

    def slot(self, job: str, hours_ago: int) -> datetime:
        past = self.now - hours_ago * HOUR - BEGINNING
        return BEGINNING + past // JOBS[job] * JOBS[job]

    def instant(self, slot: datetime) -> datetime:
        """A moment in a slot at which nothing has happened yet."""
        return slot + timedelta(minutes=1, microseconds=next(self._instants))

    def counted(self, job: str, column: Column, hours_ago: int, heads: int, decision: Decision) -> None:
        slot, (key, metric) = self.slot(job, hours_ago), column
        said = Reading(Account(key, key.partition("/")[2]), metric, Count(heads))
        self._append(Fill(job, slot, Outcome(said, "api", self.instant(slot)), Verdict(decision)))

    def missed(self, job: str, key: str, hours_ago: int) -> None:
        slot = self.slot(job, hours_ago)
        said = Miss(Account(key, key.partition("/")[2]), "unreachable", "HTTP 500")
        self._append(Fill(job, slot, Outcome(said, "api", self.instant(slot))))

    def _append(self, fill: Fill) -> None:
        self.store.append(self.store.begin(fill.job, fill.slot, fill.slot).id, [fill])

    def imported(self, key: str, hours_ago: int, heads: list[int]) -> None:
        at = self.now - hours_ago * HOUR + timedelta(minutes=12)
        rows = [Imported(key, "followers", each, at, ordinal) for ordinal, each in enumerate(heads)]
        with suppress(Mistake):
            self.store.adopt("hourly", rows, lambda moment: moment.replace(minute=0))

    def entered(self, key: str, hours_ago: int, heads: int) -> None:
        at = self.now - hours_ago * HOUR
        places = tuple((job, self.slot(job, hours_ago)) for job in ("hourly", "weekly"))
        account = Account(key, key.partition("/")[2])
        self.store.enter([Entered(account, "followers", heads, at, places, "jane", self.now, anew=True)])

    def decided(self, number: int, decision: Decision) -> None:
        for reading in self._reading(number):
            self.store.decide(reading, Verdict(decision, "review"), "jane", self.now)

    def corrected(self, number: int, heads: int | None) -> None:
        for reading in self._reading(number):
            self.store.correct(reading, heads, why="a digit too many", who="jane", role="editor", at=self.now)

    def _reading(self, number: int) -> Iterator[int]:
        rows = self.store.fills(BEGINNING - 400 * DAY, self.now + WEEK)
        readings = sorted({row.reading for row in rows if row.reading is not None})
        yield from readings[number % len(readings) :][:1] if readings else ()

    def listed(self, key: str, standing: Standing) -> None:
        self._standing[key] = standing

    def moved(self, key: str, unit: str) -> None:
        self._entries[key] = structs.replace(self._entries[key], unit=unit)

    def renamed(self, key: str, handle: str) -> None:
        self._entries[key] = structs.replace(self._entries[key], handle=handle)

    def unit_renamed(self, unit: str, name: str) -> None:
        self._names[unit] = name

    def column_shows(self, header: str, key: str, metric: str) -> None:
        self._table = structs.replace(self._table, columns={**self._table.columns, header: (key, metric)})

    def carries(self, missing: Literal["blank", "previous"]) -> None:
        self._table = structs.replace(self._table, missing=missing)

    def zone_is(self, zone: str) -> None:
        self._zone = zone

    def published(self, hours: int) -> None:
        """After so many hours an edition is printed: it is as if it were the first."""
        self.now += hours * HOUR
        assert self.grown() == self.from_nothing()

    def grown(self, watch: Watch = unwatched) -> dict[str, bytes]:
        """Every file of an edition that goes on from the one before."""
        return self._contents(read_press(self.root), watch)

    def from_nothing(self, watch: Watch = unwatched) -> dict[str, bytes]:
        """Every file of an edition that is the first."""
        rmtree(self._empty, ignore_errors=True)
        return self._contents(Press(self._empty), watch)

    def _contents(self, before: Press, watch: Watch) -> dict[str, bytes]:
        with self.store.moment() as store:
            edition = self._edition(store, before.mark)
            press = print_edition(edition, map(watch, files(edition)), before)
        return {name: press.place(printed).read_bytes() for name, printed in press.files.items()}

    def _edition(self, store: Reader, mark: int) -> Edition:
        return Edition(
            "Department", self._zone, tuple(Unit(id_, name) for id_, name in self._names.items()),
            tuple(self._those("public", "internal", "hidden by a line to come")),
            (self._table,), WEEK, self.now, store, store.changes(mark),
            periods=dict.fromkeys(KEYS, HOUR),
            spans=store.spans(),
            departed=tuple(map(self._departed, self._those("left", "left, hidden"))),
            dormant=tuple(map(hidden, self._those("hidden by a line to come"))),
        )  # fmt: skip

    def _those(self, *standings: Standing) -> Iterator[Listed]:
        for key in KEYS:
            if self._standing[key] in standings:
                each = Listed(key, self._entries[key])
                yield hidden(each) if self._standing[key] in {"internal", "left, hidden"} else each

    def _departed(self, each: Listed) -> Departed:
        return Departed(each.key, each.entry, unit_name=self._names[each.entry.unit], listed_until=self.now)


def hidden(each: Listed) -> Listed:
    return structs.replace(each, entry=structs.replace(each.entry, visibility="internal"))
