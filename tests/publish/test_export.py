"""A table in every form holds the same: real numbers, real dates, texts as they are, and nothing that is run."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.cell.cell import MergedCell

from headcount.errors import Mistake
from headcount.publish import workbook
from headcount.publish.encode import Cell, csv_bytes
from headcount.publish.export import FORMS, Table, names_of, write
from headcount.publish.schema import Field, Schema

PAYLOADS = (
    "=1+1", "=cmd|'/c calc'!A0", '=HYPERLINK("http://evil.example","x")', "+1+1", "-1+1", "@SUM(1+1)", "@nasa", "-energy",
    "=", "+", "-", "@", "\t=1+1", "=1+1\n=2+2", "==1", "=#REF!", "#N/A", "#REF!", "TRUE", "0042", "1E5", "1.23E+15",
    "12345678901234567890", "2026-11-20", "10%", "$5", "'quoted", "=ImportXML(CONCAT(A1))", " x", 'a,b"c\nd',
)  # fmt: skip
"""What a spreadsheet may run, or take for something else than a text."""

SCHEMA = Schema(
    (
        Field("id", "string", "An id", required=True),
        Field("day", "date", "A day"),
        Field("at", "datetime", "A moment (UTC)"),
        Field("old", "datetime", "The same as the old pages read it (UTC)", format="%m/%d/%y %H:%M"),
        Field("count", "integer", "People"),
        Field("net", "integer", "The change"),
        Field("share", "number", "A share"),
        Field("active", "boolean", "Whether"),
        Field("month", "yearmonth", "A month"),
        Field("status", "string", "One of some words", enum=("accepted", "missed")),
    )
)
DAY, AT, OLD = (
    date(2026, 11, 20),
    datetime(2026, 11, 20, 12, 1, 2, 345678, tzinfo=UTC),
    datetime(2026, 11, 20, 12, 1, tzinfo=UTC),
)
WHOLE: list[Cell] = [
    "2026-11-20",
    "2026-11-20T12:01:02.345678Z",
    "11/20/26 12:01",
    10**12,
    -5,
    0.25,
    "true",
    "2026-11",
    "accepted",
]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """A table of every type of column: a row a payload, and one in which all is missing."""
    rows: list[list[Cell]] = [[text, *WHOLE] for text in PAYLOADS]
    nothing: list[Cell] = ["nothing", *[None] * len(WHOLE)]
    halves = ("2025", rows[:9]), ("2026", [*rows[9:], nothing])
    places = []
    for year, part in halves:
        places.append(tmp_path / f"{year}.csv")
        places[-1].write_bytes(b"".join(csv_bytes(SCHEMA.header, part)))
    return Table("readings/all: [of] it?", tuple(places), "csv", SCHEMA)


def written(table: Table, form: str) -> Path:
    to = table.files[0].parent / f"made.{form}"
    write(table, form, to)
    return to


def test_the_parts_of_a_table_are_joined_under_one_header(table: Table) -> None:
    found = list(csv.reader(io.StringIO(written(table, "csv").read_bytes().decode(), newline="")))
    assert len(found) == len(PAYLOADS) + 2
    assert found[0] == list(SCHEMA.header)
    assert [row[0] for row in found].count("id") == 1


def test_json_has_numbers_and_null_and_texts_as_they_are(table: Table) -> None:
    found = json.loads(written(table, "json").read_text())
    assert [row["id"] for row in found] == [*PAYLOADS, "nothing"]
    assert found[0] == {
        "id": "=1+1",
        "day": "2026-11-20",
        "at": "2026-11-20T12:01:02.345678Z",
        "old": "2026-11-20T12:01:00Z",
        "count": 10**12,
        "net": -5,
        "share": 0.25,
        "active": True,
        "month": "2026-11",
        "status": "accepted",
    }
    assert set(found[-1].values()) == {"nothing", None}


def test_parquet_has_real_types(table: Table) -> None:
    path = written(table, "parquet")
    found = pq.read_table(path)
    assert {field.name: str(field.type) for field in found.schema} == {
        "id": "string", "day": "date32[day]", "at": "timestamp[us, tz=UTC]", "old": "timestamp[us, tz=UTC]",
        "count": "int64", "net": "int64", "share": "double", "active": "bool", "month": "string", "status": "string",
    }  # fmt: skip
    rows = found.to_pylist()
    assert [row["id"] for row in rows] == [*PAYLOADS, "nothing"]
    assert (rows[0]["day"], rows[0]["at"], rows[0]["old"], rows[0]["net"]) == (DAY, AT, OLD, -5)
    assert rows[-1]["count"] is None
    question = f"SELECT count(*), count(count), sum(count) FROM '{path}'"
    assert duckdb.connect().execute(question).fetchone() == (len(PAYLOADS) + 1, len(PAYLOADS), len(PAYLOADS) * 10**12)


def cells(path: Path, sheet: int = 0) -> list[tuple[BookCell | MergedCell, ...]]:
    return list(load_workbook(path).worksheets[sheet].iter_rows())


def test_a_workbook_has_dates_numbers_and_texts(table: Table) -> None:
    header, first, *_, last = cells(written(table, "xlsx"))
    assert [cell.value for cell in header] == list(SCHEMA.header)
    assert [cell.data_type for cell in first] == ["s", "d", "d", "d", "n", "n", "n", "b", "s", "s"]
    naive = [datetime(2026, 11, 20), AT.replace(tzinfo=None), OLD.replace(tzinfo=None)]  # noqa: DTZ001 - a cell knows no zone
    assert [cell.value for cell in first[1:4]][::2] == naive[::2]
    assert isinstance(first[2].value, datetime)
    assert abs(first[2].value - naive[1]) < timedelta(milliseconds=1)
    assert [cell.value for cell in first[4:]] == [10**12, -5, 0.25, True, "2026-11", "accepted"]
    assert [cell.number_format for cell in first[:3]] == ["@", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"]
    assert [cell.value for cell in last] == ["nothing", *[None] * len(WHOLE)]


def test_no_cell_of_a_workbook_is_run_and_every_text_is_as_it_was(table: Table) -> None:
    found = [row[0] for row in cells(written(table, "xlsx"))[1:-1]]
    assert [cell.value for cell in found] == list(PAYLOADS)
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)


def test_a_workbook_that_is_written_carelessly_would_run_them(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_text", lambda _sheet, text: text)
    monkeypatch.setattr(workbook, "_bold", lambda _sheet, text: text)
    assert "f" in {row[0].data_type for row in cells(written(table, "xlsx"))}


def test_a_workbook_says_what_its_columns_mean_and_holds_its_header_in_place(table: Table) -> None:
    path = written(table, "xlsx")
    book = load_workbook(path)
    assert (book.sheetnames, [sheet.freeze_panes for sheet in book]) == (
        ["readings all   of  it ", "columns"],
        ["A2"] * 2,
    )
    notes = [[cell.value for cell in row] for row in cells(path, 1)]
    assert notes[:4] == [
        ["column", "type", "description", "values"],
        ["id", "text", "An id", None],
        ["day", "date", "A day", None],
        ["at", "date and time, UTC", "A moment (UTC)", None],
    ]
    assert notes[-1] == ["status", "text", "One of some words", "accepted, missed"]


def test_more_rows_than_a_sheet_holds_are_refused_in_words(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", len(PAYLOADS))
    with pytest.raises(
        Mistake, match=f"has more than the {len(PAYLOADS)} rows that a sheet can hold: take it as csv or parquet"
    ):
        written(table, "xlsx")


def test_control_characters_do_not_spoil_a_workbook(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_bytes(b"".join(csv_bytes(["id"], [["a\x0bb"], ["x" * 40_000]])))
    one = Table("a", (place,), "csv", Schema((Field("id", "string", "An id"),)))
    assert [row[0].value for row in cells(written(one, "xlsx"))] == ["id", "ab", "x" * 32_767]


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_table_is_a_table(tmp_path: Path, form: str) -> None:
    place = tmp_path / "a.csv"
    place.write_bytes(b"".join(csv_bytes(SCHEMA.header, [])))
    path = written(Table("a", (place,), "csv", SCHEMA), form)
    match form:
        case "json":
            assert json.loads(path.read_text()) == []
        case "parquet":
            assert pq.read_table(path).num_rows == 0
        case "xlsx":
            assert len(cells(path)) == 1
        case _:
            assert path.read_bytes() == place.read_bytes()


def test_a_document_is_given_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / "gaps.json"
    place.write_text("{}")
    gaps = Table("gaps", (place,), "json")
    assert written(gaps, "json").read_text() == "{}"
    with pytest.raises(Mistake, match="gaps is no table: it can be had as json only"):
        written(gaps, "xlsx")


KNOWN = {
    "daily.csv", "accounts.csv", "accounts.json", "latest.json", "readings/2025-12.csv", "readings/2026-01.csv",
    "readings/latest.csv", "series/daily/twitter/energy.csv", "series/hourly/twitter/energy/2025.csv",
    "series/hourly/twitter/energy/2026.csv", "parquet/year=2026/month=01/readings.parquet",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("daily", ["daily.csv"]),
        ("daily.csv", ["daily.csv"]),
        ("accounts", ["accounts.csv"]),
        ("accounts.json", ["accounts.json"]),
        ("latest", ["latest.json"]),
        ("readings", ["readings/2025-12.csv", "readings/2026-01.csv"]),
        ("readings/2026-01", ["readings/2026-01.csv"]),
        ("readings/latest", ["readings/latest.csv"]),
        ("series/daily/twitter/energy", ["series/daily/twitter/energy.csv"]),
        ("series/hourly/twitter/energy/2026", ["series/hourly/twitter/energy/2026.csv"]),
        ("series/hourly/twitter/energy", [f"series/hourly/twitter/energy/{year}.csv" for year in (2025, 2026)]),
        ("series/daily/twitter", []),
        ("series/daily", []),
        ("read.ngs", []),
        ("../daily", []),
        ("nope", []),
    ],
)
def test_a_table_is_found_by_its_name(name: str, expected: list[str]) -> None:
    assert names_of(name, KNOWN) == expected
