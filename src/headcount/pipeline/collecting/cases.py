"""The readings of a run beside what the store has of their series: what `check` judges."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from headcount import platforms
from headcount.check.case import COURSE, RECENT, Case
from headcount.check.moved import needs_a_month
from headcount.model import Outcome, Past, Reading
from headcount.pipeline.collecting.neighbours import beside_others, column
from headcount.store.contract import Store
from headcount.store.reader import Column

MONTH = 800
"""Hourly readings of thirty days, and some more."""

Pasts = Mapping[Column, tuple[Past, ...]]


def cases(store: Store, outcomes: Sequence[Outcome]) -> list[Case | None]:
    """What each reading is to be judged by, looked up at once; None of a miss.

    A week of an hourly series is enough for nearly all. Only of those that have changed much in a day is a month
    looked up: that is four times as much to read.
    """
    found = _found(outcomes, _pasts(store, outcomes, _columns(outcomes), COURSE + 1))
    moving = {
        column(outcome.said)
        for outcome, case in zip(outcomes, found, strict=True)
        if case and isinstance(outcome.said, Reading) and needs_a_month(case)
    }
    month = _found(outcomes, _pasts(store, outcomes, moving, MONTH)) if moving else found
    whole = [far if far and far.past else near for near, far in zip(found, month, strict=True)]
    return beside_others(store, outcomes, whole)


def _columns(outcomes: Sequence[Outcome]) -> set[Column]:
    return {column(outcome.said) for outcome in outcomes if isinstance(outcome.said, Reading)}


def _pasts(store: Store, outcomes: Sequence[Outcome], columns: Collection[Column], newest: int) -> Pasts:
    since = min((outcome.at for outcome in outcomes), default=None)
    return store.pasts(columns, since - RECENT, newest) if columns and since else {}


def _found(outcomes: Sequence[Outcome], pasts: Pasts) -> list[Case | None]:
    return [_case(outcome, pasts) for outcome in outcomes]


def _case(outcome: Outcome, pasts: Pasts) -> Case | None:
    said = outcome.said
    if not isinstance(said, Reading):
        return None
    past = pasts.get(column(said), ())
    return Case(past, Past(outcome.at, said.count, outcome.source), _redefined(said, past, outcome))


def _redefined(said: Reading, past: Sequence[Past], outcome: Outcome) -> str:
    """What the count has begun to mean since it was accepted last."""
    definitions = platforms.platform(said.account.platform).definitions
    last = next((each.at.date() for each in reversed(past) if not each.held), None)
    if not definitions or last is None:
        return ""
    new = (each for each in definitions if each.metric == said.metric and last < each.day <= outcome.at.date())
    return "; ".join(f"from {each.day} on: {each.words}" for each in new)
