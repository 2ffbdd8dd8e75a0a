"""Every figure of a report, worked out a second time from the rows of the store, by another way."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from headcount.model import KNOWN_ABSENCES, Count
from headcount.news.story import Story
from headcount.publish.outputs.digest import scope
from headcount.reports.digest import Digest
from headcount.reports.gather import gather
from headcount.reports.page import fastest
from headcount.reports.period import Period, last_days, last_week, named_week
from headcount.reports.words import headline, part, percent, signed
from headcount.store.reader import Row
from tests.publish.newsroom import DAY, NOON, Newsroom
from tests.reports.conftest import CANARY, FIRST, week

OWN = {"twitter/dot", "facebook/dot", "twitter/lab"}
"""Of the newsroom's, those that are public, its own, and were counted."""


def rows(newsroom: Newsroom) -> list[Row]:
    zone = newsroom.edition().zone
    found = newsroom.store.fills(week().start(zone), week().end(zone))
    return [row for row in found if row.key in OWN and row.metric == "followers"]


def ends(newsroom: Newsroom) -> dict[str, dict[date, Row]]:
    """The last accepted count of each account on each day, from the fills."""
    zone = newsroom.edition().zone
    days: dict[str, dict[date, Row]] = {key: {} for key in OWN}
    for row in newsroom.store.fills(FIRST, week().end(zone)):
        if row.key in OWN and row.status == "accepted":
            days[row.key][row.taken_at.astimezone(zone).date()] = row
    return days


def test_the_audience_is_the_sum_of_the_newest_counts_and_says_of_how_many(newsroom: Newsroom, digest: Digest) -> None:
    newest = [by_day[week().last].count for by_day in ends(newsroom).values()]
    assert digest.audience.total == sum(filter(None, newest))
    assert (digest.audience.counted, digest.audience.of) == (3, 5)


def test_changes_are_between_comparable_ends_and_nobody_else_is_listed(newsroom: Newsroom, digest: Digest) -> None:
    eve = week().first - timedelta(days=1)
    expected = {
        key: (by_day[week().last].count or 0) - (by_day[eve].count or 0)
        for key, by_day in ends(newsroom).items()
        if by_day[eve].granularity == by_day[week().last].granularity
    }
    assert {each.account.key: each.change for each in digest.movers} == expected
    assert digest.audience.change == sum(expected.values())
    assert sum(digest.audience.unknown.values()) == digest.audience.of - digest.audience.known


def test_a_day_brings_what_its_accounts_changed_by_since_the_day_before(newsroom: Newsroom, digest: Digest) -> None:
    days = ends(newsroom)
    for told in digest.days:
        pairs = [(by[told.day - timedelta(days=1)], by[told.day]) for by in days.values() if told.day in by
                 and told.day - timedelta(days=1) in by]  # fmt: skip
        assert told.gained == sum((now.count or 0) - (then.count or 0) for then, now in pairs)
        assert told.counted == sum(told.day in by for by in days.values())
    assert [each.day for each in digest.days if each.counted == 2] == [date(2026, 11, 12)]


def test_milestones_are_those_that_certain_counts_have_passed(newsroom: Newsroom, digest: Digest) -> None:
    days = ends(newsroom)["twitter/dot"]
    passed = next(day for day, row in sorted(days.items()) if (row.count or 0) >= 10_000)
    assert [(each.account.key, each.milestone, each.day) for each in digest.passed] == [("twitter/dot", 10_000, passed)]
    assert "facebook/dot" not in {each.account.key for each in digest.passed}


def test_what_was_collected_is_counted_out_of_what_was_due(newsroom: Newsroom, digest: Digest) -> None:
    found = rows(newsroom)
    by_status = Counter(row.status for row in found if row.reason not in KNOWN_ABSENCES)
    (whole,) = [each for each in digest.collected if each.job == "hourly" and not each.platform]
    assert whole.due == 7 * 24 * len(OWN)
    assert whole.counted == by_status["accepted"] == 20
    assert whole.held == by_status["held"] == 1
    assert dict(whole.missed) == {"blocked": 1}
    assert whole.not_asked == whole.due - len(found)
    platforms = [each for each in digest.collected if each.job == "hourly" and each.platform]
    assert sum(each.counted for each in platforms) == whole.counted
    assert sum(each.due for each in platforms) == whole.due


def test_who_shows_nobody_is_told_with_what_there_was_before(digest: Digest) -> None:
    assert [(each.account.key, each.before) for each in digest.zeros] == [("twitter/lab", 10)]


def test_an_outage_is_told_from_when_to_when_without_what_was_said_to_us(digest: Digest) -> None:
    (outage,) = digest.outages
    assert (outage.since, outage.until) == (NOON - 9 * DAY, NOON - 9 * DAY + timedelta(hours=5))
    assert outage.lasted == timedelta(hours=5)
    assert outage.accounts == 1
    assert "script" not in outage.title + outage.text


def test_an_incident_that_is_not_over_lasts_until_the_period_does(newsroom: Newsroom) -> None:
    edition = newsroom.edition(NOON - 9 * DAY + timedelta(hours=3))
    running = gather(newsroom.store, scope(edition), week(), edition.at)
    assert running.outages[0].until is None
    assert running.outages[0].lasted == timedelta(hours=3)


def test_a_count_that_was_held_is_told_without_its_number(digest: Digest) -> None:
    (doubt,) = digest.doubts
    assert (doubt.account.key, doubt.state) == ("twitter/dot", "awaiting review")
    assert "95000000" not in repr(digest).replace("_", "")


def test_nothing_of_peers_and_internal_accounts_is_told(digest: Digest) -> None:
    said = repr(digest)
    assert CANARY not in said
    assert "rival" not in said
    assert "777" not in said


def test_counts_of_different_rounding_are_never_subtracted(newsroom: Newsroom) -> None:
    zone = newsroom.edition().zone
    newsroom.say("facebook/dot", Count(1_230_456), week().end(zone) - timedelta(hours=2))
    edition = newsroom.edition()
    digest = gather(newsroom.store, scope(edition), week(), edition.at)
    assert "facebook/dot" not in {each.account.key for each in digest.movers}
    assert digest.audience.unknown["counted another way than before"] == 1


def test_a_segment_is_never_crossed(newsroom: Newsroom, digest: Digest) -> None:
    newsroom.store.tell([("noted", Story("segment", "notice", "twitter/dot"))], NOON - 8 * DAY)
    edition = newsroom.edition()
    after = gather(newsroom.store, scope(edition), week(), edition.at)
    assert {each.account.key for each in digest.movers} - {each.account.key for each in after.movers} == {"twitter/dot"}


def test_where_nobody_was_counted_there_is_no_total_and_not_zero(newsroom: Newsroom) -> None:
    edition = newsroom.edition()
    empty = gather(newsroom.store, scope(edition), Period(date(2026, 8, 3), date(2026, 8, 9)), edition.at)
    assert empty.audience.total is None
    assert empty.audience.change is None
    assert headline(empty) == "None of the 5 accounts of Department was counted in the week."


def test_a_handful_of_people_is_no_fast_growth(digest: Digest) -> None:
    assert [each.account.key for each in fastest(digest)] == ["twitter/dot"]


@pytest.mark.parametrize(
    ("text", "first"),
    [("2026-W46", date(2026, 11, 9)), ("2026W46", date(2026, 11, 9)), ("2026-w01", date(2025, 12, 29)),
     ("2026-W54", None), ("46", None), ("", None)],
)  # fmt: skip
def test_a_week_is_called_by_its_year_and_number(text: str, first: date | None) -> None:
    found = named_week(text)
    assert (found.first if found else None) == first


def test_periods_are_whole_days_that_are_over() -> None:
    assert last_week(date(2026, 11, 22)) == Period(date(2026, 11, 9), date(2026, 11, 15))
    assert last_week(date(2026, 11, 23)) == Period(date(2026, 11, 16), date(2026, 11, 22))
    assert last_days(date(2026, 11, 23), 30) == Period(date(2026, 10, 24), date(2026, 11, 22))
    assert week().words == "9 to 15 November 2026"
    assert Period(date(2025, 12, 29), date(2026, 1, 4)).words == "29 December 2025 to 4 January 2026"


@pytest.mark.parametrize(
    ("said", "words"),
    [(signed(-1234), "\N{MINUS SIGN}1,234"), (signed(5), "+5"), (signed(0), "0"), (percent(-0.0012), "\N{MINUS SIGN}0.12 %"),
     (percent(0.25), "+25.0 %"), (percent(None), ""), (part(9_999_999, 10_000_000), "99.9 %"), (part(3, 3), "100 %")],
)  # fmt: skip
def test_figures_in_words(said: str, words: str) -> None:
    assert said == words
