"""Accounts that two lines of a roster name by different handles, at the same time: perhaps they are two. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from msgspec import Struct

from headcount.errors import Fault
from headcount.model import Entry
from headcount.roster.keys import fold
from headcount.roster.parsed import Parsed, place_of
from headcount.roster.resolve import Known, People, resolve
from headcount.roster.terms import overlap


class Pair(Struct, frozen=True):
    """Two lines that mean one account."""

    key: str
    one: Entry
    other: Entry


def in_two_ways(people: People) -> Iterator[Pair]:
    """Each account that several lines name by different handles; of more than two lines, the first that differ."""
    lines: dict[str, list[Entry]] = {}
    for entry, account in people:
        lines.setdefault(account.key, []).append(entry)
    for key, some in lines.items():
        pairs = (Pair(key, one, other) for one, other in combinations(some, 2) if _differ(one, other))
        yield from list(pairs)[:1]


def two_ways(pair: Pair) -> str:
    """The complaint, with what to do."""
    one, other = (f"{each.handle} ({each.place})" for each in (pair.one, pair.other))
    return (
        f"{pair.key}: the roster names it as {one} and as {other}, and both get its count; if they are two accounts, say "
        f"which handle it has today, `headcount account rename {pair.key} HANDLE`; if they are one, write it in one way"
    )


def joined(parsed: Parsed, known: Iterable[Known]) -> tuple[Fault, ...]:
    """What there is to look at in a roster, given the accounts that the store knows."""
    pairs = in_two_ways(resolve(parsed.roster.entries, known))
    return tuple(place_of(pair.other, parsed.file).fault(two_ways(pair)) for pair in pairs)


def _differ(one: Entry, other: Entry) -> bool:
    return fold(one.platform, one.handle) != fold(other.platform, other.handle) and overlap(one, other)
