"""Taking over an existing installation: which accounts the columns of its history mean, as its roster tells."""

from __future__ import annotations

from collections.abc import Sequence

from headcount import platforms
from headcount.model import HEADLINE, Roster, Unit
from headcount.roster.configuration import Column
from headcount.roster.keys import key_of
from headcount.roster.slugs import slug_of

_TIME_COLUMNS = {"date", "type", "time", "timestamp"}
"""How the first column of a history has been headed over the years."""


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
    ends = [name for name in (*platforms.slugs(), *platforms.ALIASES) if header.casefold().endswith(name)]
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
    earlier = platforms.platform(slug).earlier
    return f"#{earlier}" if earlier != HEADLINE else ""
