"""`accounts.csv` and `units.csv`: whom the other tables speak of, a row each, with their newest counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from headcount.measure.rollup import UnitTotal, roll_up
from headcount.model import HEADLINE, Unit
from headcount.publish.edition import Departed, Edition
from headcount.publish.encode import Cell, csv_bytes, stamp
from headcount.publish.fields import (
    ACCOUNT,
    GRANULARITY,
    HANDLE,
    PLATFORM,
    SOURCE,
    TAKEN_AT,
    TO_UNITS,
    UNIT,
    UNIT_ID,
)  # fmt: skip
from headcount.publish.file import AnyFile, File
from headcount.publish.schema import Field, Reference, Schema
from headcount.store.reader import Shown

ACCOUNTS = Schema(
    (
        ACCOUNT, PLATFORM, HANDLE,
        Field("url", "string", "The account's page; empty where its handle is another account's now"),
        Field("name", "string", "What the roster calls it"),
        UNIT_ID, UNIT,
        Field("language", "string", "The language it is in"),
        Field("group", "string", "Accounts that are looked at together"),
        Field("relation", "string", "own: the organisation's; peer: somebody else's, to compare with", True, ("own", "peer")),
        Field("archived_since", "datetime", "From when on it is no longer counted (UTC)"),
        Field("listed_until", "datetime", "When it left the roster (UTC); empty: it is there"),
        Field("followers", "integer", "The newest count of followers", minimum=0),
        GRANULARITY, SOURCE, TAKEN_AT,
    ),
    ("account",),
    (TO_UNITS,),
)  # fmt: skip

UNITS = Schema(
    (
        Field("unit_id", "string", "The unit's id", required=True),
        Field("unit", "string", "Its name", required=True),
        Field("parent_id", "string", "The unit that it is under"),
        Field("abbreviation", "string", "Its short name"),
        Field("holder", "string", "The person in post, where the unit is an office"),
        Field("active", "boolean", "Whether it is there today", required=True),
        Field("accounts", "integer", "How many accounts of its own it runs", True, minimum=0),
        Field("counted", "integer", "Of so many of them there is a fresh count", True, minimum=0),
        Field("followers", "integer", "The sum of those counts, and of no others", minimum=0),
        Field("accounts_below", "integer", "The same with all units under it", True, minimum=0),
        Field("counted_below", "integer", "The same with all units under it", True, minimum=0),
        Field("followers_below", "integer", "The same with all units under it", minimum=0),
    ),
    ("unit_id",),
    (Reference(("parent_id",), "", ("unit_id",)),),
)


def account_list(edition: Edition) -> Iterator[AnyFile]:
    """`accounts.csv`."""
    yield File(
        name="accounts.csv",
        title="The accounts, those included that have left, with their newest counts",
        schema=ACCOUNTS,
        make=lambda: csv_bytes(ACCOUNTS.header, _accounts(edition)),
    )


def unit_list(edition: Edition) -> Iterator[AnyFile]:
    """`units.csv`."""
    yield File(
        name="units.csv",
        title="The units, with what they and those under them come to, and of how many accounts",
        schema=UNITS,
        make=lambda: csv_bytes(UNITS.header, _units(edition)),
    )


def _accounts(edition: Edition) -> Iterator[list[Cell]]:
    shown, names = edition.shown(edition.at), edition.unit_names
    for key, each in sorted(edition.seen.items()):
        entry, count = each.entry, shown.get((key, HEADLINE))
        yield [
            key, entry.platform, entry.handle, edition.links.get(key, ""), entry.name, entry.unit,
            names.get(entry.unit, ""), entry.language, entry.group, entry.relation,
            stamp(each.archived_since) if each.archived_since else None,
            stamp(each.listed_until) if isinstance(each, Departed) else None,
            *_newest(count),
        ]  # fmt: skip


def _newest(count: Shown | None) -> tuple[Cell, ...]:
    if count is None:
        return (None, None, None, None)
    return (count.count, count.granularity, count.source, stamp(count.taken_at))


def _units(edition: Edition) -> Iterator[list[Cell]]:
    shown = edition.shown(edition.at)
    counts: dict[str, dict[str, int | None]] = {unit.id: {} for unit in edition.units}
    for each in edition.own():
        counts.setdefault(each.entry.unit, {})[each.key] = edition.fresh(shown, (each.key, HEADLINE))
    totals = roll_up(edition.units, counts)
    for unit in edition.units:
        yield _unit(unit, totals[unit.id], counts)
    ids = {unit.id for unit in edition.units}
    gone = {each.entry.unit: each.unit_name for each in edition.gone() if each.entry.unit not in ids}
    for id_, name in sorted(gone.items()):
        yield [id_, name, None, "", "", "false", 0, 0, None, 0, 0, None]


def _unit(unit: Unit, total: UnitTotal, ids: Collection[str]) -> list[Cell]:
    own, whole = total.own, total.whole
    return [
        unit.id, unit.name, unit.parent if unit.parent in ids else None, unit.abbreviation, unit.holder,
        str(unit.active).lower(), own.of, own.counted, own.sum, whole.of, whole.counted, whole.sum,
    ]  # fmt: skip
