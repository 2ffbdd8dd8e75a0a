"""What is to be published now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from msgspec import structs

from headcount import platforms
from headcount.model import Account, Entry
from headcount.pipeline.expecting import expectation
from headcount.pipeline.house import House
from headcount.publish.edition import Annotation, Departed, Edition, Listed, Wide
from headcount.roster.annotations import read_annotations
from headcount.roster.keys import fold
from headcount.roster.terms import in_force
from headcount.store.nouns import Listing
from headcount.store.reader import Reader


def edition(house: House, store: Reader, mark: int) -> Edition:
    """What is to be published now, of a moment of the store; `mark` is that of the edition before."""
    settings = house.settings
    today, expected = house.local_now().date(), expectation(house)
    listed = tuple(_listed(house, entry, account) for entry, account in house.current())
    departed = tuple(_departed(house, listing) for listing in house.departed if listing.key in house.known)
    return Edition(
        organization=settings.organization.name,
        timezone=settings.organization.timezone,
        units=house.roster.units,
        listed=listed,
        tables=tuple(
            Wide(table.name, table.job, house.columns(table), table.time_column, table.missing)
            for table in settings.tables.values()
        ),
        max_age=timedelta(days=settings.max_age_days),
        at=house.clock.now(),
        store=store,
        changes=store.changes(mark),
        spans=store.spans(),
        periods={each.key: each.period for each in expected.accounts if each.period},
        expected=expected,
        former=_former(house, store),
        cadences={name: house.cadence(job) for name, job in settings.jobs.items()},
        platforms=platforms.slugs(),
        names={slug: platforms.platform(slug).name for slug in {each.entry.platform for each in (*listed, *departed)}},
        licence=settings.organization.licence,
        links={each.key: _link(each) for each in (*listed, *departed) if not _has_passed_on(house, each)},
        annotations=tuple(annotated(house)),
        departed=departed,
        dormant=tuple(_listed(house, entry, account) for entry, account in house.people if not in_force(entry, today)),
    )


def _former(house: House, store: Reader) -> dict[str, timedelta]:
    """How often each account was ever counted, by the jobs of today."""
    lengths = _lengths(house)
    known = {key: jobs & lengths.keys() for key, jobs in store.counted().items()}
    return {key: min(lengths[name] for name in jobs) for key, jobs in known.items() if jobs}


def _lengths(house: House) -> dict[str, timedelta]:
    return {name: house.cadence(house.job(name)).length for name in house.settings.jobs}


def annotated(house: House) -> Iterator[Annotation]:
    """The events that people noted.

    Raises:
        Mistake: every fault of their file, with its place.
    """
    path = house.settings.organization.annotations
    units = [unit.id for unit in house.roster.units]
    for noted in read_annotations(path, house.directory, units) if path else ():
        yield Annotation(**structs.asdict(noted))


def _listed(house: House, entry: Entry, account: Account) -> Listed:
    closed = house.archived(account.key)
    today = structs.replace(entry, handle=_handle(house, entry, account))
    return Listed(account.key, today, closed.since if closed else None)


def _departed(house: House, listing: Listing) -> Departed:
    assert listing.until
    unit, handle, account = listing.unit, listing.handle, Account(listing.key, listing.handle)
    entry = Entry(unit, account.platform, handle, visibility=listing.visibility, relation=listing.relation)
    last = _listed(house, entry, account)
    return Departed(last.key, last.entry, last.archived_since, unit_name=listing.unit_name, listed_until=listing.until)


def _handle(house: House, entry: Entry, account: Account) -> str:
    """The roster's handle; today's, where the roster names one that the account has given up."""
    held = house.known[account.key].held if account.key in house.known else ()
    names = [fold(entry.platform, each.handle) for each in held]
    roster = fold(entry.platform, entry.handle)
    return held[-1].handle if roster in names and roster != names[-1] else account.handle


def _link(listed: Listed) -> str:
    return platforms.platform(listed.entry.platform).handles.link.format(handle=listed.entry.handle)


def _has_passed_on(house: House, listed: Listed) -> bool:
    """Whether what its handle leads to is another account now."""
    known = house.known.get(listed.key)
    return bool(known and known.closed and known.closed.kind == "handed over" and not known.today)
