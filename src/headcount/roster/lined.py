"""JSON whose every member knows its line: Python's parser tells none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from json import JSONDecodeError

from headcount.errors import Fault, Mistake

Node = Mapping[str, tuple[int, object]]
"""The members of an object by name, each with its line; numbers are kept as they are written."""

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?', re.DOTALL)


def decoded(text: str, file: str) -> object:
    """The JSON, every object a `Node`."""
    try:
        json.loads(text, parse_int=str)
    except JSONDecodeError as error:
        raise Mistake([Fault(file, f"this is not JSON: {error.msg}", error.lineno, str(error.colno))]) from None
    return json.loads(_with_lines(text), object_pairs_hook=partial(_node, file), parse_int=str, parse_float=str)


def _with_lines(text: str) -> str:
    """The same JSON, each key with its line before it: a string that a colon follows is a key, and nothing else is."""
    line, at = 1, 0

    def numbered(match: re.Match[str]) -> str:
        nonlocal line, at
        line, at = line + text.count("\n", at, match.start()), match.start()
        return f'"{line}:{match[1]}"{match[2]}' if match[2] else match[0]

    return _STRING.sub(numbered, text)


def _node(file: str, pairs: list[tuple[str, object]]) -> Node:
    found: dict[str, tuple[int, object]] = {}
    for key, value in pairs:
        line, _, name = key.partition(":")
        if name in found:
            raise Mistake([Fault(file, f"{name!r} stands twice in one object", int(line), name)])
        found[name] = int(line), value
    return found


def nodes(member: tuple[int, object]) -> Iterator[tuple[int, Node]]:
    """The objects of a member: one, or a list of them."""
    line, value = member
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            first = min((number for number, _ in each.values()), default=line)
            yield first, each
