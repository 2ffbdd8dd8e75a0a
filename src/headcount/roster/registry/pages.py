"""The registry's JSON: pages of the old interface and of Touchpoints, or lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from headcount.roster.lined import Node
from headcount.roster.parsed import Place
from headcount.roster.printed import without_controls
from headcount.roster.registry.listed import Agency, Listed, without_emails

LISTS = ("data", "results", "digital_service_accounts")
"""What a page calls its accounts: JSON:API, the old interface, and plain JSON."""
_ABOUT = {"meta", "metadata", "links"}
_ERRORS = {"error", "errors"}
_KEY = re.compile(r"\b(?=\w*[0-9])\w{8,}\b")
_MOST_OF_AN_ERROR = 300
_SERVICE = ("service", "service_key", "service_display_name")


def is_registry_pages(tree: object) -> bool:
    """Whether decoded JSON is of the registry: a page of it, or anything that has the address of an account."""
    first = tree[0] if isinstance(tree, list) and tree else tree
    if isinstance(first, dict) and _ABOUT & first.keys() and any(name in first for name in LISTS):
        return True
    return any("service_url" in item for _, item in _items(1, tree))


def from_pages(tree: object, file: str) -> list[Listed]:
    """The accounts of decoded JSON, in its order."""
    return [_listed(item, line, file) for line, item in _items(1, tree)]


def pages_of(tree: object) -> list[tuple[int, Node]]:
    """Every page in decoded JSON that says which one it is, with its line, in its order."""
    return [(line, page) for line, page in _pages(1, tree) if _ABOUT & page.keys()]


def error_in(tree: object) -> str:
    """What went wrong, where decoded JSON is a server's answer that says nothing else; keys that it repeats are left out."""
    if not isinstance(tree, Mapping) or tree.keys() & set(LISTS):
        return ""
    words = ": ".join(_words([value for name, (_, value) in tree.items() if name in _ERRORS]))
    return _KEY.sub("[...]", words)[:_MOST_OF_AN_ERROR]


def _words(value: object) -> Iterator[str]:
    """Every text in some decoded JSON."""
    if isinstance(value, str):
        yield without_controls(without_emails(value))
    for inner in value if isinstance(value, list) else value.values() if isinstance(value, Mapping) else ():
        yield from _words(inner[1] if isinstance(value, Mapping) else inner)


def _pages(line: int, value: object) -> Iterator[tuple[int, Node]]:
    """The objects at the top of decoded JSON, or in its lists."""
    if isinstance(value, list):
        for each in value:
            yield from _pages(line, each)
    elif isinstance(value, Mapping):
        yield min((number for number, _ in value.values()), default=line), value


def _items(line: int, value: object) -> Iterator[tuple[int, Node]]:
    """Each object of an account with its line, through lists and pages. JSON:API packs members once more, and writes `service-url`."""
    if isinstance(value, list):
        for each in value:
            yield from _items(line, each)
    elif isinstance(value, Mapping):
        below = [value[name] for name in LISTS if name in value]
        for number, inner in below:
            yield from _items(number, inner)
        if not below:
            yield min((number for number, _ in value.values()), default=line), _unpacked(value)


def _unpacked(item: Node) -> Node:
    _, attributes = item.get("attributes", (0, None))
    inside = attributes if isinstance(attributes, Mapping) else {}
    return {name.replace("-", "_"): member for name, member in {**item, **inside}.items()}


def _listed(item: Node, line: int, file: str) -> Listed:
    where = item.get("service_url", (line, ""))[0]
    service = next(filter(None, (_text(item, name) for name in _SERVICE)), "")
    return Listed(
        Place(file, where, "service_url"),
        service,
        _text(item, "service_url"),
        _text(item, "name") or _text(item, "organization"),
        _text(item, "language"),
        _text(item, "status") or _text(item, "aasm_state"),
        tuple(_agencies(item)),
    )


def _agencies(item: Node) -> Iterator[Agency]:
    _, agencies = item.get("agencies", (0, []))
    for each in agencies if isinstance(agencies, list) else [agencies]:
        if isinstance(each, str) and each.strip():
            yield Agency(without_emails(each.strip()))
        elif isinstance(each, Mapping) and _text(each, "name"):
            yield Agency(_text(each, "name"), _text(each, "id"), _text(each, "abbreviation"))


def _text(node: Node, name: str) -> str:
    """A member as text: a number as it is written, anything else but a text as nothing."""
    value = node.get(name, (0, ""))[1]
    return without_emails(value.strip()) if isinstance(value, str) else ""
