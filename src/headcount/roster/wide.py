"""The wide CSV: a unit a row, a platform a column, several handles in a cell separated by `|`."""

from __future__ import annotations

from headcount.errors import Mistake
from headcount.model import Entry, Unit
from headcount.roster.draft import Draft
from headcount.roster.parsed import Parsed, Place
from headcount.roster.sheet import Row, Sheet, several
from headcount.roster.slugs import slug_of

_UNIT_COLUMNS = ("type", "zid")


def is_wide(columns: tuple[str, ...]) -> bool:
    """Whether a header is that of a wide CSV."""
    return set(_UNIT_COLUMNS) <= {column.casefold() for column in columns}


def read_wide(sheet: Sheet, file: str) -> Parsed:
    """The units in the order of the rows, and the accounts of each."""
    draft = Draft(file)
    draft.complain(*sheet.faults)
    draft.spoilt(*sheet.spoilt)
    unit_columns = {column.casefold(): column for column in sheet.columns}
    platforms = _platforms(sheet, Place(file, sheet.line), draft)
    for row in sheet.rows:
        name, number = (row[unit_columns[column]] for column in _UNIT_COLUMNS)
        place = Place(file, row.line, unit_columns["zid"])
        if row.is_blank:
            draft.spacer(place)
        else:
            draft.unit(Unit(number, name), place)
            _accounts(row, number, platforms, draft)
    return draft.done()


def _platforms(sheet: Sheet, header: Place, draft: Draft) -> dict[str, str]:
    """The slug of each column that is a platform's."""
    found = {}
    for column in sheet.columns:
        if column.casefold() in _UNIT_COLUMNS:
            continue
        try:
            found[column] = slug_of(column)
        except Mistake as mistake:
            draft.complain(header.at(column).fault(str(mistake)))
    return found


def _accounts(row: Row, unit: str, platforms: dict[str, str], draft: Draft) -> None:
    for column, slug in platforms.items():
        for handle in several(row[column]):
            draft.account(handle, slug, Place(draft.file, row.line, column), Entry(unit, slug, handle))
