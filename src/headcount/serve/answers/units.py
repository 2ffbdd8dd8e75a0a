"""The tree of units, with what they come to, and of how many accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import Meta, Struct

from headcount.measure.rollup import Total as Sum
from headcount.measure.rollup import UnitTotal, roll_up
from headcount.model import HEADLINE
from headcount.model import Unit as RosterUnit
from headcount.publish.outputs.accounts import AccountShape, UnitShape
from headcount.serve.answers.latest import counted
from headcount.serve.asking import Grounds
from headcount.serve.route import Nothing, Route
from headcount.serve.words import Key, Metric, Moment, Organization


class Total(Struct, frozen=True):
    """A sum that says of how many accounts it is."""

    sum: Annotated[int | None, Meta(description="People; null where nothing was counted, which is not zero")]
    counted: Annotated[int, Meta(description="Accounts with a count that is fresh enough to be added", ge=0)]
    of: Annotated[int, Meta(description="All accounts that it should be of", ge=0)]
    complete: Annotated[bool, Meta(description="Whether every one of them has a count")]


class Unit(Struct, frozen=True):
    """A unit, with the units below it."""

    id: Annotated[str, Meta(description="The unit's id")]
    name: str
    abbreviation: str
    holder: Annotated[str, Meta(description="The person in post, where the unit is an office")]
    active: bool
    accounts: Annotated[list[Key], Meta(description="The accounts that it runs itself, and its peers'")]
    own: Annotated[Total, Meta(description="Of its own accounts, without peers and archived ones")]
    whole: Annotated[Total, Meta(description="Of these and of all that run under it")]
    children: list[Unit]


class Units(Struct, frozen=True):
    """The tree of units."""

    organization: Organization
    at: Moment
    metric: Metric
    units: list[Unit]


def _units(grounds: Grounds, _: Nothing) -> Units:
    units = grounds.shown.units
    of_roster = [RosterUnit(each.id, each.name, parent) for each, parent in _flat(units, None)]
    totals = roll_up(of_roster, _counts(grounds))
    return Units(grounds.shown.organization, grounds.at, HEADLINE, [_unit(each, totals) for each in units])


def _counts(grounds: Grounds) -> dict[str, dict[str, int | None]]:
    """The counts that are fresh enough to be added up, of every account that counts, by its unit."""
    newest, oldest = counted(grounds, grounds.at), grounds.at - grounds.serving.max_age
    fresh = {
        key: each.count for (key, metric), each in newest.items() if metric == HEADLINE and each.taken_at >= oldest
    }
    return {
        unit.id: {each.key: fresh.get(each.key) for each in unit.accounts if _counts_towards(each)}
        for unit, _ in _flat(grounds.shown.units, None)
    }


def _counts_towards(account: AccountShape) -> bool:
    """Whether it is the organisation's own, and still counted."""
    return account.relation == "own" and account.archived_since is None


def _flat(units: Iterable[UnitShape], parent: str | None) -> Iterator[tuple[UnitShape, str | None]]:
    """Every unit, with the one that it is under."""
    for unit in units:
        yield unit, parent
        yield from _flat(unit.children, unit.id)


def _unit(unit: UnitShape, totals: dict[str, UnitTotal]) -> Unit:
    total = totals[unit.id]
    return Unit(
        id=unit.id,
        name=unit.name,
        abbreviation=unit.abbreviation,
        holder=unit.holder,
        active=unit.active,
        accounts=[each.key for each in unit.accounts],
        own=_total(total.own),
        whole=_total(total.whole),
        children=[_unit(child, totals) for child in unit.children],
    )


def _total(total: Sum) -> Total:
    return Total(total.sum, total.counted, total.of, total.complete)


_EXAMPLE = {
    "id": "1",
    "name": "Department of Energy",
    "abbreviation": "DOE",
    "holder": "",
    "active": True,
    "accounts": ["twitter/energy"],
    "own": {"sum": 1234567, "counted": 1, "of": 1, "complete": True},
    "whole": {"sum": 1234567, "counted": 1, "of": 2, "complete": False},
    "children": [],
}

ROUTE = Route(
    path="/units",
    title="The units",
    description="The tree of units with their newest totals. Peers and archived accounts are in no total.",
    question=Nothing,
    answer=Units,
    make=_units,
    holds="for a minute",
    example={
        "organization": "Department of Energy",
        "at": "2026-11-20T12:30:00Z",
        "metric": "followers",
        "units": [_EXAMPLE],
    },
)
