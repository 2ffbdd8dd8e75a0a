"""What is settled with a held count that a person accepts: what the same source said alike, before it and after it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from headcount.check.case import RECENT, Case
from headcount.check.hindsight import hindsight
from headcount.check.rules import agree
from headcount.model import ACCEPTED, Past, Verdict, replying

Answered = tuple[int | None, datetime]
"""The run and the slot in which a source has answered, perhaps twice."""


def likewise(chosen: Past, series: Sequence[Past], held: Mapping[int | None, Answered]) -> list[Past]:
    """The held readings that stand in an unbroken row with the one that is accepted, and agree with it.

    `series`: its live readings, oldest first; `held`: those of them that may be settled, by number. Of two answers in
    one run only the later stands in the row.
    """
    own = [each for each in series if replying(each.source) == replying(chosen.source)]
    last = {held[each.reading]: each for each in own if each.reading in held}
    later = {each.reading for each in last.values()}
    row = [each for each in own if each is chosen or not each.held or each.reading in later]
    here = row.index(chosen)
    found = [*_unbroken(chosen, row[:here][::-1]), *_unbroken(chosen, row[here + 1 :])]
    return [each for each in found if each.held]


def taken_back(
    accepted: Past, series: Sequence[Past], held: Mapping[int | None, Answered]
) -> Iterator[tuple[Past, Verdict]]:
    """What its source had said before it in the same run: refused, as where it is accepted at once."""
    run = held[accepted.reading]
    before = [each for each in series if held.get(each.reading) == run and each.at < accepted.at]
    if before:
        yield from hindsight(Case(before, accepted), ACCEPTED, before[0].at)


def _unbroken(chosen: Past, row: Sequence[Past]) -> Iterator[Past]:
    """Going away from the accepted one, up to the first that does not agree with it and with its neighbour."""
    neighbour = chosen
    for each in row:
        if not (_alike(each, chosen) and _alike(each, neighbour)):
            return
        yield each
        neighbour = each


def _alike(one: Past, other: Past) -> bool:
    early, late = sorted((one, other), key=lambda each: each.at)
    return late.at - early.at <= RECENT and agree(early, late)
