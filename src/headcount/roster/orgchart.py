"""The org-chart JSON: units within units, each with its accounts by platform."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from json import JSONDecodeError

from headcount.errors import Fault, Mistake
from headcount.model import Entry, Unit
from headcount.roster.draft import Draft, Parsed, Place
from headcount.roster.identify import slug_of
from headcount.roster.sheet import is_ruined, ruined
from headcount.roster.spelling import nearest

Node = Mapping[str, tuple[int, object]]
"""The members of an object by name, each with its line; numbers are kept as they are written."""

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?', re.DOTALL)
_MEMBERS = {"type", "zid", "name", "active", "abbreviation", "accounts", "children"}
_SHAPE = 'a unit is {"type": "...", "zid": "1", "accounts": [{"twitter": "..."}], "children": [...]}'


def read_org_chart(text: str, file: str) -> Parsed:
    """The units in the order of the file, each under the one that holds it.

    Raises:
        Mistake: where it is not JSON, or not an organisation chart.
    """
    draft = Draft(file)
    try:
        for line, node in _nodes((1, _decoded(text, file))):
            if not _MEMBERS & node.keys():
                raise Mistake([Fault(file, "this is not an organisation chart", line, hint=_SHAPE)])
            _unit(node, None, line, draft)
    except RecursionError:
        raise Mistake([Fault(file, "this is nested too deeply for an organisation chart")]) from None
    return draft.done()


def _decoded(text: str, file: str) -> object:
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


def _nodes(member: tuple[int, object]) -> Iterator[tuple[int, Node]]:
    """The objects of a member: one, or a list of them."""
    line, value = member
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            first = min((number for number, _ in each.values()), default=line)
            yield first, each


def _unit(node: Node, parent: str | None, line: int, draft: Draft) -> None:
    _complain_of_typos(node, draft)
    number, name = _text(node, "zid"), _text(node, "type")
    place = Place(draft.file, node.get("zid", (line, ""))[0], "zid")
    accounts = list(_handles(node, line, draft))
    if is_ruined(number):
        draft.complain(place.fault(*ruined(number)))
    if number or name or accounts:
        active = _text(node, "active").casefold() != "no"
        draft.unit(Unit(number, name, parent, _text(node, "abbreviation"), _text(node, "name"), active), place)
    else:
        number = draft.spacer(place, parent)
    for slug, handle, where in accounts:
        draft.account(handle, slug, where, Entry(number, slug, handle))
    for below, child in _nodes(node.get("children", (line, []))):
        _unit(child, number or parent, below, draft)


def _complain_of_typos(node: Node, draft: Draft) -> None:
    """A chart may say more than we read, but not nearly what we read."""
    for name, (line, _) in node.items():
        if name not in _MEMBERS and (hint := nearest(name, _MEMBERS)):
            draft.complain(Place(draft.file, line, name).fault("this is not read", hint))


def _handles(node: Node, line: int, draft: Draft) -> Iterator[tuple[str, str, Place]]:
    """Each account of a unit: slug, handle and place."""
    for _, accounts in _nodes(node.get("accounts", (line, []))):
        for platform, (where, value) in accounts.items():
            place = Place(draft.file, where, platform)
            try:
                slug = slug_of(platform)
            except Mistake as mistake:
                draft.complain(place.fault(str(mistake)))
                continue
            if not isinstance(value, str | None):
                draft.complain(place.fault("a handle is a text; several are separated by |"))
            handles = map(str.strip, _text(accounts, platform).split("|"))
            yield from ((slug, handle, place) for handle in handles if handle)


def _text(node: Node, name: str) -> str:
    """A member as text; `null`, as a word or as itself, says nothing."""
    value = node.get(name, (0, ""))[1]
    text = value.strip() if isinstance(value, str) else ""
    return "" if text == "null" else text
