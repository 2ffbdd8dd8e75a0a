"""What `init` writes: a configuration in words for the one technical person of an office, and a first roster.

Pure: values in, text out. An existing installation is taken over from its roster, its organisation chart and the header
of its history.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from headcount.model import Roster, Unit
from headcount.platforms import ALIASES
from headcount.roster.identify import TO_COME, slug_of
from headcount.roster.pages import CONFIGURATION, HOURLY, NO_TABLE, ROSTER, TABLE
from headcount.roster.resolve import key_of

_TIME_COLUMNS = {"date", "type", "time", "timestamp"}
"""How the first column of a history has been headed over the years."""


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


def new_roster() -> str:
    """A first roster: accounts that everyone can look at, to be replaced by one's own."""
    return ROSTER


def old_columns(header: Sequence[str], roster: Roster) -> tuple[Column, ...]:
    """The columns of a history, each with the account that its header means: `DOEfacebook`, `SECtwitter`.

    The end of a header is a platform; what stands before it is a unit's abbreviation, or the letters that its name
    begins with. Where that leaves a doubt, the column asks instead of guessing.
    """
    first = 1 if header and header[0].strip().casefold() in _TIME_COLUMNS else 0
    return tuple(_column(name.strip(), roster) for name in header[first:] if name.strip())


def _column(header: str, roster: Roster) -> Column:
    platform = _platform_at_end(header)
    if not platform:
        return Column(header, question=f"Which account is {header}? Its name does not end with a platform.")
    slug, prefix = slug_of(platform), header[: -len(platform)].strip(" _-")
    units = [unit for unit in _meant(prefix, roster.units) if _handles(roster, unit, slug)]
    handles = [handle for unit in units for handle in _handles(roster, unit, slug)]
    if len(handles) == 1:
        return Column(header, key_of(slug, handles[0]) + _metric(slug))
    whose = " or ".join(unit.name for unit in units or _meant(prefix, roster.units)) or repr(prefix)
    several = (
        f"The roster has several {slug} accounts for {whose}"
        if handles
        else f"The roster has no {slug} account for {whose}"
    )
    return Column(header, question=f"Which account is {header}? {several}.")


def _platform_at_end(header: str) -> str:
    """The longest name of a platform that the header ends with: `DOEfacebook`, not `book`."""
    ends = [name for name in (*TO_COME, *ALIASES) if header.casefold().endswith(name)]
    return max(ends, key=len, default="")


def _meant(prefix: str, units: Sequence[Unit]) -> list[Unit]:
    """The units of that abbreviation; where there is none, those whose name begins so."""
    short = prefix.casefold()
    if not short:
        return []
    return [unit for unit in units if unit.abbreviation.casefold() == short] or [
        unit for unit in units if unit.name.casefold().startswith(short)
    ]


def _handles(roster: Roster, unit: Unit, slug: str) -> list[str]:
    return [entry.handle for entry in roster.entries if (entry.unit, entry.platform) == (unit.id, slug)]


def _metric(slug: str) -> str:
    """What was counted of Facebook pages were their likes: another series than followers, never joined to it."""
    return "#likes" if slug == "facebook" else ""


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
