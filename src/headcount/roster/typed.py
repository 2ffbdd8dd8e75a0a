"""The typed cells of a spreadsheet as the text that was meant; what the type has spoilt is refused."""

from __future__ import annotations

from datetime import datetime, time

from headcount.roster.ruined import ruined
from headcount.roster.sheet import Refused

DIGITS = 15
"""What a spreadsheet keeps of a number; the rest of a longer one is made up."""
_SHOWN = 6
"""Digits of a long number that a narrow column shows, and that a copy of what is shown has left."""
_FLAGS = ("active", "collect")
_DAYS = ("from", "to", "updated", "at")
_AS_TEXT = "make the column a text column and enter it afresh"


def plain_text(value: object, column: str) -> str | Refused:
    """A cell of a column as text; the column's name is in lower case."""
    match value:
        case None:
            return ""
        case str() | Refused():
            return value
        case bool():
            return _flag(value, column)
        case int() | float():
            return _number(value)
        case _:
            return _day(value, column)


def _flag(value: bool, column: str) -> str | Refused:
    """Yes or no, in a column of these; elsewhere a spreadsheet has taken a word for it."""
    if column in _FLAGS:
        return "yes" if value else "no"
    shown = str(value).upper()
    return Refused(shown, f"a spreadsheet has turned this into {shown}", _AS_TEXT)


def _number(value: float) -> str | Refused:
    """A whole number whose digits are all its own. Some programs write 12 as 12.0."""
    if value != value // 1 or abs(value) >= 10**DIGITS:
        return _spoilt(value)
    digits = str(int(value))
    return _spoilt(value) if len(digits) > 2 * _SHOWN - 1 and digits.endswith("0" * _SHOWN) else digits


def _spoilt(value: float) -> Refused:
    shown = f"{value:.2E}" if abs(value) >= 10**_SHOWN else str(value)
    return Refused(shown, *ruined(shown))


def _day(value: object, column: str) -> str | Refused:
    """A day, in a column of days; elsewhere a spreadsheet has taken something else for one."""
    day = value.date().isoformat() if isinstance(value, datetime) and value.time() == time() else str(value)
    if column in _DAYS or column.endswith("_at"):
        return day
    return Refused(day, f"a spreadsheet has turned this into a date: {day}", _AS_TEXT)
