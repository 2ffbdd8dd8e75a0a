"""Many accounts of a platform that change steeply at once: held however often it is read, and nobody but a person releases it."""

from __future__ import annotations

import pytest
from msgspec import structs

from headcount.check.case import Case, Neighbour
from headcount.check.judge import quarantine
from headcount.check.sweep import sweep
from headcount.model import Count, Past
from tests.check.cases import NOON, series

STEADY = [100_000] * 48


def case(value: int, *others: Neighbour, held: int = 2) -> Case:
    """A steady series of 100,000 whose newest `held` readings and this one say `value`."""
    past = series(*STEADY, *[value] * held, held=held)
    return Case(past, Past(NOON, Count(value), "api"), others=others)


def swept(share: float, number: int = 2) -> list[Neighbour]:
    """So many accounts whose held count is that share of what they had."""
    return [Neighbour(f"twitter/{place}", 5_000, round(share * 5_000), doubtful=True) for place in range(number)]


def calm(number: int) -> list[Neighbour]:
    """So many accounts that nothing is the matter with."""
    return [Neighbour(f"twitter/calm{place}", 5_000, 5_001) for place in range(number)]


@pytest.mark.parametrize(
    ("found", "speaks"),
    [
        (case(50_000, *swept(0.5)), True),
        (case(50_000, *swept(0.5), *calm(6)), True),
        (case(50_000, *swept(0.5), *calm(7)), False),
        (case(50_000, *swept(0.5, number=1)), False),
        (case(160_000, *swept(1.6)), True),
        (case(120_000, *swept(1.2)), True),
        (case(80_000, *swept(0.8)), True),
        (case(95_000, *swept(0.95)), False),
        (case(70_000, *swept(0.9)), False),
        (case(50_000, *swept(0.9)), False),
        (case(90_000, *swept(0.5)), False),
        (case(50_000, *(structs.replace(each, doubtful=False) for each in swept(0.5))), False),
        (case(50_000, *(structs.replace(each, shown=None) for each in swept(0.5))), False),
        (case(50_000), False),
    ],
    ids=[
        "all", "a third", "fewer than a third", "fewer than three", "risen", "risen a little", "the same share of all",
        "the same share, and a small one", "each its own share, as a purge may take", "the others a little", "itself a little", "the others are believed", "the others are new", "nobody else",
    ],
)  # fmt: skip
def test_it_speaks_where_a_third_of_the_platform_changes_as_no_purge_does(found: Case, speaks: bool) -> None:
    assert bool(sweep(found)) == speaks


@pytest.mark.parametrize("held", [2, 3, 9])
def test_however_often_it_is_read_it_is_held(held: int) -> None:
    verdict = quarantine(case(50_000, *swept(0.5), held=held))
    assert (verdict.decision, verdict.rule) == ("hold", "sweep")
    assert "3 of the platform's 3 accounts changed so at once" in verdict.detail


def test_one_account_s_own_fall_is_released_by_the_third_that_agrees() -> None:
    assert quarantine(case(50_000, *calm(5))).rule == "three_agree"
