"""`[organization]`: whose accounts they are, and where its files lie."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from headcount.cadence import DAYS
from headcount.roster.spelling import nearest
from headcount.settings.places import Places
from headcount.settings.section import Section
from headcount.settings.shape import Organization


def organization(section: Section, places: Places) -> Organization:
    """The organisation, with the zone in which its days begin."""
    found = Organization(
        name=section.text("name"),
        timezone=_timezone(section),
        week_start=section.choice("week_start", DAYS),
        roster=_path(section, "roster", places),
        org_chart=_path(section, "org_chart", places),
        annotations=_path(section, "annotations", places),
        licence=section.text("licence") or section.text("license"),
    )
    section.close()
    return found


def _timezone(section: Section) -> str:
    name = section.text("timezone", "UTC")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = nearest(name, available_timezones()) or "for example America/New_York"
        section.wrong("timezone", f"is {name!r}, which is not a time zone", hint)
        return "UTC"
    return name


def _path(section: Section, key: str, places: Places) -> Path | None:
    text = section.text(key)
    return places.path(text) if text else None
