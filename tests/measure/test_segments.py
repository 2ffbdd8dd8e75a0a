"""A series is cut where its way of counting changes, and nowhere else; nothing is computed across a cut."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from headcount.measure.forecast.days import FEWEST, Day, usable
from headcount.measure.growth import change, comparable
from headcount.measure.segments import Segment, segments
from headcount.store.reader import Shown

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def counts(*ways: tuple[str, int]) -> list[Shown]:
    return [
        Shown("twitter/energy", "followers", 1_000_000, granularity, source, NOON + place * HOUR)
        for place, (source, granularity) in enumerate(ways)
    ]


API, PAGE, ROUNDED = ("api", 1), ("page", 1), ("page", 1_000)
WAYS = st.sampled_from([API, PAGE, ROUNDED, ("reparsed-api", 1)])


def test_a_segment_begins_with_another_source_or_granularity() -> None:
    assert list(segments(counts(API, API, PAGE, ROUNDED, ROUNDED, API))) == [
        Segment("api", 1, NOON, NOON + HOUR, 2),
        Segment("page", 1, NOON + 2 * HOUR, NOON + 2 * HOUR, 1),
        Segment("page", 1_000, NOON + 3 * HOUR, NOON + 4 * HOUR, 2),
        Segment("api", 1, NOON + 5 * HOUR, NOON + 5 * HOUR, 1),
    ]


def test_what_was_read_later_belongs_to_the_source_that_replied() -> None:
    (whole,) = segments(counts(API, ("reparsed-api", 1), API))
    assert (whole.source, whole.counts) == ("api", 3)


@given(st.lists(WAYS))
def test_every_count_is_in_one_segment_and_neighbours_cannot_be_compared(ways: list[tuple[str, int]]) -> None:
    series = counts(*ways)
    found = list(segments(series))
    assert sum(each.counts for each in found) == len(series)
    for place in range(1, len(series)):
        begins = any(each.since == series[place].taken_at for each in found)
        assert begins != comparable(series[place - 1], series[place])


def test_a_change_across_a_border_is_not_told() -> None:
    then, now = counts(API, ROUNDED)
    assert change(then, now, DAY, NOON + DAY) is None
    assert change(then, counts(API, API)[1], DAY, NOON + DAY) == 0


def days(*sources: tuple[str, int]) -> list[Day]:
    """So many days of each source, one after the other."""
    each = [source for source, number in sources for _ in range(number)]
    return [Day(date(2026, 1, 1) + place * DAY, 1_000 + place, 1, source) for place, source in enumerate(each)]


def test_a_forecast_is_of_one_source_alone() -> None:
    assert {day.source for day in usable(days(("api", 60), ("page", FEWEST)), date(2026, 12, 1))} == {"page"}


def test_a_source_that_stands_in_for_a_few_days_does_not_end_the_forecast() -> None:
    known = usable(days(("api", 60), ("page", 3)), date(2026, 12, 1))
    assert ({day.source for day in known}, len(known)) == ({"api"}, 60)


def test_where_no_source_has_enough_the_newest_is_what_there_is() -> None:
    assert {day.source for day in usable(days(("api", 9), ("page", 3)), date(2026, 12, 1))} == {"page"}
