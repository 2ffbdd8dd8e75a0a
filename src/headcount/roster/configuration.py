"""What `init` writes: a configuration in words for the one technical person of an office. Pure: values in, text out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from headcount.roster.pages import CONFIGURATION, HOURLY, NO_TABLE, ROSTER, TABLE

_BARE = re.compile(r"[A-Za-z0-9_-]+")


class Column(Struct, frozen=True):
    """A column of an old table: the account that it seems to be, or a question."""

    header: str
    key: str = ""
    """With its metric, as a table of the configuration names it."""
    question: str = ""


class Installation(Struct, frozen=True):
    """What a new configuration says."""

    organization: str = "Name of your organisation"
    timezone: str = "UTC"
    roster: str = "roster.csv"
    org_chart: str = ""
    sources: Literal["all", "official"] = "all"
    columns: tuple[Column, ...] = ()
    """Those of the table of an existing installation."""


def new_config(new: Installation) -> str:
    """The text of headcount.toml; with columns, the jobs and the wide table of an existing installation."""
    accounts = _accounts(new.columns)
    return CONFIGURATION.format(
        name=_quoted(new.organization),
        timezone=_quoted(new.timezone),
        roster=_quoted(new.roster),
        org_chart=f"org_chart = {_quoted(new.org_chart)}" if new.org_chart else '# org_chart = "social.json"',
        sources=_quoted(new.sources),
        everyone="org_chart" if new.columns else "daily",
        hourly=HOURLY.format(accounts=accounts) if accounts else "",
        table=_table(new.columns, job="hourly" if accounts else "org_chart"),
    )


def _table(columns: Sequence[Column], job: str) -> str:
    if not columns:
        return NO_TABLE
    return TABLE.format(job=job, columns="\n".join(line for column in columns for line in _lines(column)))


def _accounts(columns: Sequence[Column]) -> str:
    keys = dict.fromkeys(column.key.partition("#")[0] for column in columns if column.key)
    return "".join(f"    {_quoted(key)},\n" for key in keys)


def _lines(column: Column) -> Iterator[str]:
    """A column in doubt asks above itself, and stays, empty: old pages look for it."""
    if column.question:
        yield f"# {_one_line(column.question)}"
        yield f'# {_name(column.header)} = "PLATFORM/NAME"'
    yield f"{_name(column.header)} = {_quoted(column.key)}"


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _name(text: str) -> str:
    """A TOML key: bare where it can be."""
    return text if _BARE.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for the one character that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def new_roster() -> str:
    """A first roster: accounts that everyone can look at, to be replaced by one's own."""
    return ROSTER
