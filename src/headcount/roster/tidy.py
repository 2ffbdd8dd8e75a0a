"""The tidy CSV: an account a row (or several, separated by `|`), with the unit that runs it; a unit without accounts has a row of its own."""

from __future__ import annotations

from headcount.errors import Mistake
from headcount.model import Entry
from headcount.roster.cells import Cells
from headcount.roster.draft import Draft
from headcount.roster.parsed import Parsed, Place
from headcount.roster.sheet import Sheet, plain, several
from headcount.roster.slugs import slug_of
from headcount.roster.spelling import nearest
from headcount.roster.units import Units

COLUMNS = (
    "unit", "unit_id", "parent_id", "abbreviation", "holder", "active", "platform", "account", "name", "language",
    "priority", "group", "relation", "visibility", "collect", "from", "to", "notes",
)  # fmt: skip
"""All that the format knows; only `unit` and `account` must be there."""


def is_tidy(columns: tuple[str, ...]) -> bool:
    """Whether a header is that of a tidy CSV."""
    return {"unit", "account"} <= set(map(plain, columns))


def read_tidy(sheet: Sheet, file: str) -> Parsed:
    """The units in the order in which they first appear, and their accounts."""
    written = {plain(column): column for column in sheet.columns}
    draft = Draft(file, written.get("parent_id"))
    draft.complain(*sheet.faults)
    draft.spoilt(*sheet.spoilt)
    for name in written.keys() - set(COLUMNS):
        hint = nearest(name, COLUMNS) or f"the columns are {', '.join(COLUMNS)}"
        draft.complain(Place(file, sheet.line, written[name]).fault("this is not a column of a roster", hint))
    units = Units(draft)
    for row in sheet.rows:
        if not row.is_blank:
            cells = Cells(row, written, draft)
            _account(cells, units.of(cells), draft)
    return draft.done()


def _account(cells: Cells, unit: str, draft: Draft) -> None:
    text, platform = cells["account"], cells["platform"]
    line = _line(cells, unit)
    if platform and not text:
        cells.wrong("account", f"{platform} is named, and no account")
    try:
        slug = slug_of(platform) if platform else None
    except Mistake as mistake:
        cells.wrong("platform", str(mistake))
        return
    for account in several(text):
        draft.account(account, slug, cells.place("account"), line)


def _line(cells: Cells, unit: str) -> Entry:
    """All that a row says of its account but who it is."""
    line = Entry(
        unit=unit,
        platform="",
        handle="",
        name=cells["name"],
        language=cells["language"],
        group=cells["group"],
        priority=cells.rank("priority"),
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
