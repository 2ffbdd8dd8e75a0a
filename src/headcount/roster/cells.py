"""The cells of a tidy CSV's row, by the format's own names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from headcount.model import LAST
from headcount.roster.draft import Draft
from headcount.roster.parsed import Place
from headcount.roster.sheet import Row
from headcount.roster.spelling import nearest

_YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}


class Cells:
    """The cells of a row by the format's own names; those that cannot be understood are complained of."""

    def __init__(self, row: Row, written: dict[str, str], draft: Draft) -> None:
        self._row, self._written, self._draft = row, written, draft

    def __getitem__(self, column: str) -> str:
        return self._row[self._written.get(column, "")]

    def place(self, column: str) -> Place:
        """Where a cell stands."""
        return Place(self._draft.file, self._row.line, self._written.get(column, column))

    def wrong(self, column: str, what: str, hint: str = "") -> None:
        """Complain of a cell."""
        self._draft.complain(self.place(column).fault(what, hint))

    def one_of(self, column: str, words: Iterable[str], default: str) -> str:
        """A cell that holds one of some words; empty, it means the default."""
        word = self[column].casefold() or default
        if word in words:
            return word
        self.wrong(column, f"{self[column]!r} is none of {', '.join(words)}", nearest(word, words))
        return default

    def flag(self, column: str) -> bool:
        """Yes or no; empty, it means yes."""
        return _YES_OR_NO[self.one_of(column, _YES_OR_NO, "yes")]

    def rank(self, column: str) -> int:
        """A whole number from 1, the most important; empty, it means the last."""
        text = self[column]
        if not text:
            return LAST
        if text.isascii() and text.isdigit() and 0 < int(text[:10]) < LAST:
            return int(text)
        self.wrong(column, f"{text!r} is not a whole number from 1 on", "1 is the most important")
        return LAST

    def day(self, column: str) -> date | None:
        """A date, or None."""
        try:
            return date.fromisoformat(self[column]) if self[column] else None
        except ValueError:
            self.wrong(column, f"{self[column]!r} is not a date", "write it like 2026-11-30")
            return None
