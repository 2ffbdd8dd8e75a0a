"""Which held readings are settled along with those that a person accepts, looked up in the store."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from headcount.model import Past, Verdict
from headcount.pipeline.by_hand.likewise import Answered, likewise, taken_back
from headcount.store.contract import Store
from headcount.store.reader import Row

ALL = 1_000_000
"""So many accepted readings of a series are looked at, since the first that is held: every one."""

Held = Mapping[int | None, Row]
"""The readings that await a decision, by number."""


def alongside(store: Store, held: Held, chosen: Collection[int]) -> Iterator[tuple[Row, Verdict | None]]:
    """What is accepted with the `chosen`, without a verdict of its own, and what the rules then refuse."""
    answered = {number: (row.run, row.slot) for number, row in held.items()}
    for series in _series(store, held, chosen):
        for accepted in (each for each in series if each.reading in held and each.reading in chosen):
            yield from ((held[past.reading], verdict) for past, verdict in _settled(accepted, series, answered))


def _series(store: Store, held: Held, chosen: Collection[int]) -> Collection[tuple[Past, ...]]:
    """The series of the chosen ones in which others await a decision too, since the first that does."""
    columns = {(row.key, row.metric) for number, row in held.items() if number in chosen}
    others = [row for number, row in held.items() if number not in chosen and (row.key, row.metric) in columns]
    if not others:
        return ()
    wanted = {(row.key, row.metric) for row in others}
    since = min(row.taken_at for row in held.values() if (row.key, row.metric) in wanted)
    return store.pasts(wanted, since, ALL).values()


def _settled(
    chosen: Past, series: tuple[Past, ...], answered: Mapping[int | None, Answered]
) -> Iterator[tuple[Past, Verdict | None]]:
    same = likewise(chosen, series, answered)
    yield from ((each, None) for each in same)
    for each in (chosen, *same):
        yield from taken_back(each, series, answered)
