"""Tables of counts that people noted: CSV, or a workbook as spreadsheet programs save it."""

from __future__ import annotations

from datetime import datetime

import pytest

from headcount.errors import Mistake
from headcount.pipeline.by_hand.counts_file import read_counts
from tests.roster.books import workbook

HEADER: list[object] = ["account", "at", "count", "rounded_to"]


def test_a_csv_and_a_workbook_say_the_same() -> None:
    table = b"account,at,count,rounded_to\nmanual/parks,2026-01-05,1204,\nmanual/parks,2026-02-05 18:30,1300,100\n"
    rows: list[list[object]] = [
        HEADER,
        ["manual/parks", datetime.fromisoformat("2026-01-05"), 1204],
        ["manual/parks", datetime.fromisoformat("2026-02-05T18:30"), 1300, 100],
    ]
    read = read_counts(table, "counts.csv")
    book = read_counts(workbook({"About": [["made by jane"]], "Counts": rows}), "counts.xlsx")
    assert [(each.account, each.at.removesuffix(":00"), each.count, each.rounded_to) for each in book] == [
        (each.account, each.at, each.count, each.rounded_to) for each in read
    ]
    assert [each.line for each in book] == ["counts.xlsx, sheet Counts, line 2", "counts.xlsx, sheet Counts, line 3"]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (["manual/parks", "2026-01-05", 1.5], "line 2, column count: "),
        (["manual/parks", "2026-01-05", True], "line 2, column count: "),
        (["manual/parks", "2026-01-05", None], "line 2, column count: the cell is empty"),
        (["manual/parks", None, 5], "line 2, column at: the cell is empty"),
        (
            ["manual/parks", "2026-01-05", datetime.fromisoformat("2026-01-05")],
            "line 2, column count: a spreadsheet has turned this into",
        ),
    ],
)
def test_a_cell_that_a_spreadsheet_has_spoilt_is_refused_by_its_place(row: list[object], complaint: str) -> None:
    with pytest.raises(Mistake) as refused:
        read_counts(workbook([HEADER, row]), "counts.xlsx")
    assert complaint in str(refused.value)


def test_a_workbook_without_such_a_table_says_which_column_it_lacks() -> None:
    with pytest.raises(Mistake, match="sheet Accounts, line 1: there is no column 'at'"):
        read_counts(workbook([["account", "count"], ["manual/parks", 5]]), "counts.xlsx")
    with pytest.raises(Mistake, match="the workbook is empty"):
        read_counts(workbook({"Sheet": []}), "counts.xlsx")
