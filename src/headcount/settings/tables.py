"""`[tables.NAME]`: the wide tables that are made of a job."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from headcount.errors import Mistake
from headcount.model import HEADLINE, Job
from headcount.roster.keys import key_of
from headcount.roster.slugs import slug_of
from headcount.roster.spelling import nearest
from headcount.settings.jobs import named
from headcount.settings.section import Section
from headcount.settings.shape import Table

_METRIC = re.compile(r"[a-z][a-z_]*")
_PUBLISHED = {"all_social_data", "daily", "monthly", "accounts", "units", "annotations", "corrections"}


def tables(section: Section, due: Mapping[str, Job]) -> dict[str, Table]:
    """The wide tables by name."""
    return {name: _table(name, each, due) for name, each in named(section)}


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
