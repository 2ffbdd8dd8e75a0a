"""Which accounts the entries of a roster are: the ones that the store knows, or new ones under provisional keys. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from headcount.model import Account, Entry
from headcount.roster.keys import fold, key_of
from headcount.roster.terms import overlap

_NUMBERED = re.compile(r".*-([0-9]+)", re.DOTALL)

People = tuple[tuple[Entry, Account], ...]
"""Entries of a roster, each with its account."""


class Known(Protocol):
    """An account that was answered for before."""

    @property
    def key(self) -> str:
        """Its permanent key."""

    @property
    def platform(self) -> str:
        """The slug of its platform."""

    @property
    def handles(self) -> Sequence[str]:
        """Every handle it has been known by, the newest last."""

    @property
    def today(self) -> Sequence[str]:
        """The handles by which it is still meant: those that have passed to another account are not among them."""

    @property
    def renamed(self) -> str | None:
        """The handle that a person says it has today, if one does."""

    @property
    def closed(self) -> object | None:
        """Why it is no longer counted, if it is not."""

    @property
    def ids(self) -> Mapping[str, str]:
        """Its pinned ids, by scheme."""


def resolve(entries: Iterable[Entry], known: Iterable[Known]) -> People:
    """Each entry with its account: a known one under its key and with its pinned ids, or a new one.

    A renamed account is meant by its old handles too, until another line names it as a person says that it is called
    today: then whoever the old handle means is somebody else.
    """
    lines = tuple(entries)
    register = _Register(known, lines)
    return tuple((entry, register.account(entry)) for entry in lines)


class _Register:
    """Whom the store knows, and the keys that were given out since."""

    def __init__(self, known: Iterable[Known], lines: Iterable[Entry]) -> None:
        self._by_handle: dict[tuple[str, str], list[Known]] = {}
        self._by_id: dict[tuple[str, str, str], list[Known]] = {}
        self._taken: set[str] = set()
        self._given: dict[tuple[str, str], str] = {}
        self._lines: dict[tuple[str, ...], list[Entry]] = {}
        for line in lines:
            for name in _names(line.platform, line.handle, line.ids):
                self._lines.setdefault(name, []).append(line)
        for each in known:
            # One that never answered (imported, or only missed) goes by the key that its entry would get.
            if each.handles or each.closed:
                self._taken.add(each.key)
            for handle in dict.fromkeys(fold(each.platform, name) for name in each.today):
                self._by_handle.setdefault((each.platform, handle), []).append(each)
            for scheme, number in each.ids.items():
                self._by_id.setdefault((each.platform, scheme, number), []).append(each)

    def account(self, entry: Entry) -> Account:
        """The account that an entry means."""
        found = self._found(entry)
        if not found:
            return Account(self._new_key(entry), entry.handle, entry.ids)
        best = max(found, key=lambda each: _likeness(entry, each))
        return Account(best.key, _handle(entry, best), {**best.ids, **entry.ids})

    def _found(self, entry: Entry) -> list[Known]:
        """By an id that both have; else by a handle that it has answered to, unless an id of one scheme says otherwise."""
        for scheme, number in entry.ids.items():
            if found := self._by_id.get((entry.platform, scheme, number)):
                return found
        named = self._by_handle.get((entry.platform, fold(entry.platform, entry.handle)), [])
        return [each for each in named if not _contradict(entry, each) and not self._gave_up(each, entry)]

    def _gave_up(self, known: Known, entry: Entry) -> bool:
        """Whether a person says that it is called otherwise today, and another line calls it so."""
        if known.renamed is None or fold(known.platform, known.renamed) == fold(entry.platform, entry.handle):
            return False
        lines = (self._lines.get(name, ()) for name in _names(known.platform, known.renamed, known.ids))
        return any(overlap(entry, line) for some in lines for line in some)

    def _new_key(self, entry: Entry) -> str:
        """The same key for every entry of one account; `-2` where another account has it."""
        who = (entry.platform, fold(entry.platform, entry.handle))
        if who not in self._given:
            self._given[who] = self._free(key_of(entry.platform, entry.handle))
            self._taken.add(self._given[who])
        return self._given[who]

    def _free(self, key: str) -> str:
        number, free = 1, key
        while free in self._taken:
            number += 1
            free = f"{key}-{number}"
        return free


def _names(platform: str, handle: str, ids: Mapping[str, str]) -> list[tuple[str, ...]]:
    """All that one account can be told by."""
    return [(platform, fold(platform, handle)), *((platform, scheme, number) for scheme, number in ids.items())]


def _contradict(entry: Entry, known: Known) -> bool:
    return any(known.ids[scheme] != entry.ids[scheme] for scheme in entry.ids.keys() & known.ids.keys())


def _likeness(entry: Entry, known: Known) -> tuple[bool, int]:
    """By today's handle before an old one, and the newest key of a handle that was handed over."""
    number = _NUMBERED.fullmatch(known.key)
    return _folds(known)[-1:] == [fold(entry.platform, entry.handle)], int(number[1]) if number else 1


def _folds(known: Known) -> list[str]:
    return [fold(known.platform, handle) for handle in known.handles]


def _handle(entry: Entry, known: Known) -> str:
    """The roster's handle; what a person says that it is today; where the roster names an id only, the newest known."""
    if known.renamed and fold(entry.platform, known.renamed) != fold(entry.platform, entry.handle):
        return known.renamed
    only_an_id = entry.handle in entry.ids.values()
    return known.handles[-1] if only_an_id and known.handles else entry.handle
