"""What a platform says of its other accounts: who is off course may have got another's number, or all may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from headcount.check.case import Case, Neighbour
from headcount.check.rules import leap, off_course
from headcount.model import Outcome, Reading
from headcount.store.contract import Store
from headcount.store.reader import Column, Shown

Said = tuple[Column, tuple[int, bool]]
"""What was said of a series, and whether that is held."""


def beside_others(store: Store, outcomes: Sequence[Outcome], found: Sequence[Case | None]) -> list[Case | None]:
    """Those that are off their course beside the platform's other accounts; nobody is looked up where none is."""
    if not any(case and off_course(case) for case in found):
        return list(found)
    at = max(outcome.at for outcome in outcomes)
    shown = {(each.key, each.metric): each for each in store.latest(at)}
    everybody = _everybody(shown, dict([*_held(store, shown), *_just_said(outcomes, found)]))
    return [
        structs.replace(case, others=_others(everybody, each.said)) if case and isinstance(each.said, Reading) else case
        for each, case in zip(outcomes, found, strict=True)
    ]


def column(reading: Reading) -> Column:
    """The series that a reading is of."""
    return reading.account.key, reading.metric


def _everybody(shown: Mapping[Column, Shown], said: Mapping[Column, tuple[int, bool]]) -> dict[Column, Neighbour]:
    return {
        series: Neighbour(series[0], shown[series].count if series in shown else None, *said.get(series, (None, False)))
        for series in shown.keys() | said.keys()
    }


def _held(store: Store, shown: Mapping[Column, Shown]) -> Iterator[Said]:
    """What is held of each since its newest public count, the newest last; that it was missed since takes nothing back."""
    for row in store.awaiting():
        series = row.key, row.metric
        if row.count is not None and (series not in shown or row.taken_at > shown[series].taken_at):
            yield series, (row.count, True)


def _just_said(outcomes: Sequence[Outcome], found: Sequence[Case | None]) -> Iterator[Said]:
    for outcome, case in zip(outcomes, found, strict=True):
        if case and isinstance(outcome.said, Reading):
            yield column(outcome.said), (outcome.said.count.value, bool(leap(case) or off_course(case)))


def _others(everybody: Mapping[Column, Neighbour], said: Reading) -> tuple[Neighbour, ...]:
    """The other accounts of its platform, by the same metric."""
    beginning = f"{said.account.platform}/"
    return tuple(
        each
        for (key, metric), each in sorted(everybody.items())
        if metric == said.metric and key != said.account.key and key.startswith(beginning)
    )
