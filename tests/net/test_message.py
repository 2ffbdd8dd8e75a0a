"""What replies say of waiting, of what is left and of the time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from headcount.net.message import LONGEST_ERROR, LONGEST_WAIT, Allowance, Reply, ahead, retry_after, window

AT = datetime(2026, 11, 5, 7, 0, tzinfo=UTC)

WAITS = [
    ("120", timedelta(minutes=2)),
    (" 120 ", timedelta(minutes=2)),
    ("0", timedelta()),
    ("007", timedelta(seconds=7)),
    ("86400", timedelta(days=1)),
    ("86401", LONGEST_WAIT),
    ("315360000", LONGEST_WAIT),
    ("9" * 5000, LONGEST_WAIT),
    ("Thu, 05 Nov 2026 07:02:00 GMT", timedelta(minutes=2)),
    ("Thu, 05 Nov 2026 07:02:00 -0000", timedelta(minutes=2)),
    ("Thu, 05 Nov 2026 08:02:00 +0100", timedelta(minutes=2)),
    ("Thursday, 05-Nov-26 07:02:00 GMT", timedelta(minutes=2)),
    ("Thu, 05 Nov 2026 06:00:00 GMT", timedelta()),
    ("Thu, 01 Jan 1970 00:00:00 GMT", timedelta()),
    ("Sun, 05 Nov 2036 07:00:00 GMT", LONGEST_WAIT),
    ("", None),
    ("-1", None),
    ("1.5", None),
    ("1e3", None),
    ("soon", None),
    ("\u0661\u0662\u0660", None),
    ("120, 60", None),
    ("Thu, 99 Nov 2026 07:02:00 GMT", None),
    ("Thu, 05 Nov 99999 07:02:00 GMT", None),
    ("\0", None),
    ("Thu, 05 Nov 2026 07:02:00 GMT, Thu, 05 Nov 2026 07:02:00 GMT", None),
]


def saying(**headers: str) -> Reply:
    return Reply(429, {name.replace("_", "-"): value for name, value in headers.items()}, b"", AT)


@pytest.mark.parametrize(("text", "wait"), WAITS)
def test_retry_after_is_a_wait_or_nothing(text: str, wait: timedelta | None) -> None:
    assert retry_after(saying(retry_after=text)) == wait


def test_without_the_header_there_is_no_wait() -> None:
    assert retry_after(saying()) is None


@pytest.mark.parametrize(
    ("remaining", "reset", "said"),
    [
        ("7", "1793862000", Allowance(7, datetime.fromtimestamp(1793862000, UTC))),
        ("0", "", Allowance(0)),
        ("7", "soon", Allowance(7)),
        ("7", "9" * 400, Allowance(7)),
        ("9" * 400, "", Allowance(999_999_999)),
        ("", "1793862000", None),
        ("-1", "1793862000", None),
        ("\u0667", "", None),
    ],
)
def test_a_window_says_what_is_left_or_nothing(remaining: str, reset: str, said: Allowance | None) -> None:
    assert window(saying(x_limit_remaining=remaining, x_limit_reset=reset), "x-limit") == said


TWO_MINUTES = timedelta(minutes=2)


@pytest.mark.parametrize(
    ("why", "date", "difference"),
    [
        ("as it is written today", "Thu, 05 Nov 2026 06:58:00 GMT", TWO_MINUTES),
        ("we are behind", "Thu, 05 Nov 2026 07:02:00 GMT", -TWO_MINUTES),
        ("we agree", "Thu, 05 Nov 2026 07:00:00 GMT", timedelta()),
        ("it is no Thursday, whatever it says", "Mon, 05 Nov 2026 06:58:00 GMT", TWO_MINUTES),
        ("as RFC 850 wrote it", "Thursday, 05-Nov-26 06:58:00 GMT", TWO_MINUTES),
        ("as asctime writes it", "Thu Nov  5 06:58:00 2026", TWO_MINUTES),
        ("in another zone", "Thu, 05 Nov 2026 07:58:00 +0100", TWO_MINUTES),
        ("days old: a cache, or our own clock; others tell", "Mon, 26 Oct 2026 07:00:00 GMT", timedelta(days=10)),
        ("our battery is dead, or theirs", "Thu, 01 Jan 1970 00:00:00 GMT", AT - datetime(1970, 1, 1, tzinfo=UTC)),
        ("nobody is so wrong", "Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("nor there, where it is a day later", "Fri, 31 Dec 9999 23:59:59 -1200", None),
        ("nor in the year 1600", "Wed, 05 Nov 1600 07:00:00 GMT", None),
        ("two that agree", "Thu, 05 Nov 2026 06:58:00 GMT, Thu, 05 Nov 2026 06:58:00 GMT", None),
        ("two that do not", "Thu, 05 Nov 2026 06:58:00 GMT, Thu, 05 Nov 2026 03:58:00 GMT", None),
        ("no day of a month", "Thu, 99 Nov 2026 06:58:00 GMT", None),
        ("a leap second", "Thu, 05 Nov 2026 06:59:60 GMT", None),
        ("of another form", "2026-11-05T06:58:00Z", None),
        ("a number", "1793862000", None),
        ("words", "a while ago", None),
        ("nothing", "", None),
        ("not even text", "\0\ufffd", None),
    ],
)
def test_a_date_says_how_far_our_clock_is_ahead_or_nothing(why: str, date: str, difference: timedelta | None) -> None:
    assert ahead(saying(date=date)) == difference, why


@pytest.mark.parametrize(
    ("age", "difference"),
    [
        ("0", TWO_MINUTES),
        ("120", timedelta()),
        ("007", timedelta(seconds=113)),
        ("999999999", TWO_MINUTES - timedelta(seconds=999_999_999)),
        ("-120", None),
        ("1.5", None),
        ("", None),
        ("120, 0", None),
        ("\u0661\u0662\u0660", None),
        ("9" * 5000, None),
    ],
)
def test_what_a_cache_kept_is_as_old_as_it_says_or_says_nothing(age: str, difference: timedelta | None) -> None:
    assert ahead(saying(date="Thu, 05 Nov 2026 06:58:00 GMT", age=age)) == difference


def test_a_reply_without_a_date_says_nothing_of_the_time() -> None:
    assert ahead(saying()) is None
    assert ahead(saying(age="120")) is None


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_century_is_the_most_that_a_clock_is_believed_to_be_wrong(sign: int) -> None:
    assert ahead(saying(date=f"{AT - sign * LONGEST_ERROR:%a, %d %b %Y %H:%M:%S} GMT")) == sign * LONGEST_ERROR
    beyond = AT - sign * (LONGEST_ERROR + timedelta(seconds=1))
    assert ahead(saying(date=f"{beyond:%a, %d %b %Y %H:%M:%S} GMT")) is None
