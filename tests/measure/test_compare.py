"""Two tables of counts side by side."""

from __future__ import annotations

import pytest

from headcount.measure.compare import Comparison, compare

Column = dict[str, int | None]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"a": 10, "b": 20}, {"a": 10, "b": 20}, Comparison("x", 2, 2)),
        ({"a": 100, "b": 200}, {"a": 101, "b": 210}, Comparison("x", 2, 0, 3.0, 5.0, "b")),
        ({"a": 100, "b": 0}, {"a": 100, "b": 50}, Comparison("x", 2, 1, 5000.0, 5000.0, "b")),
        ({"a": 10, "b": None}, {"a": None, "b": 20}, Comparison("x", only_first=1, only_second=1)),
        ({"a": 10}, {"c": 10}, Comparison("x", only_first=1, only_second=1)),
        ({"a": None}, {"a": None}, Comparison("x")),
    ],
    ids=["the same", "apart", "a zero of the old one", "gaps are no zeros", "other rows", "nothing"],
)
def test_a_column_is_compared_where_both_have_a_count(first: Column, second: Column, expected: Comparison) -> None:
    assert compare({"x": first}, {"x": second}) == [expected]


def test_only_columns_that_both_have_are_compared_in_the_order_of_the_first() -> None:
    assert [each.column for each in compare({"b": {}, "a": {}, "old": {}}, {"a": {}, "new": {}, "b": {}})] == ["b", "a"]
