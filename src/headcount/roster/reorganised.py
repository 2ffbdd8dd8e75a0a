"""What has changed among the units between two rosters. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs

from headcount.model import Unit

_SAID = ("name", "parent", "abbreviation", "holder", "active")


class UnitChanged(Struct, frozen=True):
    """A unit of which something else is said now."""

    before: Unit
    after: Unit

    @property
    def fields(self) -> tuple[str, ...]:
        """What is said otherwise: the names of `Unit`'s fields."""
        return tuple(name for name in _SAID if getattr(self.before, name) != getattr(self.after, name))


class Reorganisation(Struct, frozen=True):
    """Units that came, went and changed: one is the same if its id is."""

    added: tuple[Unit, ...] = ()
    removed: tuple[Unit, ...] = ()
    changed: tuple[UnitChanged, ...] = ()


def reorganisation(old: Sequence[Unit], new: Sequence[Unit]) -> Reorganisation:
    """What has changed among the units of two rosters."""
    before, after = _named(old), _named(new)
    return Reorganisation(
        tuple(unit for number, unit in after.items() if number not in before),
        tuple(unit for number, unit in before.items() if number not in after),
        tuple(_changed(before, after)),
    )


def _changed(before: Mapping[str, Unit], after: Mapping[str, Unit]) -> Iterator[UnitChanged]:
    for number, unit in after.items():
        if number in before and before[number] != unit:
            yield UnitChanged(before[number], unit)


def _named(units: Sequence[Unit]) -> dict[str, Unit]:
    """The units by id, each under the nearest that has a name: the ids of nameless rows are made up afresh each time."""
    by_id = {unit.id: unit for unit in units}
    return {unit.id: structs.replace(unit, parent=_above(unit, by_id)) for unit in units if unit.name}


def _above(unit: Unit, by_id: Mapping[str, Unit]) -> str | None:
    seen = {unit.id}
    above = unit.parent
    while above is not None and above not in seen and above in by_id and not by_id[above].name:
        seen.add(above)
        above = by_id[above].parent
    return above
