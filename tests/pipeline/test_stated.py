"""What people state is understood in one way, or refused."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from headcount.errors import Mistake
from headcount.pipeline.by_hand.counts_file import read_counts
from headcount.pipeline.by_hand.stated import count_of, granularity_of, moment_of

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "count"),
    [("0", 0), ("7", 7), ("1204", 1204), (" 1,204 ", 1204), ("1_204_567", 1_204_567), ("12,345,678", 12_345_678)],
)
def test_a_count_is_plain_digits_or_whole_groups(text: str, count: int) -> None:
    assert count_of(text) == count


@pytest.mark.parametrize(
    "text",
    ["", "-5", "+5", "1.2K", "1.204", "1,20", "1,2345", "1,204_567", ",204", "0,204", "1 204", "1e3", "0x10", "\u0661", "1,", "9" * 14, "5000000000000"],
)  # fmt: skip
def test_what_could_be_another_number_or_none_is_refused(text: str) -> None:
    with pytest.raises(Mistake, match="not certainly a number of people"):
        count_of(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-20", "2026-11-20T05:00"),
        ("2026-07-04", "2026-07-04T04:00"),
        ("2026-11-19T18:30", "2026-11-19T23:30"),
        ("2026-11-19 18:30", "2026-11-19T23:30"),
        ("2026-11-19T18:30Z", "2026-11-19T18:30"),
        ("2026-11-19T18:30+01:00", "2026-11-19T17:30"),
    ],
)
def test_a_time_without_a_zone_is_the_organisations(text: str, at: str) -> None:
    assert moment_of(text, NEW_YORK, NOW) == datetime.fromisoformat(at).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-11-21", "still to come"),
        ("2026-11-20T12:00:01Z", "still to come"),
        ("11/12/26 10:00", "is no time"),
        ("yesterday", "is no time"),
        ("2026-02-30", "is no time"),
        ("2026-11-01T01:30", "happens twice"),
        ("2026-03-08T02:30", "skipped"),
        ("1969-12-31", "too long ago"),
        ("", "is no time"),
    ],
)
def test_a_time_that_is_none_or_two_or_to_come_is_refused(text: str, why: str) -> None:
    with pytest.raises(Mistake, match=why):
        moment_of(text, NEW_YORK, NOW)


@pytest.mark.parametrize(
    ("text", "count", "granularity"), [("1", 7, 1), ("100000", 1_200_000, 100_000), ("1,000", 0, 1000)]
)
def test_how_finely_a_count_was_shown_is_a_power_of_ten(text: str, count: int, granularity: int) -> None:
    assert granularity_of(text, count) == granularity


@pytest.mark.parametrize(
    ("text", "count", "why"),
    [
        ("0", 0, "'0' is nothing that counts are rounded to: write 10, 100, 1000, ..."),
        ("7", 7, "'7' is nothing"),
        ("20", 40, "'20' is nothing"),
        ("1000", 1234, "1,234 is not rounded to 1,000: write the count as it was shown"),
        ("1K", 1000, "not certainly a number"),
    ],
)
def test_what_no_count_is_rounded_to_is_refused(text: str, count: int, why: str) -> None:
    with pytest.raises(Mistake, match=why):
        granularity_of(text, count)


def test_a_table_of_counts_is_read_with_its_lines() -> None:
    found = read_counts(b'account;at;count\r\nx/a;2026-01-01;"1,204"\r\n\r\nx/b;2026-01-02;7\r\n', "counts.csv")
    assert [(each.account, each.count, each.metric, each.line) for each in found] == [
        ("x/a", "1,204", "", "counts.csv, line 2"),
        ("x/b", "7", "", "counts.csv, line 4"),
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "the file is empty"),
        ("account,count\nx/a,1\n", "there is no column 'at'"),
        ("account,at,count,colour\nx/a,2026-01-01,1,red\n", "nobody knows the column 'colour'"),
        ("account,at,count\nx/a,,1\n", "line 2, column at: the cell is empty"),
        ("account,at,count\nx/a,2026-01-01,1,204\n", "line 2"),
    ],
)
def test_a_table_of_another_shape_is_refused_with_its_place(content: str, why: str) -> None:
    with pytest.raises(Mistake, match=why):
        read_counts(content.encode(), "counts.csv")
