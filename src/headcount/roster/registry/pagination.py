"""Whether all pages of the registry are there: each page says how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from headcount.errors import Fault
from headcount.roster.lined import Node
from headcount.roster.registry.pages import LISTS

_MOST_DIGITS = 5
_SHOWN = 5
_HINT = "fetch them too, and put all pages into one list: [PAGE, PAGE, ...]"


def missing_pages(pages: list[tuple[int, Node]], file: str) -> Iterator[Fault]:
    """A fault at the first page where some others are missing."""
    told = [numbers for _, page in pages if (numbers := _old(page) or _new(page))]
    here = {number for number, _ in told}
    missing = sorted(set[int]().union(*(wanted for _, wanted in told)) - here)
    if missing:
        which = ", ".join(map(str, missing[:_SHOWN])) + (", ..." if len(missing) > _SHOWN else "")
        what = f"{len(here)} of {len(here) + len(missing)} pages here: page {which} missing"
        yield Fault(file, what, pages[0][0], hint=_HINT)


def _old(page: Node) -> tuple[int, set[int]] | None:
    """The number of a page of the old interface, and all that there are: from 1 on."""
    about = _about(page, "metadata")
    number, pages = _number(about, "page"), _number(about, "pages")
    return None if number is None or pages is None else (number, set(range(1, pages + 1)))


def _new(page: Node) -> tuple[int, set[int]] | None:
    """The same of Touchpoints: from 0 on. Its total is rounded down, so that a full last page has one more after it."""
    about = _about(page, "meta")
    number, pages, size = (_number(about, name) for name in ("page", "totalPages", "size"))
    if number is None or pages is None:
        return None
    one_more = size is not None and number == pages - 1 and len(_accounts(page)) >= size
    return number, set(range(pages + one_more))


def _about(page: Node, name: str) -> Node:
    _, about = page.get(name, (0, None))
    return about if isinstance(about, Mapping) else {}


def _accounts(page: Node) -> list[object]:
    return next((value for name in LISTS for _, value in [page.get(name, (0, None))] if isinstance(value, list)), [])


def _number(about: Node, name: str) -> int | None:
    _, value = about.get(name, (0, None))
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) <= _MOST_DIGITS else None
