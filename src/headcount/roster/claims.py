"""Accounts that a roster names twice."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from headcount.errors import Fault
from headcount.model import Entry
from headcount.roster.keys import fold
from headcount.roster.parsed import Place


def claimed_twice(entries: list[tuple[Entry, Place]]) -> tuple[list[Fault], list[Fault]]:
    """Accounts that stand there twice at the same time: for one unit, a fault; for two, a thing to look at."""
    claims: dict[tuple[str, str], list[tuple[Entry, Place]]] = {}
    for entry, place in entries:
        claims.setdefault((entry.platform, fold(entry.platform, entry.handle)), []).append((entry, place))
    twice: list[Fault] = []
    shared: list[Fault] = []
    for claimants in claims.values():
        for (first, there), (second, here) in combinations(claimants, 2):
            if _overlap(first, second):
                complaint = f"{second.platform} {second.handle} stands there twice: first on {there}"
                same = first.unit == second.unit
                (twice if same else shared).append(here.fault(complaint + ("" if same else f", for unit {first.unit}")))
    return twice, shared


def _overlap(one: Entry, other: Entry) -> bool:
    return _starts(one) <= _ends(other) and _starts(other) <= _ends(one)


def _starts(entry: Entry) -> date:
    return entry.since or date.min


def _ends(entry: Entry) -> date:
    return entry.until or date.max
