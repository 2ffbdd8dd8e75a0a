"""What has changed between two rosters. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from msgspec import Struct

from headcount.errors import Fault
from headcount.model import Entry
from headcount.roster.claims import claimed_twice
from headcount.roster.keys import fold
from headcount.roster.near import is_near
from headcount.roster.parsed import Parsed

_SAID = ("handle", "name", "language", "group", "priority", "relation", "visibility", "collect", "since", "until")
"""What a roster says of an account beside who it is and who runs it."""

_Who = tuple[str, str]


class Moved(Struct, frozen=True):
    """An account that another unit runs now."""

    before: Entry
    after: Entry


class Changed(Struct, frozen=True):
    """An account of the same unit of which something else is said now."""

    before: Entry
    after: Entry

    @property
    def fields(self) -> tuple[str, ...]:
        """What is said otherwise: the names of `Entry`'s fields."""
        return tuple(name for name in _SAID if getattr(self.before, name) != getattr(self.after, name))


class Typo(Struct, frozen=True):
    """An account that went and one that came, which are spelt nearly alike."""

    removed: Entry
    added: Entry


class Difference(Struct, frozen=True):
    """What has changed; `added` and `removed` hold both sides of a typo too."""

    added: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    moved: tuple[Moved, ...] = ()
    changed: tuple[Changed, ...] = ()
    typos: tuple[Typo, ...] = ()
    duplicates: tuple[Fault, ...] = ()
    """Accounts that the new roster names twice for one unit."""
    shared: tuple[Fault, ...] = ()
    """Accounts that two units claim in the new roster."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed, and nothing of the new roster is to be looked at."""
        return self == Difference()


def difference(old: Parsed, new: Parsed) -> Difference:
    """What has changed between two rosters: an account is the same if platform and handle are, whatever its case."""
    before, after = _by_account(old), _by_account(new)
    added: list[Entry] = []
    removed: list[Entry] = []
    moved: list[Moved] = []
    for who in dict.fromkeys([*before, *after]):
        for gone, come in _passed_on(before.get(who, {}), after.get(who, {})):
            if gone and come:
                moved.append(Moved(gone, come))
            elif gone:
                removed.append(gone)
            elif come:
                added.append(come)
    twice, shared = claimed_twice(new.placed)
    return Difference(
        tuple(added),
        tuple(removed),
        tuple(moved),
        tuple(_changed(before, after)),
        tuple(_typos(removed, added)),
        tuple(twice),
        tuple(shared),
    )


def _by_account(parsed: Parsed) -> dict[_Who, dict[str, Entry]]:
    """The entries of each account, by unit."""
    found: dict[_Who, dict[str, Entry]] = {}
    for entry in parsed.roster.entries:
        who = entry.platform, fold(entry.platform, entry.handle)
        found.setdefault(who, {})[entry.unit] = entry
    return found


def _passed_on(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> Iterable[tuple[Entry | None, Entry | None]]:
    """Each unit that an account has left, with one that it has come to."""
    return zip_longest(
        (entry for unit, entry in before.items() if unit not in after),
        (entry for unit, entry in after.items() if unit not in before),
    )


def _changed(
    before: Mapping[_Who, Mapping[str, Entry]], after: Mapping[_Who, Mapping[str, Entry]]
) -> Iterator[Changed]:
    for who, units in after.items():
        for unit, entry in units.items():
            earlier = before.get(who, {}).get(unit)
            if earlier and Changed(earlier, entry).fields:
                yield Changed(earlier, entry)


def _typos(removed: Sequence[Entry], added: Sequence[Entry]) -> Iterator[Typo]:
    """Each account that went, with the first of its platform that came and is spelt nearly alike, of its own unit before others."""
    left = list(added)
    for gone in removed:
        near = [come for come in left if come.platform == gone.platform and is_near(gone.handle, come.handle)]
        if near:
            come = max(near, key=lambda each: each.unit == gone.unit)
            left.remove(come)
            yield Typo(gone, come)
