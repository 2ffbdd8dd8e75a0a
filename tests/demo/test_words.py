"""Counts are written as platforms write them."""

from __future__ import annotations

import pytest

from headcount.demo.words import first_digits, rounded, short, spoken


@pytest.mark.parametrize(
    ("value", "cut", "written", "read_aloud"),
    [
        (0, 0, "0", "0"),
        (84, 84, "84", "84"),
        (999, 999, "999", "999"),
        (1_000, 1_000, "1K", "1 thousand"),
        (7_789, 7_780, "7.78K", "7.78 thousand"),
        (10_055, 10_000, "10K", "10 thousand"),
        (999_999, 999_000, "999K", "999 thousand"),
        (2_529_999, 2_520_000, "2.52M", "2.52 million"),
        (10_799_999, 10_700_000, "10.7M", "10.7 million"),
        (1_239_999_999, 1_230_000_000, "1.23B", "1.23 billion"),
    ],
)
def test_youtube_cuts_down_to_three_digits(value: int, cut: int, written: str, read_aloud: str) -> None:
    assert first_digits(value) == cut
    assert short(cut) == written
    assert spoken(cut) == read_aloud


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (84, 2, "84"),
        (999, 2, "999"),
        (8_650, 2, "8.7K"),
        (10_939, 2, "11K"),
        (448_123, 2, "448K"),
        (999_400, 2, "999K"),
        (999_600, 2, "1M"),
        (28_460_812, 2, "28M"),
        (46_383_825, 3, "46.4M"),
        (1_040_000, 3, "1.04M"),
    ],
)
def test_facebook_and_instagram_round_but_never_beyond_the_unit(value: int, digits: int, written: str) -> None:
    assert rounded(value, digits) == written
