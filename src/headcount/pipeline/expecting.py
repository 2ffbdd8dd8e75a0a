"""What should be there: the accounts of the roster, the jobs and targets of the configuration, the sources that can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from headcount.collect.plan import ways
from headcount.model import Account, Entry, Job
from headcount.pipeline.house import House
from headcount.pipeline.offices import office
from headcount.settings import Settings
from headcount.vitals.signs import Expectation, Expected, Vitals
from headcount.vitals.take import take


def expectation(house: House) -> Expectation:
    """What an installation should find when it looks at itself."""
    jobs = {name: house.job(name) for name in house.settings.jobs}
    due = {name: [account.key for _, account in house.due(job)] for name, job in jobs.items()}
    counting, hidden = _counting(house, jobs, due), _hidden(house)
    listed = {account.key: (entry, account) for entry, account in house.current()}
    return Expectation(
        accounts=tuple(
            _expected(house, entry, account, counting.get(key, ""), key not in hidden)
            for key, (entry, account) in listed.items()
        ),
        jobs={name: house.cadence(jobs[name]) for name, keys in due.items() if keys},
        targets=tuple(target.name for target in house.settings.targets),
        sources=sources(house.settings, {account.platform for _, account in listed.values()}),
    )


def vitals(house: House) -> Vitals:
    """How everything is now that an installation should have."""
    return take(house.store, expectation(house), house.clock.now())


def sources(settings: Settings, slugs: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The sources of some platforms that can be asked, best first."""
    return {slug: tuple(entries[0].name for entries in ways(office(settings, slug))) for slug in sorted(slugs)}


def _counting(house: House, jobs: Mapping[str, Job], due: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The job that counts each account most often, by its key."""
    most_often_last = sorted(jobs, key=lambda name: _length(house, name), reverse=True)
    return {key: name for name in most_often_last for key in due[name]}


def _length(house: House, job: str) -> timedelta:
    return house.cadence(house.settings.jobs[job]).length


def _hidden(house: House) -> frozenset[str]:
    """The keys of those whom any line of the roster, in force or not, hides."""
    return frozenset(key for key, visibility in _lines(house) if visibility == "internal")


def _lines(house: House) -> Iterator[tuple[str, str]]:
    yield from ((account.key, entry.visibility) for entry, account in house.people)
    yield from ((listing.key, listing.visibility) for listing in house.departed)


def _expected(house: House, entry: Entry, account: Account, job: str, public: bool) -> Expected:
    closed = house.archived(account.key)
    return Expected(
        key=account.key,
        unit=entry.unit,
        platform=account.platform,
        period=_length(house, job) if job else None,
        archived=closed.since if closed else None,
        public=public,
        job=job,
    )
