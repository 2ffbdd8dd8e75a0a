"""The tree of units: who is under whom. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from headcount.model import Unit
from headcount.roster.spelling import nearest


def children(units: Sequence[Unit]) -> dict[str | None, tuple[Unit, ...]]:
    """The units under each unit, in the roster's order; under None, those at the top."""
    found: dict[str | None, list[Unit]] = {}
    for unit in units:
        found.setdefault(unit.parent, []).append(unit)
    return {parent: tuple(some) for parent, some in found.items()}


def descendants(units: Sequence[Unit], top: str) -> frozenset[str]:
    """The ids of a unit and of all under it."""
    return _below(children(units), top)


def _below(under: Mapping[str | None, Sequence[Unit]], top: str) -> frozenset[str]:
    found: set[str] = set()
    waiting = [top]
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting.extend(child.id for child in under.get(unit, ()))
    return frozenset(found)


def breaks(units: Sequence[Unit]) -> Iterator[tuple[str, str, str]]:
    """Where the tree is none: the unit's id, what is wrong, and a hint."""
    parents = {unit.id: unit.parent for unit in units}
    for unit in units:
        if unit.parent is not None and unit.parent not in parents:
            hint = nearest(unit.parent, parents)
            yield unit.id, f"unit {unit.id} is under unit {unit.parent}, which does not exist", hint
        elif loop := _loop(unit.id, parents):
            yield unit.id, f"unit {unit.id} is under itself: {' under '.join(loop)}", ""


def _loop(start: str, parents: Mapping[str, str | None]) -> list[str]:
    """The way from a unit up to itself, or nothing."""
    way = [start]
    above = parents.get(start)
    while above is not None and above not in way:
        way.append(above)
        above = parents.get(above)
    return [*way, start] if above == start else []
