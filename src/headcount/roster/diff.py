"""What has changed between two rosters. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from msgspec import Struct

from headcount.errors import Fault
from headcount.model import Entry
from headcount.roster.claims import claimed_twice
from headcount.roster.keys import fold
from headcount.roster.near import is_near
from headcount.roster.pairs import paired
from headcount.roster.parsed import Parsed
from headcount.roster.reorganised import Reorganisation, reorganisation

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
    units: Reorganisation = Reorganisation()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed, and nothing of the new roster is to be looked at."""
        return self == Difference()


def difference(old: Parsed, new: Parsed) -> Difference:
    """What has changed between two rosters: an account is the same if platform and handle are, whatever its case."""
    before, after = _by_account(old), _by_account(new)
    added: list[Entry] = []
    removed: list[Entry] = []
    kept: list[tuple[Entry, Entry]] = []
    for who in dict.fromkeys([*before, *after]):
        for gone, come in paired(before.get(who, ()), after.get(who, ())):
            if gone and come:
                kept.append((gone, come))
            elif gone:
                removed.append(gone)
            elif come:
                added.append(come)
    twice, shared = claimed_twice(new.placed, new.roster.units)
    return Difference(
        tuple(added),
        tuple(removed),
        tuple(Moved(gone, come) for gone, come in kept if gone.unit != come.unit),
        tuple(_changed(kept)),
        tuple(_typos(removed, added)),
        tuple(twice),
        tuple(shared),
        reorganisation(old.roster.units, new.roster.units),
    )


def _by_account(parsed: Parsed) -> dict[_Who, tuple[Entry, ...]]:
    """The lines of each account: one a unit and term."""
    found: dict[_Who, dict[Hashable, Entry]] = {}
    for entry in parsed.roster.entries:
        who = entry.platform, fold(entry.platform, entry.handle)
        found.setdefault(who, {})[entry.unit, entry.since, entry.until] = entry
    return {who: tuple(lines.values()) for who, lines in found.items()}


def _changed(kept: Iterable[tuple[Entry, Entry]]) -> Iterator[Changed]:
    for before, after in kept:
        changed = Changed(before, after)
        if before.unit == after.unit and changed.fields:
            yield changed


def _typos(removed: Sequence[Entry], added: Sequence[Entry]) -> Iterator[Typo]:
    """Each account that went, with the first of its platform that came and is spelt nearly alike, of its own unit before others."""
    left = list(added)
    for gone in removed:
        near = [come for come in left if come.platform == gone.platform and is_near(gone.handle, come.handle)]
        if near:
            come = max(near, key=lambda each: each.unit == gone.unit)
            left.remove(come)
            yield Typo(gone, come)
