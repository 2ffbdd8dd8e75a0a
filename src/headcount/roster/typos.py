"""Handles that are probably misspelt: one slip away from one that the same people use, or that has answered before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from headcount.errors import Fault
from headcount.model import Entry
from headcount.roster.keys import fold
from headcount.roster.near import Neighbours
from headcount.roster.parsed import Place

_Placed = tuple[Entry, Place]


class Known(Protocol):
    """An account that was answered for before."""

    @property
    def platform(self) -> str:
        """The slug of its platform."""

    @property
    def handles(self) -> Sequence[str]:
        """Every handle it has been known by."""


def likely_typos(placed: Sequence[_Placed], known: Iterable[Known] = ()) -> tuple[Fault, ...]:
    """A complaint of each handle that is probably misspelt, with the spelling that was probably meant.

    It is compared with the handles of its unit on any platform, with those of its platform in any unit, and with those
    of its platform that have answered before.
    """
    found: dict[Place, Fault] = {}
    for place, fault in (*_beside_answers(placed, known), *_beside_each_other(placed)):
        found.setdefault(place, fault)
    return tuple(sorted(found.values(), key=lambda fault: fault.line or 0))


def _beside_answers(placed: Sequence[_Placed], known: Iterable[Known]) -> Iterator[tuple[Place, Fault]]:
    answered: dict[str, dict[str, str]] = {}
    for each in known:
        for handle in each.handles:
            answered.setdefault(each.platform, {})[fold(each.platform, handle)] = handle
    neighbours = {platform: Neighbours(handles) for platform, handles in answered.items()}
    for entry, place in placed:
        folded = fold(entry.platform, entry.handle)
        if entry.platform in answered and folded not in answered[entry.platform]:
            for near in neighbours[entry.platform].of(folded)[:1]:
                yield place, _misspelt(entry, place, f"{answered[entry.platform][near]}, which has answered before?")


def _beside_each_other(placed: Sequence[_Placed]) -> Iterator[tuple[Place, Fault]]:
    groups: dict[tuple[str, str], list[_Placed]] = {}
    for entry, place in placed:
        groups.setdefault(("unit", entry.unit), []).append((entry, place))
        groups.setdefault(("platform", entry.platform), []).append((entry, place))
    for group in groups.values():
        yield from _odd_ones(group)


def _odd_ones(group: Sequence[_Placed]) -> Iterator[tuple[Place, Fault]]:
    """Those who differ by a slip from a word that more of the group use, or that stands before them."""
    uses = Counter(_word(entry) for entry, _ in group)
    first: dict[str, _Placed] = {}
    for entry, place in group:
        first.setdefault(_word(entry), (entry, place))
    order = {word: number for number, word in enumerate(first)}
    neighbours = Neighbours(first)
    for entry, place in group:
        word = _word(entry)
        for near in neighbours.of(word):
            if (uses[near], -order[near]) > (uses[word], -order[word]):
                good, there = first[near]
                yield place, _misspelt(entry, place, f"{good.handle}, as {good.platform} on line {there.line}?")
                break


def _word(entry: Entry) -> str:
    """What is alike in the handles of one name on several platforms: `nasa` in `@NASA`, `nasa@mastodon.social`, `r/nasa`."""
    return entry.handle.casefold().removeprefix("@").partition("@")[0].rpartition("/")[2]


def _misspelt(entry: Entry, place: Place, meant: str) -> Fault:
    return place.fault(f"{entry.platform} {entry.handle} may be misspelt", f"did you mean {meant}")
