"""What has changed between two rosters, in words and as JSON."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from headcount.cli.rosters.shapes import told
from headcount.cli.rosters.units import Names, units_json, units_text
from headcount.cli.saying.document import document
from headcount.errors import Fault
from headcount.model import LAST, Entry
from headcount.roster.diff import Changed, Difference
from headcount.roster.parsed import Parsed


def diff_text(found: Difference, old: Parsed, new: Parsed) -> str:
    """A line for each difference; the faults of both rosters after them."""
    before, after = Names(old), Names(new)
    lines = [
        *(f"added: {_account(entry)}{_term(entry)}, {after[entry.unit]} ({entry.place})" for entry in found.added),
        *(f"removed: {_account(entry)}{_term(entry)}, {before[entry.unit]} ({entry.place})" for entry in found.removed),
        *(
            f"moved: {_account(each.after)}, from {before[each.before.unit]} to {after[each.after.unit]} ({each.after.place})"
            for each in found.moved
        ),
        *(f"changed: {_account(each.after)}, {_changes(each)} ({each.after.place})" for each in found.changed),
        *(
            f"typo?: {_account(each.removed)} went and {each.added.handle} came ({each.added.place}): is one misspelt?"
            for each in found.typos
        ),
        *units_text(found.units, before, after),
        *told("twice", found.duplicates),
        *told("two units", found.shared),
        *told("fault", _other_faults(found, old, new)),
    ]
    return "\n".join(lines) or "nothing has changed"


def diff_json(found: Difference, old: Parsed, new: Parsed) -> str:
    """The same as one document."""
    before, after = Names(old), Names(new)
    return document(
        {
            "added": [_told(entry, after) for entry in found.added],
            "removed": [_told(entry, before) for entry in found.removed],
            "moved": [
                {**_told(each.after, after), "from_unit": each.before.unit, "from_unit_name": before[each.before.unit]}
                for each in found.moved
            ],
            "changed": [{**_told(each.after, after), "changes": _values(each)} for each in found.changed],
            "typos": [
                {"removed": _told(each.removed, before), "added": _told(each.added, after)} for each in found.typos
            ],
            **units_json(found.units, before, after),
            "duplicates": found.duplicates,
            "shared": found.shared,
            "faults": _other_faults(found, old, new),
        }
    )


def _other_faults(found: Difference, old: Parsed, new: Parsed) -> list[Fault]:
    """Without those that are told already."""
    return [fault for fault in (*old.faults, *new.faults) if fault not in found.duplicates]


def _account(entry: Entry) -> str:
    return f"{entry.platform} {entry.handle}"


def _term(entry: Entry) -> str:
    return (f" from {entry.since}" if entry.since else "") + (f" to {entry.until}" if entry.until else "")


def _told(entry: Entry, names: Names) -> dict[str, Any]:
    """An entry, without what the roster does not say of it."""
    said = {name: value for name, value in structs.asdict(entry).items() if value not in ("", {}, None, LAST)}
    return {**said, "unit_name": names[entry.unit]}


def _values(changed: Changed) -> dict[str, dict[str, object]]:
    return {
        name: {"before": _value(changed.before, name), "after": _value(changed.after, name)} for name in changed.fields
    }


def _changes(changed: Changed) -> str:
    return "; ".join(
        f"{name} {values['before'] or 'none'} -> {values['after'] or 'none'}"
        for name, values in _values(changed).items()
    )


def _value(entry: Entry, name: str) -> object:
    """A field; what is said of nobody by default is no value."""
    value = getattr(entry, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value in ("", LAST) else value
