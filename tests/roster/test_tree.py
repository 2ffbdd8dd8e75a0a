"""The tree of units."""

from __future__ import annotations

from headcount.model import Unit
from headcount.roster.tree import breaks, children, descendants

UNITS = (
    Unit("labs", "Labs", parent="top"),
    Unit("top", "Top"),
    Unit("a", "Lab A", parent="labs"),
    Unit("alone", "Alone"),
    Unit("office", "Office", parent="top"),
    Unit("b", "Lab B", parent="labs"),
)


def test_children_stand_in_the_order_of_the_roster() -> None:
    found = {parent: [unit.id for unit in units] for parent, units in children(UNITS).items()}
    assert found == {None: ["top", "alone"], "top": ["labs", "office"], "labs": ["a", "b"]}


def test_a_unit_s_descendants_include_itself() -> None:
    assert descendants(UNITS, "labs") == {"labs", "a", "b"}
    assert descendants(UNITS, "b") == {"b"}


def test_a_sound_tree_has_no_breaks_and_a_loop_is_told_of_by_those_in_it() -> None:
    assert list(breaks(UNITS)) == []
    loop = (Unit("a", "A", parent="b"), Unit("b", "B", parent="c"), Unit("c", "C", parent="b"))
    assert [(unit, what) for unit, what, _ in breaks(loop)] == [
        ("b", "unit b is under itself: b under c under b"),
        ("c", "unit c is under itself: c under b under c"),
    ]
    assert descendants(loop, "b") == {"a", "b", "c"}


def test_a_deep_tree_needs_no_deep_stack() -> None:
    deep = tuple(Unit(str(number), "u", parent=str(number - 1) if number else None) for number in range(3000))
    assert len(descendants(deep, "0")) == 3000
