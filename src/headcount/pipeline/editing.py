"""What is to be published now."""

from __future__ import annotations

from datetime import timedelta

from msgspec import structs

from headcount import platforms
from headcount.model import Account, Entry
from headcount.pipeline.house import House
from headcount.publish.edition import Edition, Listed, Wide
from headcount.roster.keys import fold


def edition(house: House) -> Edition:
    """What is to be published now."""
    settings = house.settings
    return Edition(
        organization=settings.organization.name,
        timezone=settings.organization.timezone,
        units=house.roster.units,
        listed=tuple(_listed(house, entry, account) for entry, account in house.people),
        tables=tuple(
            Wide(table.name, table.job, house.columns(table), table.time_column, table.missing)
            for table in settings.tables.values()
        ),
        max_age=timedelta(days=settings.max_age_days),
        at=house.clock.now(),
        store=house.store,
        links={account.key: _link(account.platform, _handle(house, entry, account)) for entry, account in house.people},
    )


def _listed(house: House, entry: Entry, account: Account) -> Listed:
    closed = house.archived(account.key)
    today = structs.replace(entry, handle=_handle(house, entry, account))
    return Listed(account.key, today, closed.since if closed else None)


def _handle(house: House, entry: Entry, account: Account) -> str:
    """The roster's handle; today's, where the roster names one that the account has given up."""
    held = house.known[account.key].held if account.key in house.known else ()
    names = [fold(entry.platform, each.handle) for each in held]
    roster = fold(entry.platform, entry.handle)
    return held[-1].handle if roster in names and roster != names[-1] else account.handle


def _link(platform: str, handle: str) -> str:
    return platforms.platform(platform).handles.link.format(handle=handle)
