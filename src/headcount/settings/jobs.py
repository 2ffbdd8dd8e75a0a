"""`[jobs.NAME]` and `[tables.NAME]`: what is collected together and how often, and the wide tables made of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from headcount.cadence import Cadence
from headcount.errors import Mistake
from headcount.model import Job
from headcount.roster.keys import key_of
from headcount.roster.slugs import slug_of
from headcount.settings.section import Section
from headcount.settings.shape import Organization

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SELECTORS = "an account key such as twitter/energy, unit:ID, platform:SLUG, group:NAME or *"


def jobs(section: Section, organization: Organization) -> dict[str, Job]:
    """The jobs by name; where there are none, everyone is counted daily."""
    found = {name: _job(name, each, organization) for name, each in named(section)}
    return found or {"daily": Job("daily", "1d")}


def _job(name: str, section: Section, organization: Organization) -> Job:
    every = section.text("every")
    try:
        Cadence(every, organization.zone, organization.week_start)
    except Mistake as mistake:
        section.wrong("every", f"is missing: {mistake}" if not every else f"is wrong: {mistake}")
    accounts = tuple(_selectors(section, section.texts("accounts", ("*",))))
    if not accounts and section.value("accounts") == []:
        section.wrong("accounts", "names nobody", 'leave it out for everyone, or write accounts = ["*"]')
    section.close()
    return Job(name, every, accounts)


def _selectors(section: Section, written: Collection[str]) -> Iterator[str]:
    for each in written:
        try:
            yield selector(each)
        except Mistake as mistake:
            section.wrong("accounts", f"names {each!r}: {mistake}")


def selector(text: str) -> str:
    """A selector of accounts, with its platform's slug and its account's key as they are kept.

    Raises:
        Mistake: for what is none.
    """
    kind, colon, which = text.partition(":")
    if text == "*" or (kind in {"unit", "group"} and which):
        return text
    if kind == "platform" and which:
        return f"platform:{slug_of(which)}"
    platform, _, name = text.partition("/")
    if not name or (colon and "/" not in kind):
        raise Mistake(f"write {_SELECTORS}")
    return key_of(slug_of(platform), name)


def named(section: Section) -> Iterator[tuple[str, Section]]:
    """The tables in a table; their names are used in files."""
    for name, each in section.sections():
        if not _NAME.fullmatch(name):
            section.complaints.add(each.path, f"{name!r} cannot be a name: use letters, digits, - and _")
        yield name, each
