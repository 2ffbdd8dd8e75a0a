"""Reads a roster in any of its formats, told apart by content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import structs

from headcount.errors import Fault, Mistake
from headcount.model import Roster
from headcount.roster.join import join
from headcount.roster.opened import Tree, opened
from headcount.roster.orgchart import read_org_chart
from headcount.roster.parsed import Parsed
from headcount.roster.registry.listed import kept
from headcount.roster.registry.pages import error_in, from_pages, is_registry_pages
from headcount.roster.registry.read import read_registry, read_registry_table
from headcount.roster.registry.tables import from_table, is_registry_table
from headcount.roster.sheet import Sheet, as_csv
from headcount.roster.signatures import is_workbook
from headcount.roster.tidy import is_tidy, read_tidy
from headcount.roster.wide import is_wide, read_wide

_READERS: tuple[tuple[Callable[[tuple[str, ...]], bool], Callable[[Sheet, str], Parsed]], ...] = (
    (is_tidy, read_tidy),
    (is_wide, read_wide),
    (is_registry_table, read_registry_table),
)


def read_roster(path: Path, org_chart: Path | None = None) -> Roster:
    """Whom to count, from a roster and, where there is one, the organisation chart beside it.

    Raises:
        Mistake: with every fault of both, each with its place.
    """
    parsed = examine(path, org_chart)
    if parsed.faults:
        raise Mistake(parsed.faults)
    return parsed.roster


def examine(path: Path, org_chart: Path | None = None) -> Parsed:
    """What stands in a roster and its organisation chart, with all faults and warnings.

    Raises:
        Mistake: where a file cannot be read at all.
    """
    roster = _with_accounts(parse(_content(path), str(path)))
    return join(roster, parse(_content(org_chart), str(org_chart)), str(org_chart)) if org_chart else roster


def parse(content: bytes, file: str) -> Parsed:
    """What stands in a file, with all faults and warnings; `file` is its name in complaints. Pure."""
    try:
        return _parsed(content, file)
    except Mistake as mistake:
        return Parsed(Roster(), mistake.faults, file=file)
    except RecursionError:
        return Parsed(Roster(), (Fault(file, "this is nested too deeply for a roster"),), file=file)


def keepable(content: bytes, file: str) -> bytes:
    """What may be kept of the file of a good roster, and reads back as the same one.

    A text is kept as it stands. Of a workbook, the sheet that was read is kept, as CSV: other sheets, and who wrote it, are
    nobody's business. Of the U.S. registry, only what was read is kept: its e-mail addresses never.
    """
    found = opened(content, file, _is_known)
    if isinstance(found, Tree):
        return kept(from_pages(found.value, file)) if is_registry_pages(found.value) else content
    if is_registry_table(found.sheet.columns):
        return kept(from_table(found.sheet, found.file))
    return as_csv(found.sheet) if is_workbook(content) else content


def _parsed(content: bytes, file: str) -> Parsed:
    found = opened(content, file, _is_known)
    if isinstance(found, Tree):
        return _of_tree(found.value, file)
    parsed = _reader(found.sheet.columns)(found.sheet, found.file)
    return structs.replace(parsed, warnings=(*parsed.warnings, *found.warnings))


def _of_tree(tree: object, file: str) -> Parsed:
    if error := error_in(tree):
        hint = "ask the server again, and save what it gives then"
        raise Mistake([Fault(file, f"this is a server's error, and no roster: {error}", line=1, hint=hint)])
    if is_registry_pages(tree):
        return read_registry(tree, file)
    return read_org_chart(tree, file)


def _with_accounts(parsed: Parsed) -> Parsed:
    """A roster that names nobody is none."""
    if parsed.roster.entries or parsed.faults:
        return parsed
    return structs.replace(parsed, faults=(Fault(parsed.file, "this names no account", hint="put one in"),))


def _is_known(columns: tuple[str, ...]) -> bool:
    return any(suits(columns) for suits, _ in _READERS)


def _reader(columns: tuple[str, ...]) -> Callable[[Sheet, str], Parsed]:
    return next(read for suits, read in _READERS if suits(columns))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Mistake([Fault(str(path), f"the roster cannot be read: {error.strerror}")]) from None
