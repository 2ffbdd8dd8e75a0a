"""How the roster lists its accounts at a moment: what the store keeps, so that nothing is lost when one leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from headcount.clock import midnight
from headcount.model import Account, Entry, Roster
from headcount.roster.resolve import People
from headcount.roster.terms import ends, in_force
from headcount.store.nouns import Listing


def listings(roster: Roster, people: People, at: datetime) -> Iterator[Listing]:
    """By each line in force at `at`, a moment of the organisation's zone; where none is any more, by the last, with its end.

    An account whose lines are all to come is not listed yet. One that any line calls internal is internal.
    """
    names = {unit.id: unit.name for unit in roster.units}
    internal = {account.key for entry, account in people if entry.visibility == "internal"}
    for entry, account in (*_in_force(people, at.date()), *_over(people, at.date())):
        yield Listing(
            account.key,
            entry.unit,
            names.get(entry.unit, ""),
            account.handle,
            "internal" if account.key in internal else "public",
            entry.relation,
            _end(entry, at),
        )


def _in_force(people: People, day: date) -> People:
    return tuple((entry, account) for entry, account in people if in_force(entry, day))


def _over(people: People, day: date) -> Iterator[tuple[Entry, Account]]:
    """The last line of everyone who has had one, and has none in force."""
    current = {account.key for _, account in _in_force(people, day)}
    past = [(entry, account) for entry, account in people if account.key not in current and ends(entry) < day]
    yield from {
        account.key: (entry, account) for entry, account in sorted(past, key=lambda each: ends(each[0]))
    }.values()


def _end(entry: Entry, at: datetime) -> datetime | None:
    """The end of a line's last day (UTC), if it is over."""
    if at.date() <= ends(entry):
        return None
    return midnight(ends(entry) + timedelta(days=1), at.tzinfo or UTC)
