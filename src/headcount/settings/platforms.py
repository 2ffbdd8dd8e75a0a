"""`[platforms.SLUG]`: sources, pace, hosts, options and credentials, each as the platform declares it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date

from headcount import platforms
from headcount.errors import Mistake
from headcount.net.message import Pace
from headcount.platforms.kit.contract import Platform
from headcount.roster.slugs import slug_of
from headcount.roster.spelling import nearest
from headcount.settings.credentials import PREFIX, Credentials, variable
from headcount.settings.places import Places
from headcount.settings.secrets import expiry, is_reference, secret
from headcount.settings.section import Section
from headcount.settings.shape import PlatformSettings
from headcount.settings.urls import is_base_url

_PACE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)/([0-9]{0,4})([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_USUAL_HOSTS = ("api", "page", "login")


def all_platforms(section: Section, places: Places) -> dict[str, PlatformSettings]:
    """Every platform that the file or the environment says something of, by slug."""
    found: dict[str, PlatformSettings] = {}
    for name, table in section.sections():
        try:
            slug = slug_of(name)
        except Mistake as mistake:
            section.complaints.add(table.path, str(mistake))
            continue
        if slug in found:
            section.wrong(name, f"is {slug}, which has a table already")
        else:
            found[slug] = _platform(table, platforms.platform(slug), places)
    for slug in _in_environment(places.environment) - found.keys():
        found[slug] = _platform(Section(section.complaints, (slug,), {}), platforms.platform(slug), places)
    return found


def expiries(section: Section) -> dict[str, date]:
    """The last days of credentials, as far as they are given: `facebook.token` -> day."""
    found: dict[str, date] = {}
    for name, table in section.sections():
        with suppress(Mistake):
            slug = slug_of(name)
            days = {f"{slug}.{each.name}": expiry(table, each.name) for each in platforms.platform(slug).credentials}
            found |= {credential: day for credential, day in days.items() if day}
    return found


def _in_environment(environment: Mapping[str, str]) -> set[str]:
    """The platforms that have an environment variable of their own."""
    names = [name.removeprefix(PREFIX).lower() for name in environment if name.startswith(PREFIX)]
    return {slug for slug in platforms.slugs() if any(name.startswith(f"{slug}_") for name in names)}


def _platform(section: Section, platform: Platform, places: Places) -> PlatformSettings:
    found = PlatformSettings(
        sources=_sources(section, platform),
        pace=_pace(section),
        hosts=dict(_hosts(section.section("hosts"), platform)),
        options=dict(_options(section.section("options"), platform)),
        credentials=Credentials(dict(_credentials(section, platform, places))),
    )
    section.close()
    return found


def _sources(section: Section, platform: Platform) -> tuple[str, ...] | None:
    if "sources" not in section:
        return None
    known = tuple(dict.fromkeys(source.name for source in platform.sources))
    chosen = section.texts("sources", known)
    for name in chosen:
        if name not in known:
            there = f"{platform.name} has {', '.join(known) or 'none'}"
            section.wrong("sources", f"names the source {name!r}, and {there}", nearest(name, known))
    if not chosen:
        section.wrong("sources", "names none", "leave it out for all, or write collect = no in the roster")
    return chosen


def _pace(section: Section) -> Pace | None:
    text = section.text("pace")
    match = _PACE.fullmatch(text)
    if match and float(match[1]) > 0 and float(match[2] or 1) > 0:
        return Pace(float(match[1]), per=float(match[2] or 1) * _SECONDS[match[3]])
    if text:
        section.wrong("pace", f"is {text!r}, which is not a pace", "write N/s, N/m, N/15m, N/h or N/d")
    return None


def _hosts(section: Section, platform: Platform) -> Iterator[tuple[str, str]]:
    """The hosts that are set. A federated platform's are named after its servers, which have a dot in them."""
    known = {*platform.hosts, *_USUAL_HOSTS}
    for name in section:
        url = section.text(name)
        if name not in known and "." not in name:
            section.wrong(name, f"is not a host of {platform.name}", nearest(name, known))
        elif url and not is_base_url(url):
            section.wrong(name, "must be an http or https URL, without a user, a query or a fragment")
        elif url:
            yield name, url.rstrip("/")


def _options(section: Section, platform: Platform) -> Iterator[tuple[str, str]]:
    for name in platform.options:
        if name in section:
            yield name, section.text(name)
    section.close()


def _credentials(section: Section, platform: Platform, places: Places) -> Iterator[tuple[str, str]]:
    for credential in platform.credentials:
        place = variable(platform.slug, credential.name)
        if credential.secret or is_reference(section.value(credential.name)):
            found = secret(section, credential.name, places, place)
        else:
            found = section.text(credential.name) or places.environment.get(place, "").strip()
        if found:
            yield credential.name, found
