"""A roster's file, opened: the tree of a JSON, or the sheet of a spreadsheet, whatever its encoding."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from headcount.errors import Fault, Mistake
from headcount.roster.lined import decoded
from headcount.roster.sheet import Sheet, read_sheet
from headcount.roster.signatures import is_workbook
from headcount.roster.text import text_of

MOST_BYTES = 32_000_000
"""A file that is larger is no roster."""

_FORMATS = (
    "a roster has the columns unit,unit_id,parent_id,platform,account or type,zid,facebook,twitter,...; "
    "or is an org-chart JSON, or an export of the U.S. Digital Registry"
)


class Tree(Struct, frozen=True):
    """What a JSON file holds, its objects as `lined.Node`s."""

    value: object


class Table(Struct, frozen=True):
    """A sheet, under the name that complaints call it by."""

    sheet: Sheet
    file: str
    warnings: tuple[Fault, ...] = ()
    """Of a workbook: sheets that could have been meant too."""


def opened(content: bytes, file: str, known: Callable[[tuple[str, ...]], bool]) -> Tree | Table:
    """What is in a file; of a workbook, the first sheet that has a known header.

    Raises:
        Mistake: where it is broken, too large, or its header is not known.
    """
    if len(content) > MOST_BYTES:
        raise Mistake([Fault(file, f"this is larger than {MOST_BYTES // 10**6} MB, and no roster")])
    if is_workbook(content):
        return _first(content, file, known)
    text = text_of(content, file)
    if text.lstrip().startswith(("{", "[")):
        return Tree(decoded(text, file))
    sheet = read_sheet(text, file)
    if not known(sheet.columns):
        raise _unknown(file, sheet.line)
    return Table(sheet, file)


def _first(content: bytes, file: str, known: Callable[[tuple[str, ...]], bool]) -> Table:
    from headcount.roster.workbook import read_workbook  # noqa: PLC0415 - openpyxl takes longer to import than a roster to read

    found = [(name, sheet) for name, sheet in read_workbook(content, file) if known(sheet.columns)]
    if not found:
        raise _unknown(file)
    (name, sheet), *others = found
    return Table(sheet, name, tuple(_not_read(each) for each, _ in others))


def _not_read(name: str) -> Fault:
    hint = "put all accounts on one sheet, or hide the others"
    return Fault(name, "this sheet has the header of a roster too, and is not read: only the first one is", hint=hint)


def _unknown(file: str, line: int | None = None) -> Mistake:
    return Mistake([Fault(file, "this is not a roster that headcount can read", line, hint=_FORMATS)])
