"""The tidy CSV: an account a row, with the unit that runs it; a unit without accounts has a row of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from headcount.model import Entry, Unit
from headcount.roster.draft import Draft, Parsed, Place
from headcount.roster.sheet import Row, Sheet
from headcount.roster.spelling import nearest

COLUMNS = (
    "unit", "unit_id", "parent_id", "abbreviation", "holder", "active", "platform", "account", "name", "language",
    "priority", "group", "relation", "visibility", "collect", "from", "to", "notes",
)  # fmt: skip
"""All that the format knows; only `unit` and `account` must be there."""

_YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}


def is_tidy(columns: tuple[str, ...]) -> bool:
    """Whether a header is that of a tidy CSV."""
    return {"unit", "account"} <= set(map(_plain, columns))


def read_tidy(sheet: Sheet, file: str) -> Parsed:
    """The units in the order in which they first appear, and their accounts."""
    written = {_plain(column): column for column in sheet.columns}
    draft = Draft(file, written.get("parent_id"))
    draft.complain(*sheet.faults)
    for name in written.keys() - set(COLUMNS):
        hint = nearest(name, COLUMNS) or f"the columns are {', '.join(COLUMNS)}"
        draft.complain(Place(file, sheet.line, written[name]).fault("this is not a column of a roster", hint))
    units = _Units(draft)
    for row in sheet.rows:
        if not row.is_blank:
            cells = _Cells(row, written, draft)
            _account(cells, units.of(cells), draft)
    return draft.done()


def _plain(column: str) -> str:
    return column.casefold().replace(" ", "_").replace("-", "_")


class _Cells:
    """The cells of a row by the format's own names; those that cannot be understood are complained of."""

    def __init__(self, row: Row, written: dict[str, str], draft: Draft) -> None:
        self._row, self._written, self._draft = row, written, draft

    def __getitem__(self, column: str) -> str:
        return self._row[self._written.get(column, "")]

    def place(self, column: str) -> Place:
        return Place(self._draft.file, self._row.line, self._written.get(column, column))

    def wrong(self, column: str, what: str, hint: str = "") -> None:
        self._draft.complain(self.place(column).fault(what, hint))

    def one_of(self, column: str, words: Iterable[str], default: str) -> str:
        """A cell that holds one of some words; empty, it means the default."""
        word = self[column].casefold() or default
        if word in words:
            return word
        self.wrong(column, f"{self[column]!r} is none of {', '.join(words)}", nearest(word, words))
        return default

    def flag(self, column: str) -> bool:
        """Yes or no; empty, it means yes."""
        return _YES_OR_NO[self.one_of(column, _YES_OR_NO, "yes")]

    def whole(self, column: str) -> int:
        """A whole number; empty, it means 0."""
        text = self[column] or "0"
        if text.isascii() and text.isdigit() and len(text) <= 9:
            return int(text)
        self.wrong(column, f"{text!r} is not a whole number")
        return 0

    def day(self, column: str) -> date | None:
        """A date, or None."""
        try:
            return date.fromisoformat(self[column]) if self[column] else None
        except ValueError:
            self.wrong(column, f"{self[column]!r} is not a date", "write it like 2026-11-30")
            return None


class _Units:
    """The units seen so far: the first row that names one says what it is, later ones may repeat it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._seen: dict[str, Unit] = {}
        self._ids: dict[str, str] = {}

    def of(self, cells: _Cells) -> str:
        """The id of the row's unit; where the file has no ids, its name is one."""
        number = cells["unit_id"] or self._ids.get(cells["unit"], cells["unit"])
        unit = Unit(
            id=number,
            name=cells["unit"],
            parent=cells["parent_id"] or None,
            abbreviation=cells["abbreviation"],
            holder=cells["holder"],
            active=cells.flag("active"),
        )
        if number in self._seen:
            _differences(self._seen[number], unit, cells)
            return number
        self._draft.unit(unit, cells.place("unit_id" if cells["unit_id"] else "unit"))
        if number:
            self._seen[number] = unit
            self._ids.setdefault(unit.name, number)
        return number


def _differences(first: Unit, again: Unit, cells: _Cells) -> None:
    told = (
        ("unit", first.name, again.name),
        ("parent_id", first.parent, again.parent),
        ("abbreviation", first.abbreviation, again.abbreviation),
        ("holder", first.holder, again.holder),
    )
    for column, earlier, now in told:
        if now and now != earlier:
            before = f"{earlier!r}" if earlier else "nothing"
            cells.wrong(column, f"{now!r} for unit {first.id}, for which an earlier row says {before}")


def _account(cells: _Cells, unit: str, draft: Draft) -> None:
    text, platform = cells["account"], cells["platform"]
    line = _line(cells, unit)
    if text:
        draft.account(text, platform or None, cells.place("account"), line)
    elif platform:
        cells.wrong("account", f"{platform} is named, and no account")


def _line(cells: _Cells, unit: str) -> Entry:
    """All that a row says of its account but who it is."""
    line = Entry(
        unit=unit,
        platform="",
        handle="",
        name=cells["name"],
        language=cells["language"],
        group=cells["group"],
        priority=cells.whole("priority"),
        relation="peer" if cells.one_of("relation", ("own", "peer"), "own") == "peer" else "own",
        visibility="internal"
        if cells.one_of("visibility", ("public", "internal"), "public") == "internal"
        else "public",
        collect=cells.flag("collect"),
        since=cells.day("from"),
        until=cells.day("to"),
    )
    if line.since and line.until and line.until < line.since:
        cells.wrong("to", f"{line.until} is before {line.since}, when it began")
    return line
