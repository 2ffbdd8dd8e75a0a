"""The examination that `headcount doctor` makes of an installation: each part gives its findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from headcount.cli.examining.channels import examine_channels
from headcount.cli.examining.finding import Finding, fault
from headcount.cli.examining.machine import examine_machine, without_password
from headcount.clock import SYSTEM
from headcount.collect.plan import ways
from headcount.errors import Mistake
from headcount.news.naming import plural
from headcount.pipeline.house import House
from headcount.pipeline.offices import office
from headcount.pipeline.publishing.editing import annotated
from headcount.settings import Settings


def examine_settings(settings: Settings) -> Iterator[Finding]:
    """Everything that can be seen without the store."""
    yield Finding("configuration", True, f"{settings.file} is in order")
    yield from examine_machine(settings)
    yield from examine_channels(settings)


def examine_house(house: House) -> Iterator[Finding]:
    """What is seen with the store and the roster open."""
    yield Finding("store", True, f"{without_password(house.settings.store)} can be read and written")
    accounts, units = plural(len(house.people), "account"), plural(len(house.roster.units), "unit")
    yield Finding("roster", True, f"{accounts} of {units}")
    yield from _annotations(house)
    yield from _newest(house)
    for slug in sorted({account.platform for _, account in house.people}):
        yield _credentials(house.settings, slug)


def _annotations(house: House) -> Iterator[Finding]:
    """Whether the notes that are published beside the counts can be read; a fault in them would keep all from being published."""
    path = house.settings.organization.annotations
    try:
        number = len(list(annotated(house)))
    except Mistake as error:
        yield fault("annotations", error)
    else:
        yield from [Finding("annotations", True, f"{number} in {path}")] if path else []


def _credentials(settings: Settings, slug: str) -> Finding:
    """Whether a platform of the roster can be asked, and by what."""
    here = office(settings, slug)
    usable = list(dict.fromkeys(entry.name for entries in ways(here) for entry in entries))
    if here.platform.retired:
        return Finding(slug, True, f"closed on {here.platform.retired:%d %B %Y}; not asked for")
    if not here.platform.sources:
        return Finding(slug, True, here.platform.no_source)
    missing = [each.name for each in here.platform.credentials if each.name not in here.secrets]
    hint = "; ".join(f"HEADCOUNT_{slug.upper()}_{name.upper()}" for name in missing)
    if not usable:
        return Finding(slug, False, "no source can be asked", f'set {hint} (or the public pages: sources = "all")', 1)
    return Finding(slug, True, f"asked by {', '.join(usable)}" + (f"; not given: {hint}" if hint else ""))


def _newest(house: House) -> Iterator[Finding]:
    """A stored reading from the future: the clock was, or is, wrong."""
    newest = max((each.taken_at for each in house.store.latest(datetime.max.replace(tzinfo=UTC))), default=None)
    if newest and newest > SYSTEM.now():
        yield Finding(
            "clock",
            False,
            f"the newest count is of {newest:%Y-%m-%d %H:%M} UTC, which is still to come",
            "set the machine's clock",
            3,
        )
