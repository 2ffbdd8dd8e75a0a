"""An Excel workbook as sheets of text: read cell by cell, and never trusted."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell

from headcount.errors import Fault, Mistake
from headcount.roster.sheet import Line, Refused, Sheet, sheet_of
from headcount.roster.signatures import OLD_OR_ENCRYPTED
from headcount.roster.typed import DIGITS, plain_text

MOST_BYTES = 50_000_000
"""Of all parts of a workbook, unpacked."""
MOST_PARTS = 1_000
MOST_ROWS = 100_000
MOST_COLUMNS = 500
LAST_ROW = 1_048_576
"""Of any sheet that a spreadsheet program writes."""

_BROKEN = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError, TypeError, ValueError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl makes of a file that is none of a spreadsheet program's."""

_ZEROS = re.compile("0{2,}")
"""The format of a number that is an id: a spreadsheet shows 712 as 00712."""

_Row = tuple[int, list[object]]


def read_workbook(content: bytes, file: str) -> Iterator[tuple[str, Sheet]]:
    """The visible sheets that have a header, each under the name that complaints call it by.

    Raises:
        Mistake: where it cannot be read, or is larger than any roster.
    """
    _look_at_the_outside(content, file)
    for called, rows in _pages(content, file):
        if rows:
            yield called, sheet_of(_lines(rows), called)


def _look_at_the_outside(content: bytes, file: str) -> None:
    """Sizes and encryption are told by the outside of the file, before anything is unpacked."""
    if content.startswith(OLD_OR_ENCRYPTED):
        hint = "save it without a password, as .xlsx or as CSV UTF-8"
        raise Mistake([Fault(file, "this workbook is encrypted, or of the old format .xls", hint=hint)])
    with _in_words(file), zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise Mistake([Fault(file, "this workbook is larger than any roster", hint="save the one sheet as CSV UTF-8")])


def _pages(content: bytes, file: str) -> list[tuple[str, list[_Row]]]:
    with _in_words(file), _opened(content, values=True) as shown, _opened(content, values=False) as written:
        return [
            (name := f"{file}, sheet {page.title}", list(_rows(shown, written, page.title, name)))
            for page in shown.worksheets
            if page.sheet_state == "visible"
        ]


@contextmanager
def _in_words(file: str) -> Iterator[None]:
    """Whatever is wrong inside is a sentence; what openpyxl warns of (styles, extensions) is no matter of a roster."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _BROKEN:
        hint = "open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8"
        raise Mistake([Fault(file, "this is not a workbook, or it is broken", hint=hint)]) from None


@contextmanager
def _opened(content: bytes, *, values: bool) -> Iterator[Workbook]:
    """The workbook with the values that its formulas had when it was saved, or with the formulas."""
    with closing(load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)) as book:
        yield book


def _rows(shown: Workbook, written: Workbook, page: str, file: str) -> Iterator[_Row]:
    """The rows in which anything stands. What the sheet says of its own size is not believed."""
    for book in (shown, written):
        book[page].reset_dimensions()
    for number, row, beside in zip(
        range(1, LAST_ROW + 1), shown[page].iter_rows(), written[page].iter_rows(), strict=False
    ):
        if len(row) > MOST_COLUMNS:
            raise _too_large(file, f"a roster has at most {MOST_COLUMNS} columns", number)
        found = [_value(cell, formula) for cell, formula in zip(row, beside, strict=True)]
        if any(value is not None for value in found):
            if number > MOST_ROWS:
                raise _too_large(file, f"a roster has at most {MOST_ROWS:,} rows", number)
            yield number, found


def _value(cell: Cell | MergedCell, formula: Cell | MergedCell) -> object:
    if cell.value is None:
        unknown = formula.data_type == "f" and cell.data_type != "str"
        return _refused(str(formula.value), "a formula whose value is not in the file") if unknown else None
    if cell.data_type == "e":
        return _refused(str(cell.value), f"a formula that went wrong: {cell.value}")
    if cell.data_type == "n" and "E+" in str(cell.number_format).upper():
        return _refused(str(cell.value), f"a number that a spreadsheet shows in powers of ten: {cell.value:.2E}")
    if _ZEROS.fullmatch(str(cell.number_format)) and isinstance(cell.value, int) and 0 <= cell.value < 10**DIGITS:
        return f"{cell.value:0{len(cell.number_format)}}"
    return cell.value


def _refused(shown: str, what: str) -> Refused:
    return Refused(shown, what, "write the text itself")


def _too_large(file: str, what: str, row: int) -> Mistake:
    return Mistake([Fault(file, what, row, hint="delete what stands beyond, empty cells too")])


def _lines(rows: list[_Row]) -> list[Line]:
    """The rows as text, with the blank ones between them."""
    columns = [str(value or "").strip().casefold() for value in rows[0][1]] + [""] * MOST_COLUMNS
    lines: list[Line] = []
    due = rows[0][0]
    for number, values in rows:
        lines.extend((blank, ()) for blank in range(due, number))
        lines.append((number, [plain_text(value, column) for value, column in zip(values, columns, strict=False)]))
        due = number + 1
    return lines
