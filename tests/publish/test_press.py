"""The press: an edition that goes on from the one before is the edition that would have been made from nothing, and costs less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from headcount.publish.file import AnyFile, Converted, Grown
from headcount.publish.printed import INDEX, read_press
from headcount.store.reader import Changes
from tests.publish.chronicle import DAY, HOUR, JOBS, KEYS, METRICS, STANDINGS, ZONES, Chronicle, Step

HISTORIES, MANY = 4, 300

AGO = st.integers(0, 24 * 7)
HEADS = st.integers(0, 1_000_000)
WHO, JOB, METRIC = st.sampled_from(KEYS), st.sampled_from([*JOBS]), st.sampled_from(METRICS)
DECISION = st.sampled_from(["accept", "accept", "hold", "refuse"])
WHICH = st.integers(0, 40)


def step(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    return st.tuples(st.just(name), st.tuples(*arguments))


COUNTED = step("counted", JOB, st.tuples(WHO, METRIC), AGO, HEADS, DECISION)
STEPS = st.one_of(
    COUNTED,
    step("missed", JOB, WHO, AGO),
    step("imported", WHO, AGO, st.lists(HEADS, min_size=1, max_size=3)),
    step("entered", WHO, AGO, HEADS),
    step("decided", WHICH, DECISION),
    step("corrected", WHICH, st.none() | HEADS),
    step("listed", WHO, st.sampled_from(STANDINGS)),
    step("moved", WHO, st.sampled_from(["1", "2"])),
    step("renamed", WHO, st.sampled_from(["energy", "ENERGY", "lab"])),
    step("unit_renamed", st.sampled_from(["1", "2"]), st.sampled_from(["Department", "Laboratory", "Office"])),
    step("column_shows", st.sampled_from(["ONE", "TWO", "THREE"]), WHO, METRIC),
    step("carries", st.sampled_from(["blank", "previous"])),
    step("zone_is", st.sampled_from(ZONES)),
    step("published", st.integers(0, 30)),
)
HISTORY = st.tuples(st.lists(COUNTED, min_size=3, max_size=8), st.lists(STEPS, min_size=4, max_size=15)).map(
    lambda parts: [*parts[0], ("published", (0,)), *parts[1], ("published", (1,))]
)


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headcount.publish.aside.os.fsync", lambda _: None)
    monkeypatch.setattr("headcount.publish.regrow.BEGINNING", date(2025, 9, 1))


@pytest.fixture(scope="module")
def first_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with counts of last year's November and of a week of this year, once printed."""
    folder = tmp_path_factory.mktemp("first")
    chronicle = Chronicle(folder)
    chronicle.tell([*LAST_YEAR, *COUNTS])
    chronicle.grown()
    chronicle.store.close()
    return folder


@pytest.fixture
def old(first_edition: Path, tmp_path: Path) -> Iterator[Chronicle]:
    """A copy of it."""
    copytree(first_edition, tmp_path, dirs_exist_ok=True)
    chronicle = Chronicle(tmp_path, 1_000)
    yield chronicle
    chronicle.store.close()


def is_as_from_nothing(history: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        chronicle = Chronicle(Path(folder))
        try:
            chronicle.tell(history)
        finally:
            chronicle.store.close()


@pytest.mark.parametrize("histories", [HISTORIES, pytest.param(MANY, marks=pytest.mark.long)])
def test_whatever_has_happened_an_edition_is_as_if_it_were_made_from_nothing(histories: int) -> None:
    settings(max_examples=histories, deadline=None, derandomize=histories == HISTORIES)(
        given(history=HISTORY)(is_as_from_nothing)
    )()


LAST_YEAR: list[Step] = [
    ("counted", ("hourly", (KEYS[0], "followers"), 24 * (365 - day), 500 + day, "accept")) for day in range(5)
]
COUNTS: list[Step] = [
    ("counted", ("hourly", (KEYS[who], METRICS[who // 2]), ago, 1_000 - ago + who, "accept"))
    for ago in range(144, -1, -24)
    for who in range(3)
]
CHANGES: list[tuple[str, tuple[Any, ...]]] = [
    ("counted", ("hourly", (KEYS[0], "followers"), 3, 7, "accept")),
    ("counted", ("hourly", (KEYS[0], "followers"), 140, 7, "accept")),
    ("counted", ("weekly", (KEYS[1], "followers"), 100, 7, "accept")),
    ("missed", ("hourly", KEYS[1], 120)),
    ("imported", (KEYS[0], 130, [1, 2, 3])),
    ("entered", (KEYS[0], 125, 990)),
    ("entered", (KEYS[0], 7, 5)),
    ("decided", (2, "refuse")),
    ("corrected", (0, 12)),
    ("corrected", (4, None)),
    *(("listed", (KEYS[0], standing)) for standing in STANDINGS[1:]),
    ("moved", (KEYS[0], "2")),
    ("renamed", (KEYS[0], "DOE")),
    ("unit_renamed", ("1", "Ministry")),
    ("column_shows", ("ONE", KEYS[1], "followers")),
    ("column_shows", ("THREE", KEYS[1], "followers")),
    ("carries", ("blank",)),
    ("zone_is", (ZONES[2],)),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change[0]} {change[1][-1]}")
def test_each_change_is_in_every_file_that_it_concerns(old: Chronicle, change: Step) -> None:
    old.tell([change, ("published", (1,))])


def test_what_is_as_it_was_is_as_if_it_had_never_changed(old: Chronicle) -> None:
    away: list[Step] = [("listed", (KEYS[0], "internal")), ("zone_is", (ZONES[2],)), ("carries", ("blank",))]
    back: list[Step] = [("listed", (KEYS[0], "public")), ("zone_is", (ZONES[0],)), ("carries", ("previous",))]
    old.tell([*away, ("published", (1,)), *back, ("published", (20,))])


def deaf(self: Changes, key: str | None = None) -> date | None:
    """The first day that has changed is not heard of; the newest is."""
    del key
    return max(self.first.values()) if self.first else None if self.first is not None else date(1970, 1, 1)


@pytest.mark.parametrize(
    ("part", "bad", "change"),
    [
        ("headcount.store.reader.Changes.since", deaf, CHANGES[1]),
        ("headcount.publish.press._basis", lambda _: "", ("unit_renamed", ("1", "Ministry"))),
        ("headcount.publish.press._basis", lambda _: "", ("listed", (KEYS[0], "internal"))),
    ],
)
def test_a_press_that_does_not_hear_of_a_change_is_caught(
    old: Chronicle, monkeypatch: pytest.MonkeyPatch, part: str, bad: Callable[..., Any], change: Step
) -> None:
    """The controls."""
    monkeypatch.setattr(part, bad)
    (old.root / INDEX).unlink()
    old.grown()
    newest = ("counted", ("hourly", (KEYS[1], "followers"), 0, 7, "accept"))
    with pytest.raises(AssertionError):
        old.tell([change, newest, ("published", (1,))])


Rows = Callable[[date], Iterator[tuple[date, bytes]]]


class Work:
    """What had to be made: from which day on of each table, and which files were put into another form."""

    def __init__(self) -> None:
        self.since: dict[str, date] = {}
        self.converted: Counter[str] = Counter()

    def watch(self, file: AnyFile) -> AnyFile:
        match file:
            case Grown(rows=rows):
                return structs.replace(file, rows=lambda since: self._rows(file.name, since, rows))
            case Converted(convert=convert):
                return structs.replace(file, convert=lambda source, to: self._convert(file.name, source, to, convert))
        return file

    def _rows(self, name: str, since: date, rows: Rows) -> Iterator[tuple[date, bytes]]:
        self.since[name] = since
        return rows(since)

    def _convert(self, name: str, source: Path, to: Path, convert: Callable[[Path, Path], None]) -> None:
        self.converted[name] += 1
        convert(source, to)


def work_of(chronicle: Chronicle, *steps: Step) -> Work:
    """What an edition took after some steps; and it is as it should be."""
    chronicle.tell(list(steps))
    work = Work()
    assert chronicle.grown(work.watch) == chronicle.from_nothing()
    return work


def test_the_first_edition_makes_everything(old: Chronicle) -> None:
    work = Work()
    old.from_nothing(work.watch)
    assert len(work.since) > 8
    assert len(work.converted) == 3


@pytest.mark.parametrize("hours", [0, 1, 30, 2_000])
def test_where_nothing_has_changed_no_table_is_made(old: Chronicle, hours: int) -> None:
    old.now += hours * HOUR
    work = work_of(old)
    assert ({name for name in work.since if not name.startswith("digest")}, work.converted) == (set(), {})
    weeks_are_over = hours > 7 * 24
    assert bool(work.since) == weeks_are_over, "a report is made of each week that is over, and of nothing else"


def test_an_hour_more_makes_no_more_than_its_day(old: Chronicle) -> None:
    old.now += HOUR
    work = work_of(old, ("counted", ("hourly", (KEYS[0], "followers"), 0, 2_000, "accept")))
    assert work.since.pop("monthly.csv") == old.now.date().replace(day=1)
    assert not [name for name in work.since if KEYS[1] in name or KEYS[2] in name]
    # A day of UTC reaches into the local day before it.
    assert min(work.since.values()) >= old.now.date() - DAY
    assert [*work.converted] == ["parquet/year=2026/month=11/readings.parquet"]


def test_a_correction_a_year_ago_is_made_from_its_day_on(old: Chronicle) -> None:
    work = work_of(old, ("corrected", (4, 77)))
    assert work.since["readings/2025-11.csv"] >= date(2025, 11, 1)
    assert "readings/2026-11.csv" not in work.since
    assert [*work.converted] == ["parquet/year=2025/month=11/readings.parquet"]


GROWS = "daily.csv"


def edit(place: Path) -> None:
    content = place.read_bytes()
    place.write_bytes(content[:-4] + b"9" + content[-3:])


def truncate(place: Path) -> None:
    place.write_bytes(place.read_bytes()[:-10])


@pytest.mark.parametrize(
    ("name", "damage", "change"),
    [
        (GROWS, edit, []),
        (GROWS, edit, [CHANGES[0]]),
        (GROWS, truncate, [CHANGES[0]]),
        (GROWS, Path.unlink, [CHANGES[0]]),
        ("social_data.csv", truncate, []),
        (f"series/daily/{KEYS[0]}.csv", edit, [CHANGES[0]]),
        ("readings/2025-11.csv", Path.unlink, []),
    ],
)
def test_a_file_that_somebody_has_touched_is_made_from_nothing(
    old: Chronicle, name: str, damage: Callable[[Path], None], change: list[Step]
) -> None:
    press = read_press(old.root)
    damage(press.place(press.files[name]))
    assert work_of(old, *change).since[name] == date(2025, 9, 1)


@pytest.mark.parametrize("name", ["parquet/year=2025/month=11/readings.parquet", "units.csv", "latest.json"])
def test_a_file_that_is_gone_is_made_again(old: Chronicle, name: str) -> None:
    press = read_press(old.root)
    press.place(press.files[name]).unlink()
    work_of(old)


def test_a_press_that_was_copied_without_its_times_is_read_once_and_made_no_more(old: Chronicle) -> None:
    for path in old.root.rglob("*.*"):
        if path.is_file():
            path.touch()
    assert work_of(old).since == {}


@pytest.mark.parametrize(
    "content", [None, b"", b"[]", b'{"mark": "one", "files": []}', b'{"mark": 1, "number": 1, "pointer": "\xff"}']
)
def test_a_press_whose_index_is_gone_or_broken_is_made_from_nothing(old: Chronicle, content: bytes | None) -> None:
    index = old.root / INDEX
    index.unlink() if content is None else index.write_bytes(content)
    assert work_of(old).since[GROWS] == date(2025, 9, 1)
    assert work_of(old).since == {}


def test_a_store_that_was_put_back_or_worked_out_anew_is_printed_from_nothing(old: Chronicle) -> None:
    old.store.rebuild()
    assert work_of(old).since[GROWS] == date(2025, 9, 1)
    assert work_of(old).since == {}


def test_what_another_version_has_printed_is_no_ground_to_grow_from(
    old: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headcount.publish.press.__version__", "99")
    work = work_of(old)
    assert work.since[GROWS] == date(2025, 9, 1)
    assert len(work.converted) == 3
