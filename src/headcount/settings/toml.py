"""Reads TOML so that every complaint has its line: `tomllib` tells none."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

from headcount.errors import Fault, Mistake

Path = tuple[str, ...]
"""The names that lead to a value: `("platforms", "youtube", "pace")`."""

_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)| \(at end of document\)")
_CLOSERS = ("]", '"""', "'''")


def parse(text: str, file: str) -> Mapping[str, object]:
    """The whole file as nested tables.

    Raises:
        Mistake: with line and column, where it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        what = f"this is not TOML: {_PLACE.sub('', str(error))}"
        line, column = (place[1], place[2]) if place and place[1] else (text.count("\n") + 1, None)
        raise Mistake([Fault(file, what, line=int(line), column=column)]) from None
    except (ValueError, RecursionError):
        raise Mistake([Fault(file, "a number is too long, or a list too deep, to be meant")]) from None


def lines(text: str) -> dict[Path, int]:
    """The line on which each key of a well-formed file is first named, tables included."""
    found: dict[Path, int] = {}
    table: Path = ()
    for number, statement in _statements(text):
        paths = list(_paths(tomllib.loads(statement)))
        if statement.lstrip().startswith("["):
            table = paths[-1]
        else:
            paths = [table + path for path in paths]
        for path in paths:
            found.setdefault(path, number)
    return found


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each statement with the number of its first line: the fewest lines that parse by themselves."""
    pending: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        pending.append(line)
        may_end = len(pending) == 1 or any(closer in line for closer in _CLOSERS)
        if may_end and _is_whole("\n".join(pending)):
            yield number - len(pending) + 1, "\n".join(pending)
            pending = []


def _is_whole(statement: str) -> bool:
    try:
        tomllib.loads(statement)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _paths(values: Mapping[str, object]) -> Iterator[Path]:
    for key, value in values.items():
        yield (key,)
        if isinstance(value, dict):
            yield from ((key, *rest) for rest in _paths(value))
