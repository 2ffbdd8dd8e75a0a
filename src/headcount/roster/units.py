"""The units of a tidy CSV."""

from __future__ import annotations

from headcount.model import Unit
from headcount.roster.cells import Cells
from headcount.roster.draft import Draft


class Units:
    """The units seen so far: the first row that names one says what it is, later ones may repeat it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._seen: dict[str, Unit] = {}
        self._ids: dict[str, str] = {}

    def of(self, cells: Cells) -> str:
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


def _differences(first: Unit, again: Unit, cells: Cells) -> None:
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
