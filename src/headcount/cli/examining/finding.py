"""What an examination finds."""

from __future__ import annotations

from msgspec import Struct

from headcount.errors import HeadcountError


class Finding(Struct, frozen=True):
    """One thing that was looked at."""

    part: str
    well: bool
    what: str
    mend: str = ""
    exit_status: int = 0


def fault(part: str, error: HeadcountError) -> Finding:
    """A part that could not be opened at all."""
    return Finding(part, False, str(error), exit_status=error.exit_status)
