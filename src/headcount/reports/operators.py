"""What only those who run headcount are told beside a report: what is to be done, and which tokens expire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct

from headcount.news import naming
from headcount.news.naming import plural
from headcount.news.words import advice, says, title
from headcount.reports.scope import Scope
from headcount.store.reader import Reader

SOON = 30
"""Days: tokens that expire later are not spoken of."""


class Token(Struct, frozen=True):
    """A credential that is about to expire."""

    name: str
    """`facebook.token`."""
    day: date
    """Its last."""
    words: str


class Task(Struct, frozen=True):
    """An incident that is not over, with what to do about it."""

    title: str
    text: str
    advice: str


class Aside(Struct, frozen=True):
    """What only those who run headcount are told. It may speak of internal accounts."""

    tokens: tuple[Token, ...] = ()
    tasks: tuple[Task, ...] = ()


def aside(store: Reader, scope: Scope, expiries: Mapping[str, date], at: datetime) -> Aside:
    """What is to be done at `at`; `expiries`: the last days of credentials."""
    today = at.astimezone(scope.zone).date()
    return Aside(tuple(_tokens(expiries, today)), tuple(_tasks(store, scope)))


def _tokens(expiries: Mapping[str, date], today: date) -> Iterator[Token]:
    for name, day in sorted(expiries.items(), key=lambda each: (each[1], each[0])):
        if (day - today).days <= SOON:
            yield Token(name, day, _expires(day, today))


def _expires(day: date, today: date) -> str:
    if day < today:
        return f"has expired on {naming.day(day)}"
    return f"expires on {naming.day(day)}, " + (f"in {plural((day - today).days, 'day')}" if day > today else "today")


def _tasks(store: Reader, scope: Scope) -> Iterator[Task]:
    for each in store.open_events():
        if each.story.kind != "credential":
            story, names = each.story, scope.platforms
            yield Task(title(story, "opened", names), says(story, "opened", scope.zone, names), advice(story))
