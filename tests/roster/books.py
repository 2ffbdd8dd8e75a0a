"""Made-up workbooks: what a spreadsheet program would save, and what no program would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook

Sheets = Mapping[str, Sequence[Sequence[object]]]


def workbook(sheets: Sheets | Sequence[Sequence[object]]) -> bytes:
    """A workbook with these sheets, or with one."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, rows in (sheets if isinstance(sheets, Mapping) else {"Accounts": sheets}).items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
    return out.getvalue()


FIRST_SHEET = "xl/worksheets/sheet1.xml"


def with_xml(rows: str, dimension: str = "A1:C9") -> bytes:
    """A workbook whose first sheet has these rows, as XML."""
    start = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    xml = f'{start}<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    return repacked(workbook([[]]), FIRST_SHEET, lambda _: xml.encode())
