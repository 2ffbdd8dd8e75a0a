"""The org-chart JSON: units within units, each with its accounts by platform."""

from __future__ import annotations

from collections.abc import Iterator

from headcount.errors import Fault, Mistake
from headcount.model import Entry, Unit
from headcount.roster.draft import Draft
from headcount.roster.lined import Node, nodes
from headcount.roster.parsed import Parsed, Place
from headcount.roster.ruined import is_ruined, ruined
from headcount.roster.sheet import several
from headcount.roster.slugs import slug_of
from headcount.roster.spelling import nearest

_MEMBERS = {"type", "zid", "name", "active", "abbreviation", "accounts", "children"}
_SHAPE = 'a unit is {"type": "...", "zid": "1", "accounts": [{"twitter": "..."}], "children": [...]}'


def read_org_chart(tree: object, file: str) -> Parsed:
    """The units of a decoded file in its order, each under the one that holds it.

    Raises:
        Mistake: where it is not an organisation chart.
    """
    draft = Draft(file)
    for line, node in nodes((1, tree)):
        if not _MEMBERS & node.keys():
            raise Mistake([Fault(file, "this is not an organisation chart", line, hint=_SHAPE)])
        _unit(node, None, line, draft)
    return draft.done()


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
    for below, child in nodes(node.get("children", (line, []))):
        _unit(child, number or parent, below, draft)


def _complain_of_typos(node: Node, draft: Draft) -> None:
    """A chart may say more than we read, but not nearly what we read."""
    for name, (line, _) in node.items():
        if name not in _MEMBERS and (hint := nearest(name, _MEMBERS)):
            draft.complain(Place(draft.file, line, name).fault("this is not read", hint))


def _handles(node: Node, line: int, draft: Draft) -> Iterator[tuple[str, str, Place]]:
    """Each account of a unit: slug, handle and place."""
    for _, accounts in nodes(node.get("accounts", (line, []))):
        for platform, (where, value) in accounts.items():
            place = Place(draft.file, where, platform)
            try:
                slug = slug_of(platform)
            except Mistake as mistake:
                draft.complain(place.fault(str(mistake)))
                continue
            if not isinstance(value, str | None):
                draft.complain(place.fault("a handle is a text; several are separated by |"))
            yield from ((slug, handle, place) for handle in several(_text(accounts, platform)))


def _text(node: Node, name: str) -> str:
    """A member as text; `null`, as a word or as itself, says nothing."""
    value = node.get(name, (0, ""))[1]
    text = value.strip() if isinstance(value, str) else ""
    return "" if text == "null" else text
