"""One table of headcount.toml, read value by value; whatever is wrong is complained of at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from headcount.roster.spelling import nearest
from headcount.settings.complaints import Complaints
from headcount.settings.toml import Path

T = TypeVar("T", str, bool, int)
_KINDS = {str: "a text", bool: "true or false", int: "a number", float: "a fraction", list: "a list", dict: "a table"}


class Section:
    """One table of the file: hands out its values by kind, and at the end complains of keys that nobody asked for.

    A value of the wrong kind is complained of and replaced by its default, so that reading goes on. Values are not
    repeated in complaints: one of them could be a secret.
    """

    def __init__(self, complaints: Complaints, path: Path, values: Mapping[str, object]) -> None:
        self.complaints, self.path = complaints, path
        self._values = values
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def wrong(self, key: str, what: str, hint: str = "") -> None:
        """Complain of what stands under `key`."""
        self.complaints.add((*self.path, key), f"{self.title(key)} {what}", hint)

    def title(self, key: str) -> str:
        """`[http] timeout`, as people call a setting."""
        return f"[{'.'.join(self.path)}] {key}" if self.path else f"[{key}]"

    def value(self, key: str) -> object:
        """Whatever stands there; None where nothing does."""
        self._asked.add(key)
        return self._values.get(key)

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        return self._of(key, str, default)

    def flag(self, key: str) -> bool:
        """True or false; false where nothing stands there."""
        return self._of(key, bool, default=False)

    def whole(self, key: str, default: int, least: int) -> int:
        """A whole number, at least `least`."""
        number = self._of(key, int, default)
        if number >= least:
            return number
        self.wrong(key, f"must be at least {least}, not {number}")
        return default

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of some words; the first where nothing stands there."""
        word = self._of(key, str, choices[0])
        if word in choices:
            return word
        self.wrong(key, f"must be one of {', '.join(choices)}, not {word!r}", nearest(word, choices))
        return choices[0]

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts."""
        found = self.value(key)
        if found is None:
            return default
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return tuple(found)
        self.wrong(key, f"must be a list of texts, not {kind(found)}", f'{key} = ["...", "..."]')
        return default

    def section(self, key: str) -> Section:
        """The table of that name, empty where there is none."""
        found = self.value(key)
        if found is not None and not isinstance(found, dict):
            self.wrong(key, f"must be a table, not {kind(found)}")
        return Section(self.complaints, (*self.path, key), found if isinstance(found, dict) else {})

    def sections(self) -> Iterator[tuple[str, Section]]:
        """Every table in this one, by name."""
        for key in self:
            yield key, self.section(key)

    def close(self) -> None:
        """Complain of every key that nobody asked for."""
        for key in [each for each in self if each not in self._asked]:
            self.wrong(key, "is not a setting that headcount knows", nearest(key, self._asked))

    def _of(self, key: str, wanted: type[T], default: T) -> T:
        found = self.value(key)
        if found is None:
            return default
        if type(found) is wanted:
            return found
        self.wrong(key, f"must be {_KINDS[wanted]}, not {kind(found)}")
        return default


def kind(value: object) -> str:
    """What a value of a TOML file is, in words."""
    if isinstance(value, list) and not all(isinstance(each, str) for each in value):
        return "a list of other things"
    return _KINDS.get(type(value), "a date or a time")
