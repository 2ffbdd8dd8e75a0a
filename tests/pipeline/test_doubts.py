"""What speaks against a count that a person enters: the number that stands, and nothing where it fits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from headcount.model import Account, Count, Past
from headcount.pipeline.by_hand.doubts import doubt
from headcount.store.nouns import Beside, Entered

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ROUNDED = Past(NOON, Count(2_170_000, 10_000, "truncated"), "api")
EXACT = Past(NOON, Count(344), "simulated-api")
LARGE = Past(NOON, Count(8_227), "api")
BY_HAND = Past(NOON + MINUTE, Count(99), "manual")


def entered(count: int, granularity: int = 1, at: datetime = NOON + MINUTE) -> Entered:
    return Entered(Account("youtube/lab", "lab"), "followers", count, at, (), "jane", at, granularity=granularity)


@pytest.mark.parametrize(
    ("why", "count", "in_slot"),
    [
        ("nothing stands", entered(0), []),
        ("within the rounding", entered(2_179_999), [ROUNDED]),
        ("rounded itself", entered(2_180_000, 1_000), [ROUNDED]),
        ("as many as the exact one", entered(344), [EXACT]),
        ("a few more than the exact one", entered(360), [EXACT]),
        ("as many more as half a day may bring", entered(8_600, at=NOON + 12 * HOUR), [LARGE]),
        ("it was entered already", entered(99), [BY_HAND, ROUNDED]),
        ("another by hand is no platform's", entered(7), [BY_HAND]),
    ],
)
def test_nothing_speaks_against_a_count_that_fits(why: str, count: Entered, in_slot: list[Past]) -> None:
    assert doubt(count, Beside(None, (tuple(in_slot),))) == "", why


@pytest.mark.parametrize(
    ("count", "in_slot", "stands"),
    [
        (
            entered(0),
            ROUNDED,
            "0 does not agree with 2,170,000 (rounded to 10,000), which stands: the platform's own API",
        ),
        (entered(2_180_000), ROUNDED, "2,180,000 does not agree with 2,170,000 (rounded to 10,000)"),
        (entered(99_000, 1_000), ROUNDED, "99,000 (rounded to 1,000) does not agree with 2,170,000"),
        (
            entered(3440),
            EXACT,
            "3,440 does not agree with 344, which stands: the platform's own API (simulated) at 2026-11-",
        ),
        (entered(400), EXACT, "400 does not agree with 344"),
        (entered(400, at=NOON - HOUR), EXACT, "400 does not agree with 344"),
        (entered(8_600), LARGE, "8,600 does not agree with 8,227"),
    ],
)
def test_what_a_platform_says_otherwise_in_the_same_slot_is_told(count: Entered, in_slot: Past, stands: str) -> None:
    assert f"youtube/lab followers: {stands}" in doubt(count, Beside(None, ((), (in_slot,))))


@pytest.mark.parametrize(
    ("count", "before", "fits"),
    [
        (0, Past(NOON - DAY, Count(1_204), "manual"), False),
        (12_040, Past(NOON - DAY, Count(1_204), "manual"), False),
        (1_500, Past(NOON - DAY, Count(1_204), "import"), False),
        (1_250, Past(NOON - DAY, Count(1_204), "manual"), True),
        (0, Past(NOON - DAY, Count(9), "manual"), True),
        (0, Past(NOON - 40 * DAY, Count(1_204), "manual"), True),
    ],
)
def test_a_count_is_held_against_the_newest_before_as_live_readings_are(count: int, before: Past, fits: bool) -> None:
    said = doubt(entered(count), Beside(before, ((), ())))
    assert (said == "") == fits
    assert fits or f"is far from {before.count.value:,}, which stands" in said
