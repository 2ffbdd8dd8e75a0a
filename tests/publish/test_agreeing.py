"""Whoever compares the report of a week, the feed and the status page finds that they tell the same."""

from __future__ import annotations

import re
from datetime import datetime

import feedparser  # type: ignore[import-untyped] # it has no types
import pytest

from headcount.model import Count
from headcount.news.story import Story
from headcount.pipeline.watching.happening import A_WEEK
from headcount.pipeline.watching.passing import milestones
from headcount.publish.outputs.digest import digests, scope
from headcount.publish.outputs.feed import feed
from headcount.publish.outputs.status_page import status_page
from headcount.reports.digest import Digest
from headcount.reports.gather import gather
from headcount.reports.period import named_week
from tests.publish.newsroom import DAY, HOUR, MINUTE, NOON, Newsroom

MONDAY = NOON - 4 * DAY
"""The 16th; the week is over when the next Monday has begun."""
OVER = NOON + 4 * DAY

Said = tuple[float, int | Count, str]
"""Days after Monday noon, the count, and what counted it."""


def watched(newsroom: Newsroom, at: datetime) -> None:
    """What a watch notes at that time of milestones."""
    found = {each.key: each for each in milestones(newsroom.store, {"twitter/dot"}, at - A_WEEK, at + MINUTE)}
    noted = newsroom.store.told(found)
    newsroom.store.tell([("noted", each) for key, each in found.items() if key not in noted], at)


def counted(newsroom: Newsroom, said: list[Said]) -> None:
    """Counts, after each of which somebody watches."""
    for days, count, source in said:
        at = MONDAY + days * DAY
        newsroom.say("twitter/dot", count, at, source=source)
        watched(newsroom, at + 2 * MINUTE)


def report(newsroom: Newsroom) -> Digest:
    week, edition = named_week("2026-W47"), newsroom.edition(OVER)
    assert week
    return gather(newsroom.store, scope(edition), week, edition.at)


def entries(newsroom: Newsroom) -> list[str]:
    newsroom.publish(OVER, feed)
    return [each.title for each in feedparser.parse(newsroom.bytes("events.atom")).entries]


def words(newsroom: Newsroom, name: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", newsroom.bytes(name).decode()).split())


@pytest.mark.parametrize(
    ("said", "passed"),
    [
        ([(0, 9_985, "api"), (0.1, 10_003, "api")], [10_000]),
        ([(-3, 9_985, "api"), (1, 10_003, "api")], [10_000]),
        ([(0, 10_003, "api"), (1, 10_010, "api")], []),
        ([(0, 9_985, "api"), (1, 10_003, "page")], []),
        ([(0, 9_985, "api"), (1, 10_003, "page"), (6, 10_004, "api")], [10_000]),
        ([(-5, 9_985, "api"), (-4, 10_003, "page"), (1, 10_004, "api")], [10_000]),
        ([(0, Count(900_000, 100_000, "rounded"), "api"), (1, Count(1_000_000, 100_000, "rounded"), "api")], []),
        ([(0, Count(900_000, 100_000, "rounded"), "api"), (1, Count(1_100_000, 100_000, "rounded"), "api")], [1_000_000]),
        ([(0, 9_985, "api"), (1, 10_003, "api"), (2, 9_990, "api"), (3, 10_004, "api")], [10_000]),
        ([(-9, 9_985, "api"), (-8, 10_003, "api"), (-7, 9_990, "api"), (3, 10_004, "api")], []),
        ([(0, 9_985, "api"), (0.1, 10_003, "api"), (0.2, 9_990, "api")], [10_000]),
        ([(0, 1_990, "api"), (1, 2_003, "api"), (2, 5_003, "api")], [2_000, 5_000]),
    ],
    ids=[
        "on its first day", "since the week before", "above it from the beginning", "between two sources",
        "by its own source, later", "by its own source, in the next week", "rounded, and not certain",
        "rounded, and certain", "fallen and come back within the week", "fallen and come back since the week before",
        "for an hour, and below it at the end of the day", "two in a week",
    ],
)  # fmt: skip
def test_the_milestones_of_the_report_are_those_of_the_feed(
    newsroom: Newsroom, said: list[Said], passed: list[int]
) -> None:
    counted(newsroom, said)
    titles = [f"dot on twitter has passed {each:,} followers" for each in passed]
    found = {each.milestone: each.count for each in report(newsroom).passed}
    noted = [each.story.figures for each in newsroom.store.events(MONDAY)]
    assert found == {figures["passed"]: figures["count"] for figures in noted}
    assert list(found) == passed
    earlier = said[0][0] < -7
    assert entries(newsroom)[::-1][1 if earlier else 0 :] == titles


def test_a_report_tells_the_milestones_of_a_time_in_which_nobody_watched(newsroom: Newsroom) -> None:
    for days, count in enumerate((9_985, 10_003)):
        newsroom.say("twitter/dot", count, MONDAY + days * DAY)
    assert [each.milestone for each in report(newsroom).passed] == [10_000]
    assert entries(newsroom) == []


def test_all_three_tell_of_the_organisations_own_accounts_and_of_the_same_number(newsroom: Newsroom) -> None:
    for key in ("twitter/dot", "twitter/lab", "twitter/secret", "twitter/rival"):
        newsroom.say(key, "blocked", MONDAY)
    refusing = Story(
        "platform", "urgent", "twitter", "blocked", MONDAY,
        ("twitter/dot", "twitter/lab", "twitter/rival", "twitter/secret"), figures={"of": 4},
    )  # fmt: skip
    gone = Story("account", "warning", "twitter/rival", "not_found", MONDAY, ("twitter/rival",))
    newsroom.store.tell([("opened", refusing), ("opened", gone)], MONDAY + HOUR)
    newsroom.publish(MONDAY + 7 * DAY, status_page, feed, digests)
    assert report(newsroom).outages[0].accounts == 2
    for name in ("status.html", "events.atom", "digest.html"):
        assert "It affects 2 of 3 accounts of twitter: dot" in words(newsroom, name), name
        assert "rival on twitter is not found. It has" not in words(newsroom, name), name
    assert entries(newsroom) == ["twitter turns us away for 2 of 3 accounts"]
