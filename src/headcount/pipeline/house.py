"""An installation with its doors open: its settings, its store, and whom its roster names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct, structs

from headcount.cadence import Cadence
from headcount.clock import Clock
from headcount.collect.run import Asking, collect
from headcount.errors import Mistake
from headcount.model import Account, Entry, Job, Roster
from headcount.pipeline.listing import listings
from headcount.roster.called import Directory
from headcount.roster.read import keepable, read_roster
from headcount.roster.resolve import resolve
from headcount.roster.select import select
from headcount.roster.terms import in_force
from headcount.settings import Settings, Table
from headcount.store.contract import Store
from headcount.store.nouns import Closure, Known, Listing
from headcount.store.reader import Column

People = tuple[tuple[Entry, Account], ...]
"""The entries of the roster, each with the account that the store knows it by."""


class Premises(Struct, frozen=True):
    """What an installation stands on, before its roster is read."""

    settings: Settings
    store: Store
    clock: Clock
    ask: Asking = collect
    """How the platforms are asked; a simulation answers in their place."""

    @property
    def evidence(self) -> Path:
        """Where replies are kept that nobody could read, or whose counts are in doubt."""
        return self.settings.state / "evidence"

    def local_now(self) -> datetime:
        """The time in the organisation's zone, whose days a roster means."""
        return self.clock.now().astimezone(self.settings.organization.zone)


class House(Premises, frozen=True, kw_only=True):
    """What every stage is handed its part of."""

    roster: Roster
    people: People
    known: Mapping[str, Known]
    """The accounts that the store knows, by key."""
    directory: Directory
    departed: tuple[Listing, ...]
    """Those who have left the roster, and those whose last line is over, as it listed them last, by key.

    Who left before the store kept listings is not among them.
    """

    def current(self) -> People:
        """The lines of the roster that are in force today; of two of one unit that mean one account, the one that hides it."""
        today = self.local_now().date()
        lines: dict[tuple[str, str], tuple[Entry, Account]] = {}
        for entry, account in self.people:
            if in_force(entry, today) and ((entry.unit, account.key) not in lines or entry.visibility == "internal"):
                lines[entry.unit, account.key] = (entry, account)
        return tuple(lines.values())

    def due(self, job: Job) -> People:
        """Whom a job counts today."""
        return tuple(
            (entry, account)
            for entry, account in select(self.current(), self.roster.units, job.accounts)
            if entry.collect and not self.archived(account.key)
        )

    def meant(self, job: Job) -> People:
        """Whom a job means, counted today or not."""
        return select(self.people, self.roster.units, job.accounts)

    def archived(self, key: str) -> Closure | None:
        """Since when an account is no longer counted, where a person says so."""
        closed = self.known[key].closed if key in self.known else None
        return closed if closed and closed.kind == "archived" else None

    def columns(self, table: Table) -> dict[str, Column]:
        """The columns of a wide table, each under the account's key, whichever of its names the configuration uses."""
        return {header: (self.directory.find(name) or name, metric) for header, (name, metric) in table.columns.items()}

    def job(self, name: str) -> Job:
        """The job of that name; accounts that it calls by a former handle are called by their keys.

        Raises:
            Mistake: where there is none.
        """
        if name not in self.settings.jobs:
            raise Mistake(
                f"there is no job called {name!r} in {self.settings.file}; there are {', '.join(self.settings.jobs)}"
            )
        job = self.settings.jobs[name]
        return structs.replace(job, accounts=tuple(map(self._selector, job.accounts)))

    def _selector(self, text: str) -> str:
        return text if select(self.people, self.roster.units, [text]) else self.directory.find(text) or text

    def cadence(self, job: Job) -> Cadence:
        """The cadence of a job, in the organisation's zone."""
        return self.settings.cadence(job)


def open_house(premises: Premises) -> House:
    """Read the roster afresh, keep it in the store if it has changed, and find out who is who.

    Raises:
        Mistake: every fault of the roster, with its place.
    """
    settings, store, clock = premises.settings, premises.store, premises.clock
    organization = settings.organization
    if organization.roster is None:
        raise Mistake(
            f'{settings.file}: [organization] names no roster: write roster = "roster.csv", the file that lists the accounts'
        )
    roster = read_roster(organization.roster, organization.org_chart)
    for path in filter(None, (organization.roster, organization.org_chart)):
        store.keep_roster(path.name, keepable(path.read_bytes(), str(path)), clock.now())
    known = store.accounts()
    people = resolve(roster.entries, known)
    listed = tuple(listings(roster, people, premises.local_now()))
    departed = (*store.keep_listings(listed, clock.now()), *(each for each in listed if each.until))
    return House(
        settings,
        store,
        clock,
        premises.ask,
        roster=roster,
        people=people,
        known={each.key: each for each in known},
        directory=Directory(people, known),
        departed=tuple(sorted(departed, key=lambda each: each.key)),
    )
