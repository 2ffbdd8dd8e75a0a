"""What has changed among the units of two rosters, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from headcount.model import Unit
from headcount.roster.parsed import Parsed
from headcount.roster.printed import without_controls
from headcount.roster.reorganised import Reorganisation, UnitChanged


class Names:
    """The names of a roster's units."""

    def __init__(self, parsed: Parsed) -> None:
        self._names = {unit.id: unit.name for unit in parsed.roster.units}

    def __getitem__(self, unit: str) -> str:
        return without_controls(self._names.get(unit, unit) or unit or "no unit")


def units_text(found: Reorganisation, before: Names, after: Names) -> Iterator[str]:
    """A line for each unit that came, went or changed."""
    for unit in found.added:
        yield f"unit added: {_called(unit)}{_place(unit, after)}"
    for unit in found.removed:
        yield f"unit removed: {_called(unit)}{_place(unit, before)}"
    for each in found.changed:
        yield f"unit changed: {_called(each.after)}, {_changes(each, before, after)}"


def units_json(found: Reorganisation, before: Names, after: Names) -> dict[str, list[dict[str, Any]]]:
    """The same as lists of objects."""
    return {
        "units_added": [structs.asdict(unit) for unit in found.added],
        "units_removed": [structs.asdict(unit) for unit in found.removed],
        "units_changed": [
            {**structs.asdict(each.after), "changes": _values(each, before, after)} for each in found.changed
        ],
    }


def _called(unit: Unit) -> str:
    return without_controls(unit.name if unit.name == unit.id else f"{unit.name} ({unit.id})")


def _place(unit: Unit, names: Names) -> str:
    return f", under {names[unit.parent]}" if unit.parent else ""


def _changes(changed: UnitChanged, before: Names, after: Names) -> str:
    return "; ".join(
        f"{name} {values['before'] or 'none'} -> {values['after'] or 'none'}"
        for name, values in _values(changed, before, after).items()
    )


def _values(changed: UnitChanged, before: Names, after: Names) -> dict[str, dict[str, str | None]]:
    return {
        name: {"before": _value(changed.before, name, before), "after": _value(changed.after, name, after)}
        for name in changed.fields
    }


def _value(unit: Unit, name: str, names: Names) -> str | None:
    """A field as people say it: the unit above by its name."""
    value = getattr(unit, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return names[value] if name == "parent" and value else without_controls(value or "") or None
