"""Handles that look misspelt, and what has changed between two rosters."""

from __future__ import annotations

from itertools import product

import pytest
from msgspec import Struct

from headcount.roster.diff import Difference, difference
from headcount.roster.near import Neighbours, is_near, is_slip
from headcount.roster.parsed import Parsed
from headcount.roster.read import parse
from headcount.roster.typos import likely_typos


def tidy(*rows: str, columns: str = "unit,platform,account") -> Parsed:
    parsed = parse("\n".join([columns, *rows, ""]).encode(), "roster")
    assert parsed.roster.entries
    return parsed


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("ENERGY", "ENERYG", True),
        ("energy", "Enrgy", True),
        ("energy", "energyy", True),
        ("energy", "enargy", True),
        ("energy", "ENERGY", False),
        ("energy", "yenerg", False),
        ("energy", "energy1", False),
        ("doe_sc", "doesc", False),
        ("epaair", "epawater", False),
        ("nasa", "nassa", False),
        ("", "", False),
    ],
)
def test_a_slip_is_one_letter_that_is_missing_too_many_wrong_or_swapped(one: str, other: str, slip: bool) -> None:
    assert is_slip(one, other) is slip
    assert is_slip(other, one) is slip
    assert (other.casefold() in Neighbours([other.casefold()]).of(one.casefold())) is slip


def test_neighbours_are_all_that_comparing_everyone_with_everyone_finds() -> None:
    words = ["".join(letters) for letters in product("ab", repeat=6)] + [
        "".join(letters) for letters in product("ab", repeat=5)
    ]
    near = Neighbours(words)
    for word in words[::7]:
        assert near.of(word) == sorted(other for other in words if is_slip(word, other))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("secretaryperry", "secertaryprery", True), ("energy", "enrgy", True), ("energy", "interior", False)],
)
def test_a_corrected_spelling_is_near(one: str, other: str, near: bool) -> None:
    assert is_near(one, other) is near


class Answered(Struct, frozen=True):
    platform: str
    handles: tuple[str, ...]
    key: str = ""
    ids: dict[str, str] = {}


TYPOS = [
    (["A,x,ENERGY", "A,instagram,ENERYG"], [
        "roster, line 3, column account: instagram ENERYG may be misspelt (did you mean ENERGY, as twitter on line 2?)",
    ]),
    (["A,x,ENERYG", "A,instagram,ENERGY", "A,slideshare,energy"], [
        "roster, line 2, column account: twitter ENERYG may be misspelt (did you mean ENERGY, as instagram on line 3?)",
    ]),
    (["A,x,ENERGY", "B,x,ENERYG"], [
        "roster, line 3, column account: twitter ENERYG may be misspelt (did you mean ENERGY, as twitter on line 2?)",
    ]),
    (["A,x,ENERGY", "B,instagram,ENERYG"], []),
    (["A,x,ENERGY", "A,instagram,energy", "A,slideshare,energy2"], []),
    (["A,x,secretaryperrry"], [
        ("roster, line 2, column account: twitter secretaryperrry may be misspelt "
         "(did you mean SecretaryPerry, which has answered before?)"),
    ]),
    (["A,x,secretaryperry"], []),
    (["A,instagram,secretaryperrry"], []),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), TYPOS, ids=lambda each: " ".join(each)[:40])
def test_a_handle_a_slip_away_from_one_of_its_unit_or_platform_is_told(rows: list[str], expected: list[str]) -> None:
    known = [Answered("twitter", ("SecretaryPerry",)), Answered("facebook", ())]
    assert list(map(str, likely_typos(tidy(*rows).placed, known))) == expected


def test_many_handles_are_looked_through_without_comparing_everyone_with_everyone() -> None:
    rows = [f"U{number % 50},slideshare,account{number:05}name" for number in range(1_000)]
    placed = tidy(*rows, "U1,slideshare,account00007mane").placed
    assert [fault.line for fault in likely_typos(placed)] == []
    placed = tidy(*rows, "U1,slideshare,account00007nmae").placed
    assert [fault.line for fault in likely_typos(placed)] == [1002]


OLD = ["A,x,ENERGY,", "A,x,Same,1", "B,x,Moving,", "A,slideshare,gone,", "A,x,both,", "B,x,both,"]
NEW = ["A,x,ENERYG,", "A,x,SAME,2", "A,x,Moving,", "A,slideshare,come,", "A,x,both,", "C,x,Third,", "C,x,Moving,"]
WITH = "unit,platform,account,priority"


def test_what_came_went_moved_and_changed_is_told() -> None:
    found = difference(tidy(*OLD, columns=WITH), tidy(*NEW, columns=WITH))
    assert {(each.unit, each.handle) for each in found.added} == {
        ("A", "ENERYG"),
        ("A", "come"),
        ("C", "Third"),
        ("C", "Moving"),
    }
    assert {(each.unit, each.handle) for each in found.removed} == {("A", "ENERGY"), ("A", "gone"), ("B", "both")}
    assert [(each.before.unit, each.after.unit, each.after.handle) for each in found.moved] == [("B", "A", "Moving")]
    assert [(each.after.handle, each.fields) for each in found.changed] == [("SAME", ("handle", "priority"))]
    assert [(each.removed.handle, each.added.handle) for each in found.typos] == [("ENERGY", "ENERYG")]
    assert [fault.line for fault in found.shared] == [8]
    assert found.duplicates == ()


TERMS = "unit,platform,account,from,to"
PAST = "A,x,potus,,2025-01-19"
NOW = "A,x,potus,2025-01-20,"
SHORT = "A,x,potus,2025-01-20,2025-03-31"
WHOLE = "A,x,potus,,"
ELSEWHERE = "B,x,potus,2025-01-20,"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([PAST], [PAST, NOW], ["added from 2025-01-20"]),
        ([PAST, NOW], [PAST], ["removed from 2025-01-20"]),
        ([PAST, NOW], [NOW, PAST], []),
        ([PAST, NOW], [PAST, SHORT], ["changed until"]),
        ([WHOLE], [PAST, NOW], ["added from 2025-01-20", "changed until"]),
        ([WHOLE], [PAST, ELSEWHERE], ["added from 2025-01-20", "changed until"]),
        ([PAST, NOW], [PAST, ELSEWHERE], ["moved to B"]),
        ([PAST, PAST], [PAST], []),
    ],
)
def test_an_account_of_several_terms_is_compared_term_by_term(
    old: list[str], new: list[str], expected: list[str]
) -> None:
    found = difference(tidy(*old, columns=TERMS), tidy(*new, columns=TERMS))
    assert [
        *(f"added from {each.since}" for each in found.added),
        *(f"removed from {each.since}" for each in found.removed),
        *(f"changed {' '.join(each.fields)}" for each in found.changed),
        *(f"moved to {each.after.unit}" for each in found.moved),
    ] == expected


UNITS = "unit,unit_id,parent_id,holder,active,account"


def test_units_that_came_went_and_changed_are_told() -> None:
    old = tidy("City,1,,,,x.com/a", "Mayor,2,1,Ann,,", "Parks,3,1,,,", "Lakes,4,,,,", columns=UNITS)
    new = tidy("Town,1,,,,x.com/a", "Mayor,2,,Ben,no,", "Parks,3,1,,,", "Woods,5,1,,,", columns=UNITS)
    found = difference(old, new).units
    assert [unit.name for unit in found.added] == ["Woods"]
    assert [unit.name for unit in found.removed] == ["Lakes"]
    assert [(each.after.id, each.fields) for each in found.changed] == [
        ("1", ("name",)),
        ("2", ("parent", "holder", "active")),
    ]
    assert difference(old, old) == Difference()


def test_nameless_rows_between_units_are_no_difference() -> None:
    rows = ["City,1,x", ",,", "Parks,2,y", ""]
    header = "type,zid,slideshare\n"
    with_row = parse((header + "\n".join(rows)).encode(), "roster")
    without = parse((header + "\n".join(row for row in rows if row != ",,")).encode(), "roster")
    assert len(with_row.roster.units) == len(without.roster.units) + 1
    assert difference(with_row, without) == Difference()


def test_a_roster_does_not_differ_from_itself_whatever_its_format() -> None:
    wide = parse(b"type,zid,twitter,slideshare\nA,A,ENERGY|Other,energy\n", "roster")
    same = tidy("A,slideshare,Energy", "A,,https://x.com/other", "A,x,@energy")
    found = difference(wide, same)
    assert {each.fields for each in found.changed} == {("handle",)}
    assert difference(wide, wide) == Difference()
    assert (found.added, found.removed, found.moved, found.typos) == ((), (), (), ())


def test_accounts_that_the_new_roster_names_twice_are_told() -> None:
    found = difference(tidy("A,x,one"), tidy("A,x,one", "A,x,ONE", "B,x,one"))
    assert [fault.line for fault in found.duplicates] == [3]
    assert [fault.line for fault in found.shared] == [4, 4]
    assert not found.is_empty


def test_a_new_account_of_another_platform_is_no_correction_of_one_that_went() -> None:
    found = difference(tidy("A,x,ENERGY"), tidy("A,instagram,ENERYG"))
    assert found.typos == ()
    assert len(found.added) == len(found.removed) == 1
