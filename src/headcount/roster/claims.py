"""Accounts that a roster names twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations

from headcount.errors import Fault
from headcount.model import Entry, Unit
from headcount.roster.keys import fold
from headcount.roster.parsed import Place
from headcount.roster.terms import begins, ends

_Placed = tuple[Entry, Place]


def claimed_twice(entries: Iterable[_Placed], units: Iterable[Unit]) -> tuple[list[Fault], list[Fault]]:
    """Accounts that stand there twice at the same time: for one unit, a fault; for two, a thing to look at."""
    names = {unit.id: unit.name for unit in units}
    claims: dict[tuple[str, str], list[_Placed]] = {}
    for entry, place in entries:
        claims.setdefault((entry.platform, fold(entry.platform, entry.handle)), []).append((entry, place))
    twice: list[Fault] = []
    shared: list[Fault] = []
    for claimants in claims.values():
        for first, second in combinations(claimants, 2):
            if _overlap(first[0], second[0]):
                (twice if first[0].unit == second[0].unit else shared).append(_complaint(first, second, names))
    return twice, shared


def _complaint(first: _Placed, second: _Placed, names: Mapping[str, str]) -> Fault:
    (before, there), (entry, here) = first, second
    account = f"{entry.platform} {entry.handle}"
    one, other = (names.get(each.unit) or each.unit for each in (before, entry))
    if before.unit == entry.unit:
        what = f"{account} stands there twice: first on {there}"
    elif there == here:
        what = f"{account} is listed for two units: {one} and {other}"
    else:
        what = f"{account} stands there twice: first on {there}, for {one}"
    return here.fault(what, _common_days(before, entry))


def _overlap(one: Entry, other: Entry) -> bool:
    return begins(one) <= ends(other) and begins(other) <= ends(one)


def _common_days(one: Entry, other: Entry) -> str:
    """The days that both lines have, where either names days."""
    first, last = max(begins(one), begins(other)), min(ends(one), ends(other))
    if first == last:
        return f"both hold on {first}: the days of `from` and `to` are included"
    words = [f"from {first}"] * (first > date.min) + [f"to {last}"] * (last < date.max)
    return " ".join(["both hold", *words]) if words else ""
