"""Made-up growth is the same for ever, has a rhythm, and never leaves the bounds of what is plausible."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from headcount.clock import SteppedClock
from headcount.demo.simulation import ANCHOR, LARGEST, SMALLEST, Simulation

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HANDLES = [f"account{number}" for number in range(300)]


def simulation(seed: int = 2026) -> Simulation:
    return Simulation(SteppedClock(NOON), seed)


def hours(number: int) -> list[datetime]:
    return [NOON + timedelta(hours=hour) for hour in range(number)]


def test_the_same_question_always_has_the_same_answer() -> None:
    assert simulation().count("twitter", "energy", NOON) == simulation().count("twitter", "energy", NOON)
    assert simulation().number("twitter", "energy") == simulation().number("twitter", "energy")


def test_the_zone_of_the_question_makes_no_difference() -> None:
    there = NOON.astimezone(ZoneInfo("America/New_York"))
    assert simulation().count("twitter", "energy", there) == simulation().count("twitter", "energy", NOON)


def test_upper_and_lower_case_are_one_account() -> None:
    assert simulation().count("twitter", "ENERGY", NOON) == simulation().count("twitter", "energy", NOON)


@pytest.mark.parametrize("other", [("facebook", "energy", 2026), ("twitter", "nnsa", 2026), ("twitter", "energy", 1)])
def test_another_platform_handle_or_seed_is_another_story(other: tuple[str, str, int]) -> None:
    platform, handle, seed = other
    assert simulation(seed).number(platform, handle) != simulation().number("twitter", "energy")
    assert simulation(seed).count(platform, handle, NOON) != simulation().count("twitter", "energy", NOON)


def test_levels_reach_from_hundreds_to_millions() -> None:
    levels = [simulation().count("twitter", handle, ANCHOR) for handle in HANDLES]
    assert min(levels) < 1_000
    assert max(levels) > 1_000_000
    assert all(SMALLEST * 0.9 < level < LARGEST * 1.1 for level in levels)


def test_most_accounts_never_lose_anybody_and_some_lose_a_few() -> None:
    growths = [
        [after - before for before, after in pairwise(simulation().count("twitter", handle, at) for at in hours(400))]
        for handle in HANDLES
    ]
    losing = [growth for growth in growths if min(growth) < 0]
    assert 0 < len(losing) < len(growths) / 4
    assert all(max(growth) <= 0 for growth in losing)


def test_a_year_makes_a_difference_that_a_reader_would_believe() -> None:
    for handle in HANDLES:
        before, after = (simulation().count("twitter", handle, NOON - timedelta(days=days)) for days in (365, 0))
        assert 0.9 * before < after < 1.9 * before


def test_growth_is_faster_by_day_than_by_night_and_slower_on_sundays() -> None:
    world = simulation()
    big = max(HANDLES, key=lambda handle: world.count("twitter", handle, NOON))

    def gained(start: datetime, span: timedelta) -> int:
        weeks = [start + timedelta(weeks=week) for week in range(20)]
        return sum(abs(world.count("twitter", big, at + span) - world.count("twitter", big, at)) for at in weeks)

    six_hours, day = timedelta(hours=6), timedelta(days=1)
    assert gained(NOON + six_hours / 2, six_hours) > 1.5 * gained(NOON - 1.5 * six_hours, six_hours)
    wednesday, sunday = datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)
    assert gained(wednesday, day) > 1.2 * gained(sunday, day)


@pytest.mark.parametrize("year", [1, 1970, 2006, 2019, 9999])
def test_a_count_is_defined_at_any_time(year: int) -> None:
    assert simulation().count("twitter", "energy", datetime(year, 7, 1, tzinfo=UTC)) >= 0


def test_likes_are_another_count_that_goes_with_followers() -> None:
    world = simulation()
    for handle in HANDLES:
        followers, likes = world.count("facebook", handle, NOON), world.count("facebook", handle, NOON, "likes")
        assert 0.75 * followers < likes < followers
