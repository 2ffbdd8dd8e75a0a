"""Milestones, on a real store: told at the run that sees one passed, once for ever, and only what we saw being passed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from headcount.model import ACCEPTED, Count, Verdict
from tests.watch.station import Station

HOUR, DAY = 3600, 86_400
PAGE = "page"

Said = tuple[int | Count, str]


@pytest.fixture
def station(station: Station) -> Station:
    station.roster(bluesky=1)
    return station


def told(station: Station, said: Sequence[Said], between: int = 0) -> list[tuple[int, str]]:
    """The milestones that are told, each with the number of the run; a run is an hour after the one before, or later."""
    found = []
    for number, (followers, source) in enumerate(said):
        station.count(bluesky=1, followers=followers, source=source)
        found += [(number, each.story.reason) for each in station.watch().told if each.story.kind == "milestone"]
        station.clock.move(between)
    return found


def api(*followers: int | Count) -> list[Said]:
    return [(each, "api") for each in followers]


@pytest.mark.parametrize(
    ("said", "milestones"),
    [
        (api(9985, 10_003), [(1, "10000")]),
        (api(9985, 9990, 9999, 10_000), [(3, "10000")]),
        (api(10_003, 10_010), []),
        (api(10_003, 9990, 10_010), []),
        (api(9985, 10_003, 9990, 10_010), [(1, "10000")]),
        (api(9985, 20_003, 9990, 10_010), [(1, "20000")]),
        (api(1990, 2003, 5003), [(1, "2000"), (2, "5000")]),
        (api(980, 990), []),
        ([(9985, "api"), (10_003, PAGE)], []),
        ([(9985, "api"), (10_003, PAGE), (10_004, "api")], [(2, "10000")]),
        ([(9985, "api"), (10_003, "reparsed-api")], [(1, "10000")]),
        (api(Count(9990, 10), Count(10_000, 100), Count(10_100, 100)), [(2, "10000")]),
    ],
)
def test_a_milestone_is_told_at_the_run_that_sees_it_passed(
    station: Station, said: list[Said], milestones: list[tuple[int, str]]
) -> None:
    assert told(station, said) == milestones


@pytest.mark.parametrize(
    ("said", "milestones"),
    [
        (api(9985, 10_003, 9990, 10_010), [(1, "10000")]),
        (api(10_003, 9990, 9990, 10_010), []),
        ([(10_003, PAGE), (9990, "api"), (9991, "api"), (10_010, "api")], []),
        (api(9985, 9985, 9985, 10_010), [(3, "10000")]),
    ],
)
def test_who_falls_below_and_comes_back_days_later_has_passed_it_already(
    station: Station, said: list[Said], milestones: list[tuple[int, str]]
) -> None:
    assert told(station, said, 2 * DAY) == milestones


def test_what_was_passed_while_nobody_watched_is_told_at_the_next_run(station: Station) -> None:
    for followers in (9985, 10_003):
        station.count(bluesky=1, followers=followers)
    assert told(station, api(10_004)) == [(0, "10000")]


def test_what_was_held_and_is_released_days_later_is_told_then(station: Station) -> None:
    station.count(bluesky=1, followers=9985)
    station.watch()
    station.count(bluesky=1, followers=10_003, verdict=Verdict("hold", "leap"))
    station.clock.move(3 * DAY)
    (held,) = station.store.awaiting()
    assert held.reading
    station.store.decide(held.reading, ACCEPTED, "staff", station.clock.now())
    assert told(station, api(10_004)) == [(0, "10000")]
