"""Reads a roster in any of its formats, told apart by content."""

from __future__ import annotations

from pathlib import Path

from headcount.errors import Fault, Mistake
from headcount.model import Roster
from headcount.roster.join import join
from headcount.roster.orgchart import read_org_chart
from headcount.roster.parsed import Parsed
from headcount.roster.sheet import read_sheet
from headcount.roster.text import text_of
from headcount.roster.tidy import is_tidy, read_tidy
from headcount.roster.wide import is_wide, read_wide

_FORMATS = "a roster has the columns unit,unit_id,parent_id,platform,account or type,zid,facebook,twitter,...; or is an org-chart JSON"


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
    """What stands in a roster and its organisation chart, with all faults and warnings."""
    roster = parse(_content(path), str(path))
    return join(roster, parse(_content(org_chart), str(org_chart)), str(org_chart)) if org_chart else roster


def parse(content: bytes, file: str) -> Parsed:
    """What stands in a file, with all faults and warnings; `file` is its name in complaints. Pure."""
    try:
        return _parsed(text_of(content, file), file)
    except Mistake as mistake:
        return Parsed(Roster(), mistake.faults)


def _parsed(text: str, file: str) -> Parsed:
    if text.lstrip().startswith(("{", "[")):
        return read_org_chart(text, file)
    sheet = read_sheet(text, file)
    if is_tidy(sheet.columns):
        return read_tidy(sheet, file)
    if is_wide(sheet.columns):
        return read_wide(sheet, file)
    raise Mistake([Fault(file, "this is not a roster that headcount can read", sheet.line, hint=_FORMATS)])


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Mistake([Fault(str(path), f"the roster cannot be read: {error.strerror}")]) from None
