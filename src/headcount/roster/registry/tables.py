"""The registry's tables: the old bulk import, its two exports, and the export of Touchpoints, which took it over."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from headcount.roster.parsed import Place
from headcount.roster.registry.listed import Agency, Listed, without_emails
from headcount.roster.sheet import Row, Sheet, plain


class Layout(Struct, frozen=True):
    """Which column says what; the first four tell a table of the registry from any other."""

    service: str
    url: str
    name: str
    agencies: str
    language: str = ""
    state: str = ""
    between: str = "|"
    """Agencies."""

    def heads(self, columns: tuple[str, ...]) -> bool:
        """Whether a header is that of this table."""
        return {self.service, self.url, self.name, self.agencies} <= set(columns)


LAYOUTS = (
    Layout("account_platform", "account_url", "account_name", "agencies", "language"),
    Layout("account_type", "account_url", "account_name", "agencies"),
    Layout("service", "service_url", "organization", "agencies", "language", "status"),
    Layout("service", "service_url", "name", "organization_names", "language", "aasm_state", between=", "),
)


def is_registry_table(columns: tuple[str, ...]) -> bool:
    """Whether a header is that of a table of the registry."""
    return _layout(columns) is not None


def from_table(sheet: Sheet, file: str) -> list[Listed]:
    """The accounts of a table of the registry, in its order."""
    layout = _layout(sheet.columns)
    return list(_Rows(layout, sheet, file).accounts()) if layout else []


def _layout(columns: tuple[str, ...]) -> Layout | None:
    plain_columns = tuple(map(plain, columns))
    return next((layout for layout in LAYOUTS if layout.heads(plain_columns)), None)


class _Rows:
    """The rows of a table under the names of its layout."""

    def __init__(self, layout: Layout, sheet: Sheet, file: str) -> None:
        self._layout, self._sheet, self._file = layout, sheet, file
        self._written = {plain(column): column for column in sheet.columns}
        self._alone = {self._cell(row, layout.agencies) for row in sheet.rows}

    def accounts(self) -> Iterator[Listed]:
        """Each row that is not blank."""
        layout = self._layout
        for row in self._sheet.rows:
            if not row.is_blank:
                yield Listed(
                    Place(self._file, row.line, self._written[layout.url]),
                    self._cell(row, layout.service),
                    self._cell(row, layout.url),
                    self._cell(row, layout.name),
                    self._cell(row, layout.language),
                    self._cell(row, layout.state),
                    tuple(map(Agency, self._agencies(row))),
                )

    def _cell(self, row: Row, column: str) -> str:
        return without_emails(row[self._written.get(column, "")])

    def _agencies(self, row: Row) -> list[str]:
        """The agencies of a row. A name may hold a comma too: one is split only into names that stand alone elsewhere."""
        cell = self._cell(row, self._layout.agencies)
        parts = [part for part in map(str.strip, cell.split(self._layout.between)) if part]
        if self._layout.between == "|" or set(parts) <= self._alone:
            return parts
        return [cell]
