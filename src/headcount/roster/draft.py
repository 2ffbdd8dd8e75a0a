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
        self._spacers = 0

    def complain(self, *faults: Fault) -> None:
        """Something is wrong."""
        self._faults.extend(faults)

    def note(self, *faults: Fault) -> None:
        """Something is left out that nobody has to mend before the roster can be worked from."""
        self._notes.extend(faults)

    def unit(self, unit: Unit, place: Place) -> None:
        """A unit, and where its id stands."""
        first = self._unit_places.get(unit.id)
        if not unit.id:
            self.complain(place.fault(f"the unit {unit.name!r} has no id" if unit.name else "this names no unit"))
            return
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
        entry = structs.replace(line, platform=named.platform, handle=named.handle, ids=named.ids, place=str(place))
        self._entries.append((entry, place))

    def done(self) -> Parsed:
        """The roster, and all complaints in the order of the file."""
        faults = [*self._faults, *self._breaks()]
        twice, shared = claimed_twice(self._entries)
        roster = Roster(tuple(self._units.values()), tuple(entry for entry, _ in self._entries))
        return Parsed(roster, _in_order([*faults, *twice]), _in_order([*self._notes, *shared]), self.file)

    def _breaks(self) -> Iterator[Fault]:
        for unit, what, hint in tree.breaks(tuple(self._units.values())):
            place = self._unit_places[unit]
            yield (place.at(self._parent_column) if self._parent_column else place).fault(what, hint)


def _in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.line or 0))
