"""Many readings of one platform in one run: a purge, a fault, or nothing that the platform has to do with."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headcount.check import together as module
from headcount.check.together import Change, together

BEFORE = [15_041, 612_093, 8_388_911, 41_207, 212_345, 97_113]


def changes(*now: int | None, held: bool = False) -> list[Change]:
    """What the first accounts have become; None: nothing is said of that one."""
    pairs = zip(BEFORE, now, strict=False)
    return [Change(f"twitter/{before}", before, count, held) for before, count in pairs if count is not None]


def falls(*shares: float, held: bool = False) -> list[Change]:
    return changes(*(round(before * (1 - share)) for before, share in zip(BEFORE, shares, strict=False)), held=held)


TABLE = [
    ("nothing changed", [], 6, None),
    ("one account falls", falls(0.2, held=True), 6, None),
    ("two of two fall", falls(0.02, 0.05), 2, None),
    ("three of six fall, each by its own share", falls(0.012, 0.045, 0.021), 6, "purge"),
    ("three of a hundred fall", falls(0.012, 0.045, 0.021), 100, None),
    ("so far that they are held", falls(0.12, 0.31, 0.05, held=True), 6, "purge"),
    ("a third of many", falls(0.012, 0.045, 0.021), 9, "purge"),
    ("less than that", falls(0.012, 0.045, 0.021), 10, None),
    ("by next to nothing", falls(0.001, 0.002, 0.0005), 6, None),
    ("by more than a purge takes", falls(0.5, 0.6, 0.55, held=True), 6, "fault"),
    ("by one and the same share", falls(0.1, 0.1, 0.1, held=True), 6, "fault"),
    ("to one and the same number", changes(12_345, 12_345, 12_345, held=True), 6, "fault"),
    ("to nothing", changes(0, 0, 0, 0, held=True), 6, "fault"),
    ("upwards", falls(-0.12, -0.31, -0.05, held=True), 6, "fault"),
    ("upwards, but plausible", falls(-0.012, -0.031, -0.005), 6, None),
    ("to round numbers", changes(15_000, 610_000, 8_300_000, 41_000, 210_000, 97_000), 6, None),
    ("as many rise as fall", [*falls(0.012, 0.045, 0.021), *falls(0, 0, 0, -0.03, -0.04, -0.02)[3:]], 6, None),
    ("another account's number each", changes(612_093, 8_388_911, 15_041, 212_345, 41_207, held=True), 6, "fault"),
    ("one account, said of by three jobs", falls(0.02) * 3, 3, None),
    ("accounts of nobody", [Change(f"twitter/{n}", 0, 0, held=False) for n in range(3)], 3, None),
]


def faults() -> list[str]:
    return [why for why, changed, counted, meant in TABLE if module.together(changed, counted) != meant]


def test_it_is_told_what_many_changes_mean_together() -> None:
    assert faults() == []


@pytest.mark.parametrize("word", [None, "purge", "fault"])
def test_a_rule_that_always_says_the_same_is_caught(word: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "together", lambda changed, counted: word)
    assert faults()


@given(st.integers(3, 60), st.floats(0.008, 0.1), st.integers(0, 2**32))
def test_a_removal_of_fakes_is_a_purge_whatever_the_accounts(accounts: int, usual: float, seed: int) -> None:
    """Each account has its share of fakes: half as many as usual to twice as many."""
    random = Random(seed)
    levels = [random.randrange(20_000, 5_000_000) * 10 + 1 for _ in range(accounts)]
    shares = [usual * 0.5, usual * 2, *(usual * random.uniform(0.5, 2) for _ in levels[2:])]
    fell = [Change(f"x/{n}", level, int(level * (1 - share)) // 10 * 10 + 7, held=False)
            for n, (level, share) in enumerate(zip(levels, shares, strict=True))]  # fmt: skip
    assert together(fell, accounts) == "purge"


@given(st.integers(3, 60), st.integers(0, 2**32))
def test_a_digit_lost_everywhere_is_a_fault(accounts: int, seed: int) -> None:
    random = Random(seed)
    levels = [random.randrange(1_000, 5_000_000) for _ in range(accounts)]
    lost = [Change(f"x/{n}", level, level // 10, held=True) for n, level in enumerate(levels)]
    assert together(lost, accounts) == "fault"
