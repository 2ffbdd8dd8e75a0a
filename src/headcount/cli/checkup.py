"""The examination that `headcount doctor` makes: one function a part, each gives its findings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from headcount.clock import SYSTEM
from headcount.collect.plan import ways
from headcount.errors import HeadcountError
from headcount.pipeline.house import House
from headcount.pipeline.offices import office
from headcount.settings import Settings

LOW_DISK = 500 * 1024 * 1024
FOUNDED = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows an earlier time."""


class Finding(Struct, frozen=True):
    """One thing that was looked at."""

    part: str
    well: bool
    what: str
    mend: str = ""
    exit_status: int = 0


def examine_settings(settings: Settings) -> Iterator[Finding]:
    """Everything that can be seen without the store."""
    yield Finding("configuration", True, f"{settings.file} is in order")
    yield from _disk(settings)
    yield from _clock()
    yield from _proxy(settings)
    for target in settings.targets:
        yield _target(target.name, target.to)


def examine_house(house: House) -> Iterator[Finding]:
    """What is seen with the store and the roster open."""
    yield Finding("store", True, f"{_without_password(house.settings.store)} can be read and written")
    yield Finding("roster", True, f"{len(house.people)} accounts of {len(house.roster.units)} units")
    yield from _newest(house)
    for slug in sorted({account.platform for _, account in house.people}):
        yield _credentials(house.settings, slug)


def fault(part: str, error: HeadcountError) -> Finding:
    """A part that could not be opened at all."""
    return Finding(part, False, str(error), exit_status=error.exit_status)


def _credentials(settings: Settings, slug: str) -> Finding:
    """Whether a platform of the roster can be asked, and by what."""
    here = office(settings, slug)
    usable = list(dict.fromkeys(entry.name for entries in ways(here) for entry in entries))
    if here.platform.retired:
        return Finding(slug, True, f"closed on {here.platform.retired:%d %B %Y}; not asked for")
    if not here.platform.sources:
        return Finding(slug, True, "not counted by this version yet")
    missing = [each.name for each in here.platform.credentials if each.name not in here.secrets]
    hint = "; ".join(f"HEADCOUNT_{slug.upper()}_{name.upper()}" for name in missing)
    if not usable:
        return Finding(slug, False, "no source can be asked", f'set {hint} (or the public pages: sources = "all")', 1)
    return Finding(slug, True, f"asked by {', '.join(usable)}" + (f"; not given: {hint}" if hint else ""))


def _disk(settings: Settings) -> Iterator[Finding]:
    try:
        free = shutil.disk_usage(settings.state).free
    except OSError as error:
        yield Finding(
            "disk", False, f"{settings.state}: {error.strerror}", "make the folder, or name another in [paths] state", 3
        )
        return
    what = f"{free // 1024**2:,} MB free in {settings.state}"
    yield Finding(
        "disk",
        free >= LOW_DISK,
        what,
        "" if free >= LOW_DISK else "make room: a full disk stops the store",
        0 if free >= LOW_DISK else 3,
    )


def _clock() -> Iterator[Finding]:
    now = SYSTEM.now()
    well = now >= FOUNDED
    yield Finding(
        "clock",
        well,
        f"it is {now:%Y-%m-%d %H:%M:%S} UTC",
        "" if well else "set the machine's clock (chrony, systemd-timesyncd)",
        0 if well else 3,
    )


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


def _proxy(settings: Settings) -> Iterator[Finding]:
    if settings.http.proxy:
        yield Finding("proxy", True, f"everything goes through {_without_password(settings.http.proxy)}")


def _target(name: str, to: str) -> Finding:
    folder = Path(to)
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    well = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    return Finding(f"target {name}", well, to, "" if well else f"let this user write to {existing}", 0 if well else 3)


def _without_password(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"
