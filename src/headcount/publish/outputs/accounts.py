"""`accounts.json`: whom we count, as a tree of units, and whom we have counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct

from headcount.model import Unit
from headcount.publish.edition import Departed, Edition, Listed
from headcount.publish.encode import json_bytes, stamp
from headcount.publish.file import AnyFile, File
from headcount.vitals.signs import Expected


class AccountShape(Struct):
    """An account as published."""

    key: str
    platform: str
    handle: str
    url: str
    name: str
    unit_id: str
    language: str
    group: str
    relation: str
    archived_since: str | None
    """From when on it is no longer counted."""
    counted_by: str | None = None
    """The job that counts it most often; null: none is to count it."""
    counted_every_minutes: int | None = None
    """How often that is."""


class DepartedShape(Struct):
    """An account that has left the roster, and whose history is published."""

    key: str
    platform: str
    handle: str
    url: str
    """Empty where its handle is another account's now."""
    unit_id: str
    unit_name: str
    """The unit that ran it may be gone too."""
    relation: str
    archived_since: str | None
    listed_until: str


class UnitShape(Struct):
    """A unit as published, with its accounts and the units below it."""

    id: str
    name: str
    abbreviation: str
    holder: str
    active: bool
    accounts: list[AccountShape]
    children: list[UnitShape]


class AccountsShape(Struct):
    """`accounts.json`."""

    organization: str
    timezone: str
    published_at: str
    units: list[UnitShape]
    departed: list[DepartedShape]


def accounts_json(edition: Edition) -> Iterator[AnyFile]:
    """`accounts.json`: the tree of units with their public accounts, and those who have left."""
    yield File(
        name="accounts.json",
        title="The units and their accounts, as a tree, and those who have left",
        make=lambda: json_bytes(_accounts(edition)),
    )


def _accounts(edition: Edition) -> AccountsShape:
    accounts: dict[str, list[AccountShape]] = {}
    expected = {each.key: each for each in edition.expected.accounts}
    for each in edition.public():
        accounts.setdefault(each.entry.unit, []).append(_account(edition, each, expected.get(each.key)))
    ids = {unit.id for unit in edition.units}
    children: dict[str | None, list[Unit]] = {}
    for unit in edition.units:
        children.setdefault(unit.parent if unit.parent in ids else None, []).append(unit)
    return AccountsShape(
        edition.organization,
        edition.timezone,
        stamp(edition.at),
        [_unit(unit, children, accounts) for unit in children.get(None, [])],
        [_departed(edition, each) for each in edition.gone()],
    )


def _account(edition: Edition, listed: Listed, expected: Expected | None) -> AccountShape:
    entry, period = listed.entry, expected.period if expected else None
    return AccountShape(
        key=listed.key,
        platform=entry.platform,
        handle=entry.handle,
        url=edition.links.get(listed.key, ""),
        name=entry.name,
        unit_id=entry.unit,
        language=entry.language,
        group=entry.group,
        relation=entry.relation,
        archived_since=stamp(listed.archived_since) if listed.archived_since else None,
        counted_by=expected.job or None if expected else None,
        counted_every_minutes=period // timedelta(minutes=1) if period else None,
    )


def _departed(edition: Edition, departed: Departed) -> DepartedShape:
    entry = departed.entry
    return DepartedShape(
        key=departed.key,
        platform=entry.platform,
        handle=entry.handle,
        url=edition.links.get(departed.key, ""),
        unit_id=entry.unit,
        unit_name=departed.unit_name,
        relation=entry.relation,
        archived_since=stamp(departed.archived_since) if departed.archived_since else None,
        listed_until=stamp(departed.listed_until),
    )


def _unit(unit: Unit, children: dict[str | None, list[Unit]], accounts: dict[str, list[AccountShape]]) -> UnitShape:
    return UnitShape(
        id=unit.id,
        name=unit.name,
        abbreviation=unit.abbreviation,
        holder=unit.holder,
        active=unit.active,
        accounts=accounts.get(unit.id, []),
        children=[_unit(child, children, accounts) for child in children.get(unit.id, [])],
    )
