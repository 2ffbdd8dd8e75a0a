"""Counts over time: each as it was taken, what an hour shows, and what a local day shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, groupby
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headcount.model import ACCEPTED, Account, Count
from headcount.store import tiers
from headcount.store.contract import Imported
from headcount.store.nouns import MANUAL, Entered
from headcount.store.reader import Day, Hour, Shown
from headcount.store.sql import SqlStore
from tests.stores.material import (
    ENERGY,
    HOLD,
    HOUR,
    MINUTE,
    NOON,
    NOVEMBER,
    REFUSE,
    fill,
    hour,
    imported,
    keep,
    reading,
)

Doing = Callable[[SqlStore], object]

TODAY = NOON.date()
MIDNIGHT = NOON.replace(hour=0)
DAY = timedelta(days=1)
LATER, BEFORE = NOON + MINUTE, NOON - HOUR
ROUNDED = Count(1_000, 100, "rounded")


def entered(number: int, at: datetime, key: str = ENERGY, granularity: int = 1, *, anew: bool = True) -> Entered:
    places = (("hourly", hour(at)), ("daily", at.replace(hour=0, minute=0)))
    return Entered(
        Account(key, "energy"), "followers", number, at, places, "jane", at, granularity=granularity, anew=anew
    )


def said(number: int | Count, at: datetime = NOON, source: str = "api", job: str = "hourly") -> Doing:
    return lambda store: keep(store, fill(reading(number, at=at, source=source), hour(at), job))


def held(number: int, at: datetime = NOON) -> Doing:
    return lambda store: keep(store, fill(reading(number, at=at), hour(at), verdict=HOLD))


def refused(number: int, at: datetime = NOON) -> Doing:
    return lambda store: keep(store, fill(reading(number, at=at), hour(at), verdict=REFUSE))


def by_hand(number: int, at: datetime = LATER, granularity: int = 1) -> Doing:
    return lambda store: store.enter([entered(number, at, granularity=granularity)])


def adopted(*numbers: int, at: datetime = NOON) -> Doing:
    rows = [imported(number, at, ordinal) for ordinal, number in enumerate(numbers)]
    return lambda store: store.adopt("hourly", rows, hour)


def mended(store: SqlStore) -> None:
    """The second row of a stamp is imported before the first can be read."""
    for number, ordinal in ((6, 1), (5, 0)):
        store.adopt("hourly", [imported(number, NOON, ordinal)], hour)


def corrected(first: int, number: int | None) -> Doing:
    def doing(store: SqlStore) -> None:
        said(first)(store)
        (row,) = store.fills(*NOVEMBER)
        store.correct(row.reading or 0, number, why="a digit too many", who="jane", role="editor", at=NOON + DAY)

    return doing


HOURS: list[tuple[str, list[Doing], list[tuple[datetime, int]]]] = [
    ("nothing is there", [], []),
    ("a count is there", [said(7)], [(NOON, 7)]),
    ("nought is a count", [said(0)], [(NOON, 0)]),
    ("a held count is not there", [held(7)], []),
    ("a refused count is not there", [refused(7)], []),
    ("a withdrawn count is not there", [corrected(70, None)], []),
    ("a corrected count is there, and what it was is not", [corrected(70, 7)], [(NOON, 7)]),
    ("the newest is shown", [said(8, LATER), said(7)], [(NOON, 8)]),
    ("the newest of several jobs is shown", [said(8, LATER, job="daily"), said(6), said(7, NOON)], [(NOON, 8)]),
    ("the finest is shown, though older", [said(7), said(ROUNDED, LATER)], [(NOON, 7)]),
    ("a held one is passed over, though newer", [said(7), held(8, LATER)], [(NOON, 7)]),
    ("every hour shows its own", [said(6, BEFORE), said(7)], [(BEFORE, 6), (NOON, 7)]),
    ("the last moment of an hour is its own", [said(6, NOON - timedelta(microseconds=1))], [(BEFORE, 6)]),
    ("of what was imported for one moment, the last row", [adopted(5, 6, 4)], [(NOON, 4)]),
    ("a row of an import that is mended later keeps its place", [mended], [(NOON, 6)]),
    ("what was counted later comes before what was imported", [adopted(5), said(7, LATER)], [(NOON, 7)]),
    ("a count by hand fills an hour", [by_hand(9)], [(NOON, 9)]),
    ("a count by hand does not hide an exact one", [said(7), by_hand(9)], [(NOON, 7)]),
    ("a count by hand sharpens a rounded one", [said(ROUNDED), by_hand(1_040)], [(NOON, 1_040)]),
    ("a count by hand that contradicts a rounded one is not shown", [said(ROUNDED), by_hand(9)], [(NOON, 1_000)]),
    ("what was entered anew for the same moment is shown", [by_hand(8), by_hand(9)], [(NOON, 9)]),
]  # fmt: skip


@pytest.mark.parametrize(("doings", "expected"), [row[1:] for row in HOURS], ids=[row[0] for row in HOURS])
def test_an_hour(store: SqlStore, doings: list[Doing], expected: list[tuple[datetime, int]]) -> None:
    for doing in doings:
        doing(store)
    assert [(each.at, each.count) for each in store.hours(ENERGY, MIDNIGHT, MIDNIGHT + DAY)] == expected
    assert list(store.hours("twitter/other", MIDNIGHT, MIDNIGHT + DAY)) == []


DAYS: list[tuple[str, list[Doing], list[tuple[int, int]]]] = [
    ("nothing is there", [], []),
    ("the newest hour is shown", [said(6, BEFORE), said(7)], [(7, 2)]),
    ("the finest is shown, though older", [said(6, BEFORE), said(ROUNDED)], [(6, 2)]),
    ("a rounded count is shown where there is no other", [said(ROUNDED)], [(1_000, 1)]),
    ("several counts of an hour cover one", [said(6), said(7, LATER)], [(7, 1)]),
    ("what is not public covers nothing", [said(6, BEFORE), held(7), refused(8, LATER)], [(6, 1)]),
    ("a platform's count comes before a later one by hand", [said(6, BEFORE), by_hand(9)], [(6, 2)]),
    ("a count by hand that contradicts the day's slot of a job is not shown",
     [lambda store: keep(store, fill(reading(ROUNDED, at=BEFORE), MIDNIGHT, "daily")), by_hand(9)], [(1_000, 2)]),
    ("a withdrawn count is not there", [corrected(70, None)], []),
    ("a corrected count is there", [corrected(70, 7)], [(7, 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("doings", "expected"), [row[1:] for row in DAYS], ids=[row[0] for row in DAYS])
def test_a_day(store: SqlStore, doings: list[Doing], expected: list[tuple[int, int]]) -> None:
    for doing in doings:
        doing(store)
    assert [(each.count, each.hours) for each in store.days(ENERGY, TODAY, TODAY, UTC)] == expected
    assert list(store.days("twitter/other", TODAY, TODAY, UTC)) == []


def test_every_tier_says_what_is_shown_how_finely_from_where_and_when(store: SqlStore) -> None:
    keep(store, fill(reading(ROUNDED, source="page", at=LATER, metric="likes")))
    facts = (ENERGY, "likes", 1_000, 100, "page", LATER)
    assert list(store.counts(None, NOON, NOON + HOUR)) == [Shown(*facts)]
    assert list(store.hours(None, NOON, NOON + HOUR)) == [Hour(*facts, at=NOON)]
    assert list(store.days(None, TODAY, TODAY, UTC)) == [Day(*facts, day=TODAY, hours=1)]


def taken(store: SqlStore, start: datetime, end: datetime) -> list[int]:
    return [each.count for each in store.counts(ENERGY, start, end)]


def test_a_reading_that_fills_the_slots_of_several_jobs_is_one_count(store: SqlStore) -> None:
    keep(store, fill(reading(7)), fill(reading(7), MIDNIGHT, "daily"))
    store.enter([entered(9, LATER)])
    assert taken(store, MIDNIGHT, MIDNIGHT + DAY) == [7, 9]


def test_every_public_count_is_there_in_the_order_in_which_it_was_taken(store: SqlStore) -> None:
    for doing in (said(8, LATER), adopted(5, 6), held(1, BEFORE), refused(2, BEFORE + MINUTE), said(7, NOON)):
        doing(store)
    assert taken(store, MIDNIGHT, MIDNIGHT + DAY) == [5, 7, 6, 8]


def test_a_range_begins_with_its_start_and_ends_before_its_end(store: SqlStore) -> None:
    for number, at in enumerate((BEFORE, NOON, LATER, NOON + HOUR)):
        said(number, at)(store)
    assert taken(store, NOON, NOON + HOUR) == [1, 2]
    assert taken(store, LATER, LATER) == []
    assert [each.count for each in store.hours(ENERGY, NOON, LATER)] == [1]


def test_a_count_is_found_by_when_it_was_taken_however_long_its_slot_had_begun(store: SqlStore) -> None:
    keep(
        store, fill(reading(7), NOON - 7 * DAY, "weekly"), fill(reading(8, at=NOON + HOUR), NOON - 40 * DAY, "monthly")
    )
    assert taken(store, NOON, NOON + 2 * HOUR) == [7, 8]
    assert [each.count for each in store.days(ENERGY, TODAY, TODAY, UTC)] == [8]


CHANGES = [
    ("UTC", date(2026, 11, 1), 24),
    ("America/New_York", date(2026, 11, 1), 25),
    ("America/New_York", date(2026, 3, 8), 23),
    ("Asia/Kolkata", date(2026, 11, 1), 24),
    ("Australia/Lord_Howe", date(2026, 4, 5), 25),
    ("Australia/Lord_Howe", date(2026, 10, 4), 23),
    ("America/Havana", date(2026, 11, 1), 25),
    ("America/Havana", date(2026, 3, 8), 23),
]
"""Days on which clocks change, each with how many hours of it an hourly job covers; Lord Howe's by half an hour."""


@pytest.mark.parametrize(("zone", "day", "expected"), CHANGES)
def test_a_day_has_as_many_hours_as_it_is_long(store: SqlStore, zone: str, day: date, expected: int) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - 2 * DAY
    times = [start + number * HOUR + 12 * MINUTE for number in range(5 * 24)]
    keep(store, *(fill(reading(number, at=at), hour(at)) for number, at in enumerate(times)))
    found = store.days(ENERGY, day - DAY, day + DAY, ZoneInfo(zone))
    covered = {each.day: each.hours for each in found}
    assert covered[day] == expected
    assert {covered[day - DAY], covered[day + DAY]} == {24}
    assert [each.hours for each in store.days(ENERGY, day, day, ZoneInfo(zone))] == [expected]


def test_a_day_of_24_hours_has_24_however_often_it_is_counted_and_whatever_the_minutes_of_its_zone(
    store: SqlStore,
) -> None:
    times = [MIDNIGHT - DAY + number * 15 * MINUTE for number in range(3 * 96)]
    keep(store, *(fill(reading(number, at=at), at, "often") for number, at in enumerate(times)))
    assert [each.hours for each in store.days(ENERGY, TODAY, TODAY, ZoneInfo("Asia/Kolkata"))] == [24]


def test_every_day_of_a_year_is_itself_though_the_clocks_change_twice(store: SqlStore) -> None:
    zone, days = ZoneInfo("America/New_York"), [date(2026, 1, 1) + number * DAY for number in range(365)]
    ends = [datetime(day.year, day.month, day.day, 23, 45, tzinfo=zone).astimezone(UTC) for day in days]
    keep(store, *(fill(reading(number, at=at), hour(at)) for number, at in enumerate(ends)))
    found = store.days(ENERGY, days[0], days[-1], zone)
    assert [(each.day, each.count, each.hours) for each in found] == [(day, at, 1) for at, day in enumerate(days)]


class Told(NamedTuple):
    """A count, and what was said of it."""

    minute: int
    number: int
    granularity: int
    fate: Literal["accepted", "held", "refused", "withdrawn", "corrected"]
    source: Literal["api", "page", "import", "manual"]
    jobs: tuple[str, ...]

    @property
    def shown(self) -> int:
        return self.number + (1_000 if self.fate == "corrected" else 0)


ALIKE = st.sampled_from(["accepted", "accepted", "held", "refused", "withdrawn", "corrected"])
TOLD = st.lists(
    st.builds(
        Told,
        minute=st.one_of(st.integers(0, 5 * 1440 - 1), st.integers(2400, 2640)),
        number=st.integers(0, 300),
        granularity=st.sampled_from([1, 1, 100]),
        fate=ALIKE,
        source=st.sampled_from(["api", "page", "import", "manual"]),
        jobs=st.sampled_from([("hourly",), ("daily",), ("hourly", "daily")]),
    ),
    max_size=14,
    unique_by=lambda told: told.minute,
)
EXAMPLES = count(1)


def slot_of(job: str, at: datetime) -> datetime:
    return hour(at) if job == "hourly" else at.replace(hour=0, minute=0)


def tell(store: SqlStore, key: str, start: datetime, told: list[Told]) -> None:
    """Bring the counts into the store as they come, then say what is said of them later."""
    platforms = []
    for each in told:
        at = start + each.minute * MINUTE
        if each.source == "manual":
            store.enter([entered(each.number, at, key, each.granularity)])
        elif each.source == "import":
            row = Imported(key, "followers", each.number, at, 0, granularity=each.granularity)
            store.adopt("hourly", [row], hour)
        else:
            outcome = reading(Count(each.number, each.granularity, "unknown"), key=key, at=at, source=each.source)
            platforms += [fill(outcome, slot_of(job, at), job, ACCEPTED) for job in each.jobs]
    if platforms:
        keep(store, *platforms)
    numbers = {row.taken_at: row.reading for row in store.fills(start - 9 * DAY, start + 9 * DAY) if row.key == key}
    for each in told:
        judge(store, numbers[start + each.minute * MINUTE] or 0, each)


def judge(store: SqlStore, number: int, told: Told) -> None:
    if told.fate in {"held", "refused"}:
        store.decide(number, HOLD if told.fate == "held" else REFUSE, "jane", NOON)
    if told.fate in {"withdrawn", "corrected"}:
        shown = told.shown if told.fate == "corrected" else None
        store.correct(number, shown, why="why", who="jane", role="editor", at=NOON)


def places(start: datetime, told: Told) -> set[tuple[str, datetime]]:
    jobs = {"manual": ("hourly", "daily"), "import": ("hourly",)}.get(told.source, told.jobs)
    return {(job, slot_of(job, start + told.minute * MINUTE)) for job in jobs}


def is_disputed(start: datetime, told: Told, public: list[Told]) -> bool:
    """Whether a person's count contradicts a platform's in a slot that begins when one of its own does."""
    slots = {slot for _, slot in places(start, told)}
    return told.source == MANUAL and any(
        abs(told.shown - other.shown) > told.granularity + other.granularity - 2
        for other in public
        if other.source != MANUAL and slots & {slot for _, slot in places(start, other)}
    )


class Oracle:
    """The same rules in plain Python."""

    def __init__(self, start: datetime, told: list[Told]) -> None:
        public = [each for each in told if each.fate in {"accepted", "corrected"}]
        ranks = {
            each: (is_disputed(start, each, public), each.granularity, each.source == MANUAL, -each.minute)
            for each in public
        }
        self._start = start
        self.best_first = sorted(public, key=lambda each: ranks[each])

    def at(self, told: Told) -> datetime:
        return self._start + told.minute * MINUTE

    def hours(self) -> list[tuple[datetime, int]]:
        """Each hour with what it shows."""
        best = {hour(self.at(each)): each.shown for each in reversed(self.best_first)}
        return sorted(best.items())

    def days(self, zone: ZoneInfo) -> Iterator[tuple[date, int, int]]:
        """Each local day with what it shows, and how many hours after its midnight have a count."""

        def day(told: Told) -> date:
            return self.at(told).astimezone(zone).date()

        for of, found in groupby(sorted(self.best_first, key=day), key=day):
            counts = list(found)
            midnight = datetime(of.year, of.month, of.day, tzinfo=zone).astimezone(UTC)
            yield of, counts[0].shown, len({(self.at(each) - midnight) // HOUR for each in counts})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=TOLD, change=st.sampled_from(CHANGES))
def test_every_tier_follows_its_rule_whatever_was_told(
    store: SqlStore, told: list[Told], change: tuple[str, date, int]
) -> None:
    key, zone, middle = f"twitter/a{next(EXAMPLES)}", ZoneInfo(change[0]), change[1]
    start = datetime(middle.year, middle.month, middle.day, tzinfo=UTC) - 2 * DAY
    tell(store, key, start, told)
    oracle, end = Oracle(start, told), start + 5 * DAY
    counts = list(store.counts(key, start, end))
    in_time = sorted(oracle.best_first, key=lambda each: each.minute)
    assert [(each.taken_at, each.count) for each in counts] == [(oracle.at(each), each.shown) for each in in_time]
    hours = list(store.hours(key, start, end))
    assert [(each.at, each.count) for each in hours] == oracle.hours()
    first, last = middle - DAY, middle + DAY
    days = list(store.days(key, first, last, zone))
    expected = [each for each in oracle.days(zone) if first <= each[0] <= last]
    assert [(each.day, each.count, each.hours) for each in days] == expected
    assert [each for each in store.counts(None, start, end) if each.key == key] == counts
    assert [each for each in store.hours(None, start, end) if each.key == key] == hours
    assert [each for each in store.days(None, first, last, zone) if each.key == key] == days


def test_accounts_come_in_the_order_of_their_keys(store: SqlStore) -> None:
    for name in "bBa":
        keep(store, *(fill(reading(1, key=f"twitter/{name}", at=at), at) for at in (NOON, NOON - DAY)))
    keys = [f"twitter/{name}" for name in "Bab" for _ in range(2)]
    assert [each.key for each in store.counts(None, NOON - DAY, NOON + HOUR)] == keys
    assert [each.key for each in store.hours(None, NOON - DAY, NOON + HOUR)] == keys
    days = [(each.day, each.key) for each in store.days(None, TODAY - DAY, TODAY, UTC)]
    assert days == [(day, f"twitter/{name}") for day in (TODAY - DAY, TODAY) for name in "Bab"]


def test_a_query_that_forgets_what_is_hidden_would_be_seen(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the table of hours fails for a store that shows whatever was counted."""
    monkeypatch.setattr(tiers, "is_public", lambda number: number.is_not(None))
    with pytest.raises(AssertionError):
        test_an_hour(store, [held(7)], [])
    with pytest.raises(AssertionError):
        test_a_day(store, [], [])
