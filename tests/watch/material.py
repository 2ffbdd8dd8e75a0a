"""What the tests of watching are made of: short ways of saying how everything is, what was told, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from msgspec import structs

from headcount.measure.health import Health
from headcount.news.story import Deed, Event, Kind, Sending, Severity, Story
from headcount.vitals.signs import AccountSigns, Vitals
from headcount.watch.look import Found, Look
from headcount.watch.memory import Memory
from headcount.watch.troubles.everything import find

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def account(
    key: str, health: Health = "ok", reason: str = "", since: datetime = NOON, *, again: bool = False, **more: object
) -> AccountSigns:
    plain = AccountSigns(
        key=key,
        unit="1",
        platform=key.partition("/")[0],
        public=True,
        health=health,
        since=since,
        reason=reason,
        again=again,
        count=1000,
        source="api",
        counted_at=NOON if health == "ok" else NOON - 2 * HOUR,
    )
    return structs.replace(plain, **more)


def failing(key: str, reason: str, since: datetime = NOON, *, again: bool = True, **more: object) -> AccountSigns:
    return structs.replace(account(key, "failing", reason, since, again=again), **more)


def many(slug: str, number: int, reason: str = "", first: int = 0, **more: object) -> list[AccountSigns]:
    """So many accounts of a platform, well or failing for a reason."""
    keys = [f"{slug}/a{each}" for each in range(first, first + number)]
    return [structs.replace(failing(key, reason) if reason else account(key), **more) for key in keys]


def vitals(accounts: Iterable[AccountSigns] = (), *, at: datetime = NOON) -> Vitals:
    return Vitals(at=at, accounts=tuple(accounts), platforms=(), sources=(), jobs=(), targets=())


def look(accounts: Iterable[AccountSigns] = (), *, at: datetime = NOON, **more: object) -> Look:
    parts = {name: more.pop(name) for name in ("sources", "jobs", "targets") if name in more}
    everything = structs.replace(vitals(accounts, at=at), **parts)
    return structs.replace(Look(at=at, today=date(2026, 11, 20), vitals=everything), **more)


def found(accounts: Iterable[AccountSigns] = (), **more: object) -> Found:
    at = more.pop("at", NOON)
    assert isinstance(at, datetime)
    return find(look(accounts, at=at, **more))


def keys(seen: Found) -> list[str]:
    return sorted(each.key for each in seen.stories)


def story(
    kind: Kind = "platform", subject: str = "youtube", reason: str = "", severity: Severity = "warning", **more: object
) -> Story:
    return structs.replace(Story(kind, severity, subject, reason, NOON), **more)


def event(number: int, deed: Deed, told: Story, at: datetime = NOON) -> Event:
    return Event(number, told.key, deed, at, told)


def sending(number: int, channel: str, state: str, at: datetime, detail: str = "") -> Sending:
    return Sending(number, channel, state, at, detail)  # type: ignore[arg-type] # each test says one that there is


class Diary:
    """A memory that is written on as it goes, as a store would be."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.sendings: list[Sending] = []

    def tell(self, told: Iterable[tuple[Deed, Story]], at: datetime) -> list[Event]:
        new = [event(len(self.events) + number, deed, each, at) for number, (deed, each) in enumerate(told, 1)]
        self.events += new
        return new

    @property
    def memory(self) -> Memory:
        newest = {each.key: each for each in self.events}
        lasting = tuple(each for each in newest.values() if each.deed not in {"cleared", "noted"})
        return Memory(lasting, tuple(self.events), tuple(self.sendings))
