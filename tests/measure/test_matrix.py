"""The hour-by-weekday matrix: a gain belongs to the local hours in which it arose, and nothing is made up.

The old pages took four hours off all the year round, put a gain into the hour of the later reading, and the gain of a
72 hour outage into one cell. A broken build for each of these fails the row of the table that is about it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from headcount.measure.local_hours import local_hours
from headcount.measure.matrix import Cell, matrix

NEW_YORK, KOLKATA, LORD_HOWE = ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata"), ZoneInfo("Australia/Lord_Howe")
ST_JOHNS = ZoneInfo("America/St_Johns")
LONG_AGO, FAR_OFF = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
AT = datetime(2026, 7, 13, 14, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

Grid = dict[tuple[int, int], float]
Build = Callable[[Sequence["Point"], ZoneInfo], Grid]


class Point(Struct, frozen=True):
    taken_at: datetime
    count: int
    granularity: int = 1
    source: str = "api"


def points(*said: tuple[str, int]) -> list[Point]:
    return [Point(datetime.fromisoformat(at).replace(tzinfo=UTC), count) for at, count in said]


def ours(counts: Sequence[Point], zone: ZoneInfo) -> Grid:
    found = matrix(counts, zone, LONG_AGO, FAR_OFF)
    return {
        (day, hour): cell.gain
        for day, row in enumerate(found.cells)
        for hour, cell in enumerate(row)
        if cell.gain is not None
    }


def whole(counts: Sequence[Point], place: Callable[[Point, Point], datetime], longest: timedelta) -> Grid:
    """A gain is put whole into one hour."""
    grid: Grid = defaultdict(float)
    for then, now in pairwise(counts):
        if now.taken_at - then.taken_at <= longest:
            local = place(then, now)
            grid[local.weekday(), local.hour] += now.count - then.count
    return dict(grid)


def four_hours_off(counts: Sequence[Point], _zone: ZoneInfo) -> Grid:
    return whole(counts, lambda then, _now: then.taken_at - 4 * HOUR, 2 * HOUR)


def into_the_later_hour(counts: Sequence[Point], zone: ZoneInfo) -> Grid:
    return whole(counts, lambda _then, now: now.taken_at.astimezone(zone), 2 * HOUR)


def outages_in_one_cell(counts: Sequence[Point], zone: ZoneInfo) -> Grid:
    return whole(counts, lambda then, _now: then.taken_at.astimezone(zone), 1000 * HOUR)


TABLE: list[tuple[str, Build, ZoneInfo, list[Point], Grid]] = [
    (
        "in winter, New York is five hours behind",
        four_hours_off,
        NEW_YORK,
        points(("2026-01-12T15:00", 100), ("2026-01-12T16:00", 105)),
        {(0, 10): 5},
    ),
    (
        "what arose from 10 to 11 is of the hour from 10",
        into_the_later_hour,
        NEW_YORK,
        points(("2026-07-13T14:00", 100), ("2026-07-13T15:00", 105)),
        {(0, 10): 5},
    ),
    (
        "what arose in an outage of 72 hours is of no hour",
        outages_in_one_cell,
        NEW_YORK,
        points(("2026-07-13T14:00", 100), ("2026-07-13T15:00", 105), ("2026-07-16T15:00", 4000)),
        {(0, 10): 5},
    ),
    (
        "a gain over the turn of an hour is shared out",
        outages_in_one_cell,
        NEW_YORK,
        points(("2026-07-13T14:45", 100), ("2026-07-13T15:45", 108)),
        {(0, 10): 2, (0, 11): 6},
    ),
    (
        "a gain over two hours is shared out, over midnight too",
        into_the_later_hour,
        NEW_YORK,
        points(("2026-07-13T03:00", 100), ("2026-07-13T05:00", 108)),
        {(6, 23): 4, (0, 0): 4},
    ),
    (
        "both hours of the one that occurs twice are of its cell",
        four_hours_off,
        NEW_YORK,
        points(("2026-11-01T05:00", 100), ("2026-11-01T06:00", 103), ("2026-11-01T07:00", 107)),
        {(6, 1): 7},
    ),
    (
        "the hour that is skipped gets nothing",
        four_hours_off,
        NEW_YORK,
        points(("2026-03-08T06:00", 100), ("2026-03-08T07:00", 103), ("2026-03-08T08:00", 107)),
        {(6, 1): 3, (6, 3): 4},
    ),
    (
        "an hour may begin at half past",
        outages_in_one_cell,
        KOLKATA,
        points(("2026-07-13T00:00", 100), ("2026-07-13T01:00", 110)),
        {(0, 5): 5, (0, 6): 5},
    ),
    (
        "a clock may go back a minute past midnight",
        outages_in_one_cell,
        ST_JOHNS,
        points(("2010-11-07T02:00", 100), ("2010-11-07T03:00", 160)),
        {(5, 23): 59, (6, 0): 1},
    ),
    (
        "a loss is shared out as well",
        outages_in_one_cell,
        NEW_YORK,
        points(("2026-07-13T14:30", 100), ("2026-07-13T15:30", 90)),
        {(0, 10): -5, (0, 11): -5},
    ),
]


@pytest.mark.parametrize(("why", "broken", "zone", "counts", "expected"), TABLE)
def test_a_gain_belongs_to_the_local_hours_in_which_it_arose(
    why: str, broken: Build, zone: ZoneInfo, counts: list[Point], expected: Grid
) -> None:
    assert ours(counts, zone) == expected, why
    assert broken(counts, zone) != expected, "the row catches nothing"


def test_what_was_left_out_is_counted() -> None:
    counts = points(("2026-07-13T14:00", 100), ("2026-07-13T16:00:01", 105), ("2026-07-16T15:00", 95))
    left_out = matrix(counts, NEW_YORK, LONG_AGO, FAR_OFF).left_out
    assert (left_out.intervals, left_out.gain) == (2, -5)


def test_an_average_is_of_the_observed_hours_and_a_cell_nobody_observed_has_none() -> None:
    counts = points(
        ("2026-07-13T14:00", 100), ("2026-07-13T15:00", 108), ("2026-07-20T14:00", 108), ("2026-07-20T14:30", 109)
    )
    found = matrix(counts, NEW_YORK, LONG_AGO, FAR_OFF)
    assert found.cells[0][10] == Cell(gain=9, hours=1.5, n=2, average=6)
    assert found.cells[0][11] == Cell(gain=None, hours=0, n=0, average=None)
    assert found.days[0] == found.hours[10] == found.whole == found.cells[0][10]
    assert found.days[1].average is None


def test_an_hour_in_which_nobody_came_has_a_zero() -> None:
    counts = points(("2026-07-13T14:00", 100), ("2026-07-13T15:00", 100))
    assert matrix(counts, NEW_YORK, LONG_AGO, FAR_OFF).cells[0][10] == Cell(gain=0, hours=1, n=1, average=0)


def test_an_hour_that_was_looked_at_four_times_is_one_hour() -> None:
    counts = [Point(AT + quarter * HOUR / 4, quarter) for quarter in range(5)]
    assert matrix(counts, NEW_YORK, LONG_AGO, FAR_OFF).cells[0][10] == Cell(gain=4, hours=1, n=1, average=4)


def test_the_hour_that_occurs_twice_is_two_observed_hours() -> None:
    counts = points(("2026-11-01T05:00", 100), ("2026-11-01T07:00", 106))
    assert matrix(counts, NEW_YORK, LONG_AGO, FAR_OFF).cells[6][1] == Cell(gain=6, hours=2, n=2, average=3)


def test_counts_outside_of_the_time_asked_for_are_not_looked_at() -> None:
    counts = points(
        ("2026-07-13T13:00", 0), ("2026-07-13T14:00", 100), ("2026-07-13T15:00", 105), ("2026-07-13T16:00", 9)
    )
    found = matrix(counts, NEW_YORK, counts[1].taken_at, counts[2].taken_at)
    assert (found.whole.gain, found.left_out.intervals) == (5, 0)


@pytest.mark.parametrize(
    ("why", "second", "incomparable", "rounded"),
    [
        ("no two neighbouring counts are of the same granularity and source", Point(AT + HOUR, 9, 1, "page"), 1, 0),
        ("no two neighbouring counts are of the same granularity and source", Point(AT + HOUR, 9, 10, "api"), 1, 0),
        ("no two neighbouring counts are of the same granularity and source", Point(AT, 9), 1, 0),
        (
            "the counts are more than two hours apart: nobody knows in which hour a gain arose",
            Point(AT + 3 * HOUR, 9),
            0,
            0,
        ),
        ("there are not two counts", Point(FAR_OFF + HOUR, 9), 0, 0),
    ],
)
def test_a_matrix_without_a_value_says_why(why: str, second: Point, incomparable: int, rounded: int) -> None:
    found = matrix([Point(AT, 5), second], NEW_YORK, LONG_AGO, FAR_OFF)
    assert (found.why, found.incomparable, found.rounded) == (why, incomparable, rounded)
    assert {cell.gain for row in found.cells for cell in row} == {None}


def test_rounded_counts_give_no_gain_and_exact_ones_beside_them_still_do() -> None:
    rounded = [Point(AT + hour * HOUR, 1000 * hour, 1000) for hour in range(3)]
    found = matrix(rounded, NEW_YORK, LONG_AGO, FAR_OFF)
    assert found.rounded == 2
    assert found.whole.gain is None
    assert found.why is not None
    assert "rounded" in found.why
    exact = [Point(AT + hour * HOUR, 5 * hour) for hour in range(3, 5)]
    found = matrix([*rounded, *exact], NEW_YORK, LONG_AGO, FAR_OFF)
    assert (found.whole.gain, found.incomparable, found.rounded, found.why) == (5, 1, 2, None)


@pytest.mark.parametrize(
    ("zone", "day", "ends"),
    [
        (NEW_YORK, "2026-03-07", 24),
        (NEW_YORK, "2026-03-08", 23),
        (NEW_YORK, "2026-11-01", 25),
        (KOLKATA, "2026-03-08", 24),
        (LORD_HOWE, "2026-04-05", 25),
    ],
)
def test_a_local_day_has_its_hours(zone: ZoneInfo, day: str, ends: int) -> None:
    """Lord Howe's clock goes back half an hour: a half that occurs twice is an hour begun twice."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=zone)
    since, until = int(midnight.timestamp()), int((midnight + timedelta(days=1)).timestamp())
    hours = list(local_hours(zone, since, until))
    assert len(hours) == ends
    assert hours[-1][0] == until
    assert {place // 24 for _wall, place in hours} == {midnight.weekday()}


SERIES = st.lists(
    st.tuples(
        st.integers(1, 200),
        st.integers(-50, 50),
        st.sampled_from([1, 1, 1, 1, 10]),
        st.sampled_from(["api", "api", "page"]),
    ),
    max_size=40,
)
STARTS = st.sampled_from(
    ["2026-03-07T22:13", "2026-10-31T21:47", "2026-04-04T11:05", "2026-10-03T12:00", "2026-07-01T00:00"]
)
ZONES = st.sampled_from([NEW_YORK, KOLKATA, LORD_HOWE, ZoneInfo("UTC")])


def drawn(start: str, steps: list[tuple[int, int, int, str]]) -> list[Point]:
    at, count, made = datetime.fromisoformat(start).replace(tzinfo=UTC), 5000, []
    for minutes, gain, granularity, source in steps:
        at, count = at + minutes * MINUTE, count + gain
        made.append(Point(at, count, granularity, source))
    return made


@given(STARTS, SERIES, ZONES)
def test_cells_and_what_was_left_out_add_up_to_last_less_first_of_each_comparable_run(
    start: str, steps: list[tuple[int, int, int, str]], zone: ZoneInfo
) -> None:
    counts = drawn(start, steps)
    found = matrix(counts, zone, LONG_AGO, FAR_OFF)
    exact = [
        now.count - then.count
        for then, now in pairwise(counts)
        if (then.granularity, then.source) == (now.granularity, now.source) and now.granularity == 1
    ]
    gained = sum(cell.gain or 0 for row in found.cells for cell in row)
    assert gained + found.left_out.gain == pytest.approx(sum(exact), abs=1e-3)
    for totals in (found.days, found.hours, [found.whole]):
        assert sum(cell.gain or 0 for cell in totals) == pytest.approx(gained, abs=1e-3)
        assert sum(cell.n for cell in totals) == found.whole.n


@given(STARTS, st.lists(st.tuples(st.integers(1, 200), st.integers(-50, 50)), max_size=40), ZONES)
def test_of_one_comparable_run_it_is_last_less_first(start: str, steps: list[tuple[int, int]], zone: ZoneInfo) -> None:
    counts = drawn(start, [(minutes, gain, 1, "api") for minutes, gain in steps])
    found = matrix(counts, zone, LONG_AGO, FAR_OFF)
    expected = counts[-1].count - counts[0].count if counts else 0
    assert (found.whole.gain or 0) + found.left_out.gain == pytest.approx(expected, abs=1e-3)


@given(STARTS, SERIES, ZONES)
def test_the_matrix_is_what_going_through_it_minute_by_minute_gives(
    start: str, steps: list[tuple[int, int, int, str]], zone: ZoneInfo
) -> None:
    counts = drawn(start, steps)
    gained: Grid = defaultdict(float)
    minutes: Counter[tuple[int, int]] = Counter()
    for then, now in pairwise(counts):
        length = (now.taken_at - then.taken_at) // MINUTE
        if length <= 120 and (then.source, then.granularity, 1) == (now.source, now.granularity, now.granularity):
            for minute in range(length):
                local = (then.taken_at + minute * MINUTE).astimezone(zone)
                gained[local.weekday(), local.hour] += (now.count - then.count) / length
                minutes[local.weekday(), local.hour] += 1
    found = matrix(counts, zone, LONG_AGO, FAR_OFF)
    for (day, hour), gain in gained.items():
        assert found.cells[day][hour].gain == pytest.approx(gain, abs=1e-5)
        assert found.cells[day][hour].hours == pytest.approx(minutes[day, hour] / 60, abs=1e-5)
    assert ours(counts, zone).keys() == gained.keys()
