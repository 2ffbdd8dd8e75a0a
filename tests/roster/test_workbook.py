"""Rosters in Excel workbooks: typed cells, what a spreadsheet has spoilt, and files that no spreadsheet program writes."""

from __future__ import annotations

import random
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from headcount.errors import Mistake
from headcount.model import Unit
from headcount.roster.read import keepable, parse, read_roster
from tests.roster.books import FIRST_SHEET, repacked, saved, with_xml, workbook

HEADER = ["unit", "unit_id", "platform", "account", "priority", "collect", "from", "to"]
AFRESH = "(make the column a text column and enter the id afresh)"
TEXT = "(write the text itself)"


def faults(content: bytes) -> list[str]:
    return [
        str(fault).removeprefix("r.xlsx, sheet Accounts, ").removeprefix("r.xlsx")
        for fault in parse(content, "r.xlsx").faults
    ]


def test_typed_cells_are_read_as_the_text_that_was_meant(tmp_path: Path) -> None:
    file = tmp_path / "r.xlsx"
    row = ["Parks", 7, "slideshare", "aaa|bbb", 3.0, False, date(2024, 2, 1), date(2026, 11, 30)]
    file.write_bytes(workbook([HEADER, row, ["Parks", "7", "slideshare", 12345678.0, None, True]]))
    roster = read_roster(file)
    assert roster.units == (Unit("7", "Parks"),)
    assert [(entry.handle, entry.priority, entry.collect) for entry in roster.entries[:2]] == [
        ("aaa", 3, False),
        ("bbb", 3, False),
    ]
    assert (roster.entries[0].since, roster.entries[0].until) == (date(2024, 2, 1), date(2026, 11, 30))
    assert (roster.entries[2].handle, roster.entries[2].place) == ("12345678", "line 3, column account")


def test_a_wide_roster_in_a_workbook_keeps_its_blank_rows() -> None:
    content = workbook([["type", "zid", "slideshare"], ["Mayor", 1, "mayor"], [], ["Parks", 2, "parks"], [], [""]])
    assert parse(content, "r.xlsx").roster.units == (
        Unit("1", "Mayor"), Unit("spacer-1", "", active=False), Unit("2", "Parks"),
    )  # fmt: skip


def test_the_first_visible_sheet_with_a_known_header_is_read() -> None:
    book = Workbook()
    for name in ("Readme", "Old", "Accounts", "More"):
        page = book.create_sheet(name)
        page.append(["hello"] if name == "Readme" else ["unit", "platform", "account"])
        page.append(["Parks", "slideshare", name])
    book["Old"].sheet_state = "hidden"
    book.create_chartsheet("Chart", 0).add_chart(BarChart())
    parsed = parse(saved(book), "r.xlsx")
    assert [entry.handle for entry in parsed.roster.entries] == ["Accounts"]
    assert parsed.file == "r.xlsx, sheet Accounts"


MORNING = datetime.fromisoformat("2026-03-01T09:00")
REFUSED = [
    (1.23e15, f"a spreadsheet has turned an id into 1.23E+15 {AFRESH}"),
    (1230000000000000, f"a spreadsheet has turned an id into 1.23E+15 {AFRESH}"),
    (2**53 + 2, f"a spreadsheet has turned an id into 9.01E+15 {AFRESH}"),
    (1.23457e14, f"a spreadsheet has turned an id into 1.23E+14 {AFRESH}"),
    (-1.0e20, f"a spreadsheet has turned an id into -1.00E+20 {AFRESH}"),
    (1.5, f"a spreadsheet has turned an id into 1.5 {AFRESH}"),
    (date(2026, 3, 1), "a spreadsheet has turned this into a date: 2026-03-01 (make the column a text column and enter it afresh)"),
    (MORNING, "a spreadsheet has turned this into a date: 2026-03-01 09:00:00 (make the column a text column and enter it afresh)"),
    (time(9, 30), "a spreadsheet has turned this into a date: 09:30:00 (make the column a text column and enter it afresh)"),
    ("=A2&B2", f"a formula whose value is not in the file {TEXT}"),
    ("#REF!", f"a formula that went wrong: #REF! {TEXT}"),
    ("1.23E+15", f"a spreadsheet has turned an id into 1.23E+15 {AFRESH}"),
    (True, "a spreadsheet has turned this into TRUE (make the column a text column and enter it afresh)"),
]  # fmt: skip
TAKEN = ["abc", 712, 712.0, 123456789012345, 1.23456789012e14, "123456789012345678", "=abc"[1:], "TRUE"]


@pytest.mark.parametrize(("cell", "expected"), REFUSED, ids=lambda each: str(each)[:20])
def test_a_cell_that_a_spreadsheet_has_spoilt_is_refused_with_its_place(cell: object, expected: str) -> None:
    found = faults(workbook([["unit", "platform", "account"], ["A", "slideshare", "aaa"], ["A", "slideshare", cell]]))
    assert found == [f"line 3, column account: {expected}"]


@pytest.mark.parametrize("cell", TAKEN, ids=str)
def test_a_cell_that_says_what_was_meant_is_taken(cell: object) -> None:
    assert faults(workbook([["unit", "platform", "account"], ["A", "slideshare", cell]])) == []


@pytest.mark.parametrize(
    ("number", "shown", "expected"),
    [
        (712, "00000", "00712"),
        (712, "00", "712"),
        (712, "0", "712"),
        (712, "General", "712"),
        (12, "0000000000", "0000000012"),
    ],
)
def test_an_id_keeps_the_zeros_that_the_sheet_shows(number: int, shown: str, expected: str) -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in (["type", "zid", "slideshare"], ["Parks", number, "parks"]):
        page.append(row)
    page["B2"].number_format = shown
    assert parse(saved(book), "r.xlsx").roster.units == (Unit(expected, "Parks"),)


def test_a_second_sheet_that_could_be_meant_is_a_thing_to_look_at() -> None:
    rows = [["unit", "platform", "account"], ["Parks", "slideshare", "parks"]]
    assert [(fault.file, fault.what) for fault in parse(workbook({"One": rows, "Two": rows}), "r.xlsx").warnings] == [
        ("r.xlsx, sheet Two", "this sheet has the header of a roster too, and is not read: only the first one is")
    ]
    assert parse(workbook({"One": rows, "Notes": [["hello"]]}), "r.xlsx").warnings == ()


def test_a_number_that_is_shown_in_powers_of_ten_is_refused() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Accounts"
    for row in (["unit", "platform", "account"], ["A", "slideshare", 123456]):
        page.append(row)
    page["C2"].number_format = "0.00E+00"
    assert faults(saved(book)) == [
        f"line 2, column account: a number that a spreadsheet shows in powers of ten: 1.23E+05 {TEXT}"
    ]


def test_a_formula_is_taken_by_the_value_that_it_had_when_it_was_saved() -> None:
    head = '<row r="1"><c r="A1" t="str"><v>unit</v></c><c r="B1" t="str"><v>platform</v></c><c r="C1" t="str"><v>account</v></c></row>'
    cell = '<row r="2"><c r="A2" t="str"><f>X1</f><v>Parks</v></c><c r="B2" t="str"><v>slideshare</v></c><c r="C2" t="str"><f>IF(1;"a";"")</f>{}</c></row>'
    assert [entry.handle for entry in parse(with_xml(head + cell.format("<v>aaa</v>")), "r").roster.entries] == ["aaa"]
    empty = parse(with_xml(head + cell.format("<v></v>")), "r")
    assert [fault.what for fault in empty.faults] == ["slideshare is named, and no account"]


BROKEN = (
    ": this is not a workbook, or it is broken (open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8)"
)
TOO_LARGE = ": this workbook is larger than any roster (save the one sheet as CSV UTF-8)"
GOOD = workbook([["unit", "platform", "account"], ["A", "slideshare", "aaa"]])
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>"""


def bomb(parts: int, size: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(parts):
            archive.writestr(f"xl/part{number}.xml", bytes(size))
    return out.getvalue()


HOSTILE = [
    ("cut off", GOOD[: len(GOOD) // 2], BROKEN),
    ("only the mark of a zip", b"PK\x03\x04", BROKEN),
    ("a zip of something else", bomb(1, 10), BROKEN),
    ("a zip bomb", bomb(6, 10_000_000), TOO_LARGE),
    ("too many parts", bomb(1_001, 0), TOO_LARGE),
    ("entities", repacked(GOOD, FIRST_SHEET, lambda _: LAUGHS), BROKEN),
    ("not XML", repacked(GOOD, FIRST_SHEET, lambda _: b"<worksheet"), BROKEN),
    ("a shared string that is not there", with_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), BROKEN),
    ("a column that is none", with_xml('<row r="1"><c r="ZZZZZ1" t="str"><v>a</v></c></row>'), BROKEN),
    ("a number that is none", with_xml('<row r="1"><c r="A1"><v>abc</v></c></row>'), BROKEN),
    ("encrypted", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
     ": this workbook is encrypted, or of the old format .xls (save it without a password, as .xlsx or as CSV UTF-8)"),
    ("empty", workbook([[]]), None),
    ("another table", workbook([["name", "size"], ["a", 1]]), None),
    ("a stray cell far to the right", with_xml('<row r="1"><c r="A1" t="str"><v>unit</v></c><c r="XFD1"/></row>'),
     "line 1: a roster has at most 500 columns (delete what stands beyond, empty cells too)"),
    ("a stray cell far below", with_xml(
        '<row r="1"><c r="A1" t="str"><v>unit</v></c></row><row r="1048576"><c r="A1048576" t="str"><v>x</v></c></row>'
     ), "line 1048576: a roster has at most 100,000 rows (delete what stands beyond, empty cells too)"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_workbook_that_cannot_be_read_is_a_sentence(content: bytes, expected: str | None) -> None:
    (found,) = [each.removeprefix(", sheet Sheet, ") for each in faults(content)]
    assert found == expected or (expected is None and "this is not a roster that headcount can read" in found)


def test_what_a_sheet_says_of_its_own_size_is_not_believed() -> None:
    head = '<row r="1"><c r="A1" t="str"><v>unit</v></c><c r="B1" t="str"><v>account</v></c></row>'
    row = '<row r="2"><c r="A2" t="str"><v>A</v></c><c r="B2" t="str"><v>https://x.com/a</v></c></row>'
    for size in ("A1", "A1:XFD1048576"):
        assert len(parse(with_xml(head + row, size), "r").roster.entries) == 1


def test_whatever_is_done_to_a_workbook_ends_in_faults_and_never_in_a_crash() -> None:
    dice = random.Random(20261130)
    parts = {name: zipfile.ZipFile(BytesIO(GOOD)).read(name) for name in zipfile.ZipFile(BytesIO(GOOD)).namelist()}

    def spoilt(body: bytes) -> bytes:
        at = dice.randrange(len(body))
        return body[:at] + bytes([dice.randrange(256)]) * dice.randint(0, 3) + body[at + dice.randint(0, 9) :]

    with_faults = 0
    for _ in range(150):
        content = repacked(GOOD, dice.choice(list(parts)), spoilt) if dice.random() < 0.8 else spoilt(GOOD)
        with_faults += bool(parse(content, "r.xlsx").faults)
    assert with_faults > 50


def test_of_a_workbook_the_sheet_that_was_read_is_kept_and_reads_back_as_the_same_roster() -> None:
    rows: list[list[object]] = [
        [*HEADER],
        ["Parks", 7, "slideshare", "aaa|bbb", 3, False, date(2024, 2, 1), None],
        ["Mayor, the", 8, None, None],
    ]
    content = workbook({"Telephones": [["someone", "555-0100"]], "Accounts": rows})
    kept = keepable(content, "r.xlsx")
    assert b"555" not in kept
    assert parse(kept, "r.xlsx").roster == parse(content, "r.xlsx").roster
    assert parse(content, "r.xlsx").roster.entries


def test_what_is_refused_cannot_be_kept() -> None:
    with pytest.raises(Mistake):
        keepable(workbook([["name"]]), "r.xlsx")
