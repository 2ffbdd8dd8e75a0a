"""What is found in a roster, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from headcount.cli.saying.document import document
from headcount.errors import Fault
from headcount.news.naming import plural
from headcount.roster.parsed import Parsed


class Checked(Struct, frozen=True):
    """A roster, and the handles in it that look misspelt."""

    parsed: Parsed
    typos: tuple[Fault, ...]


def check_text(found: Checked) -> str:
    """A line for each thing found, and one that sums up."""
    parsed = found.parsed
    lines = [
        *told("fault", parsed.faults),
        *told("typo?", found.typos),
        *told("look at", parsed.warnings),
        _summary(found),
    ]
    return "\n".join(lines)


def check_json(found: Checked) -> str:
    """The same as one document."""
    parsed = found.parsed
    return document(
        {
            "file": parsed.file,
            "units": _units(parsed),
            "accounts": len(parsed.roster.entries),
            "faults": parsed.faults,
            "typos": found.typos,
            "warnings": parsed.warnings,
        }
    )


def told(word: str, faults: Iterable[Fault]) -> Iterator[str]:
    """A line for each complaint."""
    return (f"{word}: {fault}" for fault in faults)


def _summary(found: Checked) -> str:
    units, accounts = _units(found.parsed), len(found.parsed.roster.entries)
    faults, typos, others = len(found.parsed.faults), len(found.typos), len(found.parsed.warnings)
    return (
        f"{found.parsed.file}: {plural(accounts, 'account')} of {plural(units, 'unit')}; {plural(faults, 'fault')}, "
        f"{plural(typos, 'likely typo')}, {plural(others, 'other thing')} to look at"
    )


def _units(parsed: Parsed) -> int:
    """Nameless rows only hold others apart."""
    return sum(bool(unit.name) for unit in parsed.roster.units)
