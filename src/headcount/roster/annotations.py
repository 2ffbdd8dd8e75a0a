"""Reads the events that people noted: `from,to,account,unit_id,platform,text,link`, a row each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from headcount.errors import Fault, Mistake
from headcount.roster.called import Directory
from headcount.roster.printed import has_controls
from headcount.roster.sheet import Row, Sheet, plain, read_sheet
from headcount.roster.slugs import slug_of
from headcount.roster.spelling import nearest
from headcount.roster.text import text_of

COLUMNS = ("from", "to", "account", "unit_id", "platform", "text", "link")
NEEDED = ("from", "text")


class Annotation(Struct, frozen=True, kw_only=True):
    """An event, of an account, a unit, a platform, or of everything."""

    since: date
    until: date | None
    """Its last day."""
    account: str
    """Its key."""
    unit: str
    """Its id."""
    platform: str
    text: str
    link: str


def read_annotations(path: Path, directory: Directory, units: Collection[str]) -> tuple[Annotation, ...]:
    """The events in the order of the file.

    Raises:
        Mistake: with every fault, each with its line and column.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Mistake([Fault(str(path), f"the annotations cannot be read: {error.strerror}")]) from None
    return annotations_of(content, str(path), directory, units)


def annotations_of(content: bytes, file: str, directory: Directory, units: Collection[str]) -> tuple[Annotation, ...]:
    """The events of a file; `file` is its name in complaints. Pure.

    Raises:
        Mistake: with every fault, each with its line and column.
    """
    sheet = read_sheet(text_of(content, file), file)
    reader = _Reader(file, sheet, directory, units)
    noted = [reader.annotation(row) for row in sheet.rows if not row.is_blank]
    if reader.faults:
        raise Mistake(sorted(reader.faults, key=lambda fault: fault.line or 0))
    return tuple(noted)


class _Reader:
    """Reads row by row, and gathers complaints on the way."""

    def __init__(self, file: str, sheet: Sheet, directory: Directory, units: Collection[str]) -> None:
        self._file, self._directory, self._units = file, directory, units
        self._written = {plain(column): column for column in sheet.columns}
        self.faults = [*sheet.faults, *self._header_faults(sheet)]

    def annotation(self, row: Row) -> Annotation:
        """The event of a row; what cannot be understood is complained of."""
        since, until = self._day(row, "from"), self._day(row, "to")
        if since and until and until < since:
            self._wrong(row, "to", f"{until} is before {since}, when it began")
        self._look_at_texts(row)
        return Annotation(
            since=since or date.min,
            until=until,
            account=self._account(row),
            unit=self._unit(row),
            platform=self._platform(row),
            text=self._cell(row, "text"),
            link=self._link(row),
        )

    def _look_at_texts(self, row: Row) -> None:
        for column in NEEDED:
            if column in self._written and not self._cell(row, column):
                self._wrong(row, column, "the cell is empty")
        if has_controls(self._cell(row, "text")):
            self._wrong(row, "text", "it holds characters that are not for reading", "write it afresh")

    def _header_faults(self, sheet: Sheet) -> Iterator[Fault]:
        for name in NEEDED:
            if name not in self._written:
                yield Fault(self._file, f"there is no column {name!r}", sheet.line)
        for name, column in self._written.items():
            if name not in COLUMNS:
                hint = nearest(name, COLUMNS) or f"the columns are {', '.join(COLUMNS)}"
                yield Fault(self._file, "this is not a column of annotations", sheet.line, column, hint)

    def _cell(self, row: Row, column: str) -> str:
        return row[self._written.get(column, "")]

    def _wrong(self, row: Row, column: str, what: str, hint: str = "") -> None:
        self.faults.append(Fault(self._file, what, row.line, self._written[column], hint))

    def _day(self, row: Row, column: str) -> date | None:
        text = self._cell(row, column)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._wrong(row, column, f"{text!r} is not a date", "write it like 2026-11-30")
            return None

    def _account(self, row: Row) -> str:
        """The key of the account, by whichever of its names it is called."""
        text = self._cell(row, "account")
        try:
            return self._directory.key(text) if text else ""
        except Mistake as mistake:
            self._wrong(row, "account", str(mistake))
            return ""

    def _unit(self, row: Row) -> str:
        text = self._cell(row, "unit_id")
        if text and text not in self._units:
            self._wrong(row, "unit_id", f"there is no unit {text!r}", nearest(text, self._units))
        return text

    def _platform(self, row: Row) -> str:
        text = self._cell(row, "platform")
        try:
            return slug_of(text) if text else ""
        except Mistake as mistake:
            self._wrong(row, "platform", str(mistake))
            return ""

    def _link(self, row: Row) -> str:
        text = self._cell(row, "link")
        if text and not _is_address(text):
            self._wrong(row, "link", f"{text!r} is not the address of a page", "write it with https://")
        return text


def _is_address(text: str) -> bool:
    try:
        address = urlsplit(text)
    except ValueError:
        return False
    return address.scheme in {"http", "https"} and bool(address.hostname) and text.isprintable() and " " not in text
