"""What replies say of waiting and of what is left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from headcount.net.message import LONGEST_WAIT, Allowance, Reply, retry_after, window

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
