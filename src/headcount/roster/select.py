"""Whom the selectors of a job mean: `*`, `unit:ID`, `platform:SLUG`, `group:NAME`, or an account's key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from headcount.model import Account, Entry, Unit
from headcount.platforms import canonical
from headcount.roster.keys import fold, key_of
from headcount.roster.resolve import People
from headcount.roster.spelling import nearest
from headcount.roster.tree import descendants


def select(people: Iterable[tuple[Entry, Account]], units: Sequence[Unit], selectors: Iterable[str]) -> People:
    """Those whom at least one selector means, in the order of the roster: `*`, `unit:ID`, `platform:SLUG`, `group:NAME`, a key."""
    meanings = [_meaning(text, units) for text in selectors]
    return tuple(each for each in people if any(means(*each) for means in meanings))


def unmatched(people: People, units: Sequence[Unit], selectors: Iterable[str]) -> tuple[str, ...]:
    """Of each selector that means nobody, a sentence with the nearest good spelling."""
    idle = [text for text in selectors if text != "*" and not select(people, units, [text])]
    good = {
        *(account.key for _, account in people),
        *(f"unit:{unit.id}" for unit in units),
        *(f"group:{entry.group}" for entry, _ in people if entry.group),
    }
    return tuple(f"{text} means nobody in the roster" + _in_brackets(nearest(text, good)) for text in idle)


def _in_brackets(hint: str) -> str:
    return f" ({hint})" if hint else ""


def _meaning(text: str, units: Sequence[Unit]) -> Callable[[Entry, Account], bool]:
    """Whom a selector means; a unit means all under it too."""
    kind, _, which = text.partition(":")
    if kind == "*":
        return lambda _entry, _account: True
    if kind == "unit":
        under = descendants(units, which)
        return lambda entry, _account: entry.unit in under
    if kind == "platform":
        return lambda entry, _account: entry.platform == canonical(which)
    if kind == "group":
        return lambda entry, _account: entry.group == which
    return partial(_is_called, text)


def _is_called(text: str, entry: Entry, account: Account) -> bool:
    """Whether a text is an account's key, or the platform and a handle of it."""
    slug, _, name = text.partition("/")
    if canonical(slug) != entry.platform:
        return False
    return account.key in {text, key_of(entry.platform, name)} or (
        fold(entry.platform, name) == fold(entry.platform, entry.handle)
    )
