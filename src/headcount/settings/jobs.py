"""`[jobs.NAME]` and `[tables.NAME]`: what is collected together and how often, and the wide tables made of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from zoneinfo import ZoneInfo

from headcount.clock import Cadence
from headcount.errors import Mistake
from headcount.model import HEADLINE, Job
from headcount.roster.identify import key_of, slug_of
from headcount.roster.spelling import nearest
from headcount.settings.shape import Organization, Table
from headcount.settings.toml import Section

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_METRIC = re.compile(r"[a-z][a-z_]*")
_PUBLISHED = {"all_social_data", "daily", "monthly", "accounts", "units", "annotations", "corrections"}
_SELECTORS = "an account key such as twitter/energy, unit:ID, platform:SLUG, group:NAME or *"


def jobs(section: Section, organization: Organization) -> dict[str, Job]:
    """The jobs by name; where there are none, everyone is counted daily."""
    found = {name: _job(name, each, organization) for name, each in _named(section)}
    return found or {"daily": Job("daily", "1d")}


def _job(name: str, section: Section, organization: Organization) -> Job:
    every = section.text("every")
    try:
        Cadence(every, ZoneInfo(organization.timezone), organization.week_start)
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


def tables(section: Section, due: Mapping[str, Job]) -> dict[str, Table]:
    """The wide tables by name."""
    return {name: _table(name, each, due) for name, each in _named(section)}


def _table(name: str, section: Section, due: Mapping[str, Job]) -> Table:
    if name in _PUBLISHED:
        section.complaints.add(section.path, f"{name}.csv is published already: call the table something else")
    job = section.text("job")
    if job not in due:
        wrong = (
            f"is {job!r}, and there is no such job" if job else "is missing: it names the job whose slots are the rows"
        )
        section.wrong("job", wrong, nearest(job, due) or f"there are {', '.join(due)}")
    time_column = section.text("time_column", "date")
    missing = section.choice("missing", ("blank", "previous"))
    columns = dict(_columns(section.section("columns"), time_column))
    if not columns:
        section.wrong("columns", "names no column", f'[tables.{name}.columns] followed by HEADER = "twitter/energy"')
    section.close()
    return Table(name, job, columns, time_column, "previous" if missing == "previous" else "blank")


def _columns(section: Section, time_column: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for header in section:
        text = section.text(header)
        if header == time_column:
            section.wrong(header, "is the name of the time column")
        try:
            yield header, _column(text)
        except Mistake as mistake:
            section.wrong(header, f"is {text!r}: {mistake}")


def _column(text: str) -> tuple[str, str]:
    """`KEY` or `KEY#metric`; nothing for a column that no account fills."""
    key, hash_mark, metric = text.partition("#")
    if not text:
        return "", HEADLINE
    platform, _, name = key.partition("/")
    if not name or (hash_mark and not _METRIC.fullmatch(metric)):
        raise Mistake("write an account key such as twitter/energy, or facebook/energygov#likes")
    return key_of(slug_of(platform), name), metric or HEADLINE


def _named(section: Section) -> Iterator[tuple[str, Section]]:
    """The tables in a table; their names are used in files."""
    for name, each in section.sections():
        if not _NAME.fullmatch(name):
            section.complaints.add(each.path, f"{name!r} cannot be a name: use letters, digits, - and _")
        yield name, each
