"""The platforms as this installation asks them: their declarations and what is set for them."""

from __future__ import annotations

from headcount import platforms
from headcount.collect.plan import Office
from headcount.collect.turn import Assignment
from headcount.model import Account
from headcount.net.route import Servers
from headcount.settings import PlatformSettings, Settings


def assignments(settings: Settings, accounts: tuple[Account, ...]) -> tuple[Assignment, ...]:
    """Each platform with the accounts to ask it about."""
    by_platform: dict[str, list[Account]] = {}
    for account in accounts:
        by_platform.setdefault(account.platform, []).append(account)
    return tuple(Assignment(office(settings, slug), tuple(some)) for slug, some in by_platform.items())


def office(settings: Settings, slug: str) -> Office:
    """A platform as this installation asks it."""
    platform = platforms.platform(slug)
    here = settings.platforms.get(slug, PlatformSettings())
    public = {
        each.name: here.credentials[each.name]
        for each in platform.credentials
        if not each.secret and each.name in here.credentials
    }
    hosts = {**platform.hosts, **here.hosts}
    return Office(
        platform=platform,
        hosts=Servers(hosts) if platform.federated else hosts,
        options={**platform.options, **here.options, **public},
        secrets=here.credentials,
        chosen=here.sources,
        official_only=settings.sources == "official",
        pace=here.pace,
    )
