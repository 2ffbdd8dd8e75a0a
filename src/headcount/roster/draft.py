"""A roster while it is being read: what was found so far, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from headcount.errors import Fault, Mistake
from headcount.model import Entry, Roster, Unit
from headcount.roster import tree
from headcount.roster.claims import claimed_twice
from headcount.roster.identify import Named, identify
from headcount.roster.parsed import Parsed, Place
from headcount.roster.placeholders import is_placeholder
from headcount.roster.printed import has_controls


class Draft:
    """Takes units and accounts as a reader finds them; `done` gives the roster and all complaints."""

    def __init__(self, file: str, parent_column: str | None = None) -> None:
        self.file = file
        self._parent_column = parent_column
        self._units: dict[str, Unit] = {}
        self._unit_places: dict[str, Place] = {}
        self._entries: list[tuple[Entry, Place]] = []
        self._faults: list[Fault] = []
        self._notes: list[Fault] = []
        self._spoilt: dict[tuple[int | None, str | None], Fault] = {}
        self._spacers = 0

    def complain(self, *faults: Fault) -> None:
        """Something is wrong."""
        self._faults.extend(faults)

    def note(self, *faults: Fault) -> None:
        """Something is left out that nobody has to mend before the roster can be worked from."""
        self._notes.extend(faults)

    def spoilt(self, *faults: Fault) -> None:
        """Cells that are told of as they stand: what comes of reading them is not told too."""
        self._spoilt.update({(fault.line, fault.column): fault for fault in faults})

    def unit(self, unit: Unit, place: Place) -> None:
        """A unit, and where its id stands."""
        first = self._unit_places.get(unit.id)
        if not unit.id:
            self.complain(self._nobody(unit, place))
            return
        self._complain_of_controls(place, unit.id, unit.name, unit.abbreviation, unit.holder)
        if not unit.name:
            self.complain(place.fault(f"unit {unit.id} has no name"))
        if first:
            self.complain(place.fault(f"unit {unit.id} stands there twice: first on line {first.line}"))
        self._units.setdefault(unit.id, unit)
        self._unit_places.setdefault(unit.id, place)

    def spacer(self, place: Place, parent: str | None = None) -> str:
        """A nameless row that keeps its place among the units; its id."""
        self._spacers += 1
        made_up = f"spacer-{self._spacers}"
        self._units[made_up] = Unit(made_up, "", parent, active=False)
        self._unit_places[made_up] = place
        return made_up

    def account(self, text: str, platform: str | None, place: Place, line: Entry) -> None:
        """An account as written, on a platform or wherever its URL says; `line` has all else that is said of it."""
        try:
            named = identify(text, platform)
        except Mistake as mistake:
            self.complain(place.fault(str(mistake)))
            return
        self.named(named, place, line)

    def named(self, named: Named, place: Place, line: Entry) -> None:
        """An account that is known already to be one; `line` has all else that is said of it."""
        self._complain_of_controls(place, line.name, line.language, line.group)
        if is_placeholder(named.handle):
            hint = "where there is none, leave the cell empty"
            self.note(place.fault(f"{named.platform} {named.handle}: is this an account?", hint))
        entry = structs.replace(line, platform=named.platform, handle=named.handle, ids=named.ids, place=str(place))
        self._entries.append((entry, place))

    def done(self) -> Parsed:
        """The roster, and all complaints in the order of the file."""
        faults = [*self._faults, *self._breaks()]
        twice, shared = claimed_twice(self._entries, self._units.values())
        roster = Roster(tuple(self._units.values()), tuple(entry for entry, _ in self._entries))
        return Parsed(roster, self._told([*faults, *twice]), self._told([*self._notes, *shared]), self.file)

    def _told(self, faults: list[Fault]) -> tuple[Fault, ...]:
        """In the order of the file; of a spoilt cell, only that it is."""
        told = (fault for fault in faults if self._spoilt.get((fault.line, fault.column), fault) == fault)
        return tuple(sorted(told, key=lambda fault: fault.line or 0))

    def _nobody(self, unit: Unit, place: Place) -> Fault:
        """Under a row that names a unit, another may be meant to belong to it."""
        if unit.name:
            return place.fault(f"the unit {unit.name!r} has no id")
        hint = "write its unit in every row: of merged cells, only the first holds it" if self._units else ""
        return place.fault("this names no unit", hint)

    def _complain_of_controls(self, place: Place, *texts: str) -> None:
        for text in filter(has_controls, texts):
            self.complain(place.fault(f"{text!r} holds characters that are not for reading", "write it afresh"))

    def _breaks(self) -> Iterator[Fault]:
        for unit, what, hint in tree.breaks(tuple(self._units.values())):
            place = self._unit_places[unit]
            yield (place.at(self._parent_column) if self._parent_column else place).fault(what, hint)
