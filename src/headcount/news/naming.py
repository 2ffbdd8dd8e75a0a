"""Who, how many and when, as people read them. `names` is what they call the platforms, by slug."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

FEW = 5
"""So many accounts are named; of more their number is told."""

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def plural(number: int, word: str) -> str:
    """`1 account`, `2 accounts`."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def account_name(key: str, names: Mapping[str, str]) -> str:
    """`energy on YouTube`; a key that is none stands as it is."""
    slug, _, name = key.partition("/")
    return f"{name} on {names.get(slug, slug)}" if name else key


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def whom(keys: Collection[str], total: int | None, names: Mapping[str, str]) -> str:
    """`3 of 100 accounts of YouTube: a, b and c`; the names are left out where there are many."""
    number = f"{len(keys):,} of {plural(total, 'account')}" if total else plural(len(keys), "account")
    slugs = {key.partition("/")[0] for key in keys}
    if len(slugs) > 1:
        return number + _named(sorted(account_name(key, names) for key in keys))
    (slug,) = slugs
    return f"{number} of {names.get(slug, slug)}" + _named([key.partition("/")[2] for key in sorted(keys)])


def moment(at: datetime, zone: tzinfo) -> str:
    """`20 November 2026, 07:00 EST`."""
    local = at.astimezone(zone)
    return f"{day(local)}, {local:%H:%M} {_zone(local)}"


def day(local: date) -> str:
    """`20 November 2026`."""
    return f"{local.day} {local:%B %Y}"


def length(lasted: timedelta) -> str:
    """`3 days`, `1 hour`, `20 minutes`: the largest unit that is filled twice, or once and no more."""
    for unit, word in ((DAY, "day"), (HOUR, "hour")):
        if lasted >= 2 * unit or lasted == unit:
            return plural(lasted // unit, word)
    return plural(max(lasted // MINUTE, 1), "minute")


def _zone(local: datetime) -> str:
    """`EST`; many zones have no such name: `UTC-03`."""
    name = local.tzname() or "UTC"
    return name if name.isalpha() else f"UTC{name}"


def _named(words: Sequence[str]) -> str:
    return f": {listed(words)}" if len(words) <= FEW else ""
