"""Totals never sum an incomplete set silently."""

from __future__ import annotations

import pytest

from headcount.measure.rollup import Total, roll_up, total
from headcount.model import Unit

Counts = dict[str, dict[str, int | None]]


def of(**counts: list[int | None]) -> Counts:
    """The counts of units whose accounts are all their own."""
    return {unit: {f"{unit}/{number}": count for number, count in enumerate(some)} for unit, some in counts.items()}


TREE = [Unit("dot", "Department"), Unit("lab", "Lab", "dot"), Unit("desk", "Desk", "lab"), Unit("post", "Post", "dot")]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([3, 4], Total(7, 2, 2)),
        ([3, None], Total(3, 1, 2)),
        ([0, None], Total(0, 1, 2)),
        ([None, None], Total(None, 0, 2)),
        ([], Total(None, 0, 0)),
    ],
)
def test_a_total_says_how_many_it_counts_of_how_many(counts: list[int | None], expected: Total) -> None:
    assert total(counts) == expected
    assert total(iter(counts)).complete == (None not in counts)


def test_a_unit_has_the_total_of_its_own_accounts_and_of_all_under_it() -> None:
    found = roll_up(TREE, of(dot=[1], lab=[10, None], desk=[100, 100], post=[]))
    assert list(found) == ["dot", "lab", "desk", "post"]
    assert (found["dot"].own, found["dot"].whole) == (Total(1, 1, 1), Total(211, 4, 5))
    assert (found["lab"].own, found["lab"].whole) == (Total(10, 1, 2), Total(210, 3, 4))
    assert found["desk"].own == found["desk"].whole == Total(200, 2, 2)
    assert found["post"].whole == Total(None, 0, 0)


def test_an_account_that_two_units_run_is_counted_once_in_what_they_come_to_together() -> None:
    shared: Counts = {"lab": {"twitter/shared": 10, "twitter/lab": 1}, "post": {"twitter/shared": 10}}
    found = roll_up(TREE, shared)
    assert (found["lab"].whole, found["post"].whole) == (Total(11, 2, 2), Total(10, 1, 1))
    assert found["dot"].whole == Total(11, 2, 2)


def test_a_unit_that_only_the_counts_know_is_not_lost() -> None:
    assert roll_up(TREE, of(gone=[5]))["gone"].whole == Total(5, 1, 1)


def test_a_unit_with_an_unknown_parent_stands_at_the_top() -> None:
    found = roll_up([*TREE, Unit("stray", "Stray", "nobody")], of(dot=[1], stray=[5]))
    assert (found["dot"].whole, found["stray"].whole) == (Total(1, 1, 1), Total(5, 1, 1))


def test_units_that_are_under_each_other_are_counted_once() -> None:
    ring = [Unit("a", "A", "c"), Unit("b", "B", "a"), Unit("c", "C", "b"), Unit("self", "Self", "self")]
    found = roll_up(ring, {"a": {"x": 1}, "b": {"y": 2}, "c": {"z": None}, "self": {"me": 7}})
    assert [found[unit].whole for unit in "abc"] == [Total(3, 2, 3)] * 3
    assert found["self"].whole == Total(7, 1, 1)


def test_a_chain_of_a_thousand_units_is_no_matter() -> None:
    chain = [Unit(str(number), "", str(number - 1) if number else None) for number in range(1000)]
    assert roll_up(chain, {unit.id: {unit.id: 1} for unit in chain})["0"].whole == Total(1000, 1000, 1000)
