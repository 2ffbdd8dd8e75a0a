"""Counts that people enter: understood, checked, and put into the slots of the jobs that count the account.

A count by hand is accepted as it is, marked `manual` for ever, with who entered it and why. It fills the slot in which
its moment lies; where a platform's exact count stands in that slot, that one is shown, and a wrong one is for `correct`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from headcount.errors import Mistake
from headcount.model import HEADLINE, Account
from headcount.pipeline.house import House
from headcount.pipeline.stated import count_of, moment_of
from headcount.store.nouns import Entered

METRIC = re.compile(r"[a-z][a-z_]{0,30}")


class Written(Struct, frozen=True):
    """A count as a person wrote it."""

    account: str
    count: str
    at: str = ""
    """Empty: now."""
    metric: str = ""
    """Empty: followers."""
    rounded_to: str = ""
    """How finely it was shown; empty: exactly."""
    line: str = ""
    """Where it stands, if in a file."""


class Pen(Struct, frozen=True):
    """Who enters, and why."""

    who: str
    why: str = ""
    anew: bool = False
    """What is entered stands instead of what was entered for the same moment before."""


def enter(house: House, written: Iterable[Written], pen: Pen) -> int:
    """Keep counts, all or none; how many were not there yet.

    Raises:
        Mistake: for every one that is not understood, each with its place.
    """
    entered: list[Entered] = []
    faults: list[str] = []
    for each in written:
        try:
            entered.append(_understood(house, each, pen))
        except Mistake as mistake:
            faults.append(f"{each.line}: {mistake}" if each.line else str(mistake))
    faults += _twice(entered)
    if faults:
        raise Mistake("\n".join(faults))
    return house.store.enter(entered)


def _understood(house: House, each: Written, pen: Pen) -> Entered:
    key = house.directory.key(each.account)
    now = house.clock.now()
    at = moment_of(each.at, ZoneInfo(house.settings.organization.timezone), now) if each.at else now
    _refuse_after_hand_over(house, key, at)
    return Entered(
        account=_account(house, key),
        metric=_metric(each.metric),
        count=count_of(each.count),
        at=at,
        places=_places(house, key, at),
        who=pen.who,
        noted_at=now,
        why=pen.why,
        granularity=max(count_of(each.rounded_to), 1) if each.rounded_to else 1,
        anew=pen.anew,
        line=each.line,
    )


def _account(house: House, key: str) -> Account:
    return Account(key, next((entry.handle for entry, account in house.people if account.key == key), ""))


def _metric(text: str) -> str:
    if text and not METRIC.fullmatch(text):
        raise Mistake(f"{text!r} is not a metric: write followers or likes")
    return text or HEADLINE


def _refuse_after_hand_over(house: House, key: str, at: datetime) -> None:
    closed = house.known[key].closed if key in house.known else None
    if closed and closed.kind == "handed over" and at >= closed.since:
        raise Mistake(f"{key} was {closed}: enter it for the account that has the handle since")


def _places(house: House, key: str, at: datetime) -> tuple[tuple[str, datetime], ...]:
    """The slots that the moment lies in: of the jobs that mean the account, or else that once counted it."""
    jobs = [house.job(name) for name in house.settings.jobs]
    names = {job.name for job in jobs if any(account.key == key for _, account in house.meant(job))}
    names = names or set(house.store.counted_by(key))
    places = tuple((job.name, house.cadence(job).slot(at)) for job in jobs if job.name in names)
    if not places:
        raise Mistake(f"no job counts {key}: name it in the accounts of a [jobs.NAME] in {house.settings.file}")
    return places


def _twice(entered: Iterable[Entered]) -> Iterator[str]:
    """One account, metric and moment may stand in a file once: of two, nobody knows which is meant."""
    seen: dict[tuple[str, str, datetime], str] = {}
    for each in entered:
        what = (each.account.key, each.metric, each.at)
        if what in seen:
            yield f"{each.line}: {each.account.key} {each.metric} of this moment stands in {seen[what]} already"
        seen.setdefault(what, each.line)
