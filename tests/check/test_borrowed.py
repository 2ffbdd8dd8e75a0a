"""Another account's number: held however often it comes, and nobody but a person releases it."""

from __future__ import annotations

import pytest
from msgspec import structs

from headcount.check.borrowed import borrowed
from headcount.check.case import Case, Neighbour
from headcount.check.judge import quarantine
from headcount.model import Count, Past
from tests.check.cases import NOON, series

STEADY = [100_000 + 10 * hour for hour in range(48)]


def case(value: int, others: dict[str, int], held: int = 0, granularity: int = 1) -> Case:
    """A steady series of 100,000 whose newest `held` readings and this one say `value`."""
    past = series(*STEADY, *[value] * held, held=held)
    now = Past(NOON, Count(value, granularity, "exact" if granularity == 1 else "rounded"), "api")
    return Case(past, now, others=saying(others))


def saying(others: dict[str, int]) -> list[Neighbour]:
    return [Neighbour(key, said=count) for key, count in others.items()]


@pytest.mark.parametrize(
    ("found", "speaks"),
    [
        (case(80_000, {"twitter/lab": 80_000}), True),
        (case(80_000, {"twitter/lab": 80_150}), True),
        (case(80_000, {"twitter/lab": 80_200}), False),
        (case(80_000, {"twitter/lab": 79_000, "twitter/nnsa": 80_001}), True),
        (case(80_000, {}), False),
        (case(900, {"twitter/lab": 900}), False),
        (case(80_000, {"twitter/lab": 80_000}, granularity=1_000), False),
    ],
    ids=["the same", "an hour later", "near, and no more", "one of several", "nobody", "alike by chance", "rounded"],
)
def test_it_speaks_where_another_account_has_that_count(found: Case, speaks: bool) -> None:
    assert bool(borrowed(found)) == speaks


def test_it_speaks_where_the_other_had_it_before_this_run_for_a_whole_list_may_be_a_row_off() -> None:
    others = [Neighbour("twitter/lab", shown=80_000, said=5_000, doubtful=True)]
    assert borrowed(structs.replace(case(80_000, {}), others=others)) == "twitter/lab has 80,000"


@pytest.mark.parametrize("held", range(6))
def test_however_often_it_comes_it_is_held(held: int) -> None:
    verdict = quarantine(case(80_000, {"twitter/lab": 80_000}, held))
    assert (verdict.decision, verdict.rule) == ("hold", "borrowed")
    assert "twitter/lab has 80,000" in verdict.detail


def test_a_fall_to_nobody_s_number_is_released_by_the_third_that_agrees() -> None:
    found = case(80_000, {"twitter/lab": 80_000}, held=2)
    assert quarantine(structs.replace(found, others=saying({"twitter/lab": 81_000}))).rule == "three_agree"


def test_a_plausible_count_may_be_another_s_too() -> None:
    assert quarantine(case(100_480, {"twitter/lab": 100_480})).decision == "accept"
