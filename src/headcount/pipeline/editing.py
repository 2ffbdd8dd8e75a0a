"""What is to be published now."""

from __future__ import annotations

from datetime import timedelta

from headcount import platforms
from headcount.pipeline.house import House
from headcount.publish.edition import Edition, Listed, Wide


def edition(house: House) -> Edition:
    """What is to be published now."""
    settings = house.settings
    return Edition(
        organization=settings.organization.name,
        timezone=settings.organization.timezone,
        units=house.roster.units,
        listed=tuple(Listed(account.key, entry) for entry, account in house.people),
        tables=tuple(
            Wide(table.name, table.job, table.columns, table.time_column, table.missing)
            for table in settings.tables.values()
        ),
        max_age=timedelta(days=settings.max_age_days),
        at=house.clock.now(),
        store=house.store,
        links={account.key: _link(account.platform, account.handle) for _, account in house.people},
    )


def _link(platform: str, handle: str) -> str:
    if platform not in platforms.slugs():
        return ""
    return platforms.platform(platform).handles.link.format(handle=handle)
