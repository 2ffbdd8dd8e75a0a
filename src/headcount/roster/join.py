"""A roster and an organisation chart that belong together: handles from the one, the tree from the other, joined by unit id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import structs

from headcount.errors import Fault
from headcount.model import Entry, Roster, Unit
from headcount.roster.keys import fold
from headcount.roster.parsed import Parsed, place_of


def join(roster: Parsed, chart: Parsed, chart_file: str) -> Parsed:
    """The roster with the chart's parents, abbreviations, holders and activity, where it has none of its own."""
    charted = {unit.id: unit for unit in chart.roster.units}
    listed = {unit.id for unit in roster.roster.units if unit.name}
    units = tuple(_placed(unit, charted, listed) for unit in roster.roster.units)
    return Parsed(
        Roster(units, roster.roster.entries),
        (*roster.faults, *chart.faults),
        (*roster.warnings, *chart.warnings, *_differences(roster.roster, chart.roster, chart_file)),
        roster.file,
    )


def _placed(unit: Unit, charted: Mapping[str, Unit], listed: set[str]) -> Unit:
    here = charted.get(unit.id)
    if here is None or unit.id not in listed:
        return unit
    return structs.replace(
        unit,
        parent=unit.parent or _above(here, charted, listed),
        abbreviation=unit.abbreviation or here.abbreviation,
        holder=unit.holder or here.holder,
        active=unit.active and here.active,
    )


def _above(unit: Unit, charted: Mapping[str, Unit], listed: set[str]) -> str | None:
    """The nearest unit above that the roster has: nameless rows of a chart hold others apart, and are nobody."""
    above = unit.parent
    while above is not None and above not in listed:
        above = charted[above].parent
    return above


def _differences(roster: Roster, chart: Roster, chart_file: str) -> Iterator[Fault]:
    names = {unit.id: unit.name for unit in roster.units}
    yield from _unlisted(names, chart, chart_file)
    yield from _uncharted(names, chart, chart_file)
    yield from _uncounted(names, roster, chart, chart_file)


def _unlisted(names: Mapping[str, str], chart: Roster, chart_file: str) -> Iterator[Fault]:
    for unit in chart.units:
        if unit.name and unit.id not in names:
            yield Fault(chart_file, f"unit {unit.id}, {unit.name!r}, is not in the roster, and not counted")
        elif unit.name and unit.name != names[unit.id]:
            yield Fault(chart_file, f"unit {unit.id} is {unit.name!r} here, and {names[unit.id]!r} in the roster")


def _uncharted(names: Mapping[str, str], chart: Roster, chart_file: str) -> Iterator[Fault]:
    charted = {unit.id for unit in chart.units}
    for number, name in names.items():
        if name and number not in charted:
            yield Fault(chart_file, f"unit {number}, {name!r}, has no place in the chart")


def _uncounted(names: Mapping[str, str], roster: Roster, chart: Roster, chart_file: str) -> Iterator[Fault]:
    known = set(map(_identity, roster.entries))
    for entry in chart.entries:
        if entry.unit in names and _identity(entry) not in known:
            what = (
                f"unit {entry.unit} has {entry.platform} {entry.handle} here, and not in the roster: it is not counted"
            )
            yield place_of(entry, chart_file).fault(what)


def _identity(entry: Entry) -> tuple[str, str, str]:
    return entry.unit, entry.platform, fold(entry.platform, entry.handle)
