"""Ids that a spreadsheet has made a number of."""

from __future__ import annotations

import re

_RUINED = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]+")


def is_ruined(cell: str) -> bool:
    """Whether a spreadsheet has made a number of an id, and lost its digits: `1.23E+15`."""
    return _RUINED.fullmatch(cell) is not None


def ruined(cell: str) -> tuple[str, str]:
    """What to say of it, and what to do about it."""
    return f"a spreadsheet has turned an id into {cell}", "make the column a text column and enter the id afresh"
