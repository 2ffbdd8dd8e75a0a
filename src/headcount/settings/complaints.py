"""What is wrong with headcount.toml, each with its line."""

from __future__ import annotations

from functools import cached_property

from headcount.errors import Fault
from headcount.settings.toml import Path, lines


class Complaints:
    """What is wrong with a file, each with its line."""

    def __init__(self, file: str, text: str) -> None:
        self._file, self._text = file, text
        self._faults: list[Fault] = []

    def add(self, path: Path, what: str, hint: str = "") -> None:
        """Complain of the value at `path`, or of the nearest table around it that the file has."""
        around = (path[:length] for length in range(len(path), 0, -1))
        line = next((self._lines[each] for each in around if each in self._lines), None)
        self._faults.append(Fault(self._file, what, line=line, hint=hint))

    def sorted(self) -> list[Fault]:
        """All of them in the order of the file."""
        return sorted(self._faults, key=lambda fault: fault.line or 0)

    @cached_property
    def _lines(self) -> dict[Path, int]:
        return lines(self._text)
