"""Counts that people enter: understood, checked, and put into the slots of the jobs that count the account.

A count by hand is marked `manual` for ever, with who entered it and why. It fills the slot in which its moment lies; where
a platform's exact count stands in that slot, or a rounded one that says otherwise, that one is shown, and a wrong one is for
`correct`. What does not fit to what stands is refused, until somebody insists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct, structs

from headcount.errors import Mistake
from headcount.model import HEADLINE, Account, Past
from headcount.pipeline.by_hand.doubts import doubt, is_it
from headcount.pipeline.by_hand.stated import count_of, granularity_of, moment_of
from headcount.pipeline.house import House
from headcount.platforms import platform
from headcount.roster.spelling import nearest
from headcount.store.nouns import Entered

INSIST = "if that is right all the same, enter it with --sure; it is marked as insisted on"


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
    sure: bool = False
    """What does not fit to what stands is kept all the same, and marked."""


class Overruled(Struct, frozen=True):
    """A slot in which another count is shown than the one that was entered."""

    every: str
    """The cadence of its job."""
    shown: Past


class Kept(Struct, frozen=True):
    """What came of counts that were entered."""

    new: int
    """Slots that they were not in yet."""
    shown: tuple[str, ...]
    """The cadences of the slots that show one of them."""
    overruled: tuple[Overruled, ...]


def enter(house: House, written: Iterable[Written], pen: Pen) -> Kept:
    """Keep counts, all or none; what came of them.

    Raises:
        Mistake: for every one that is not understood or does not fit to what stands, each with its place.
    """
    entered = _examined(house, _read(house, written, pen), pen)
    new = house.store.enter(entered)
    return _kept(house, new, entered)


def _read(house: House, written: Iterable[Written], pen: Pen) -> list[Entered]:
    entered: list[Entered] = []
    faults: list[str] = []
    for each in written:
        try:
            entered.append(_understood(house, each, pen))
        except Mistake as mistake:
            faults.append(_placed(each.line, str(mistake)))
    faults += _twice(entered)
    if faults:
        raise Mistake("\n".join(faults))
    return entered


def _examined(house: House, entered: Sequence[Entered], pen: Pen) -> list[Entered]:
    """The counts, each that is insisted on with what speaks against it."""
    doubts = [doubt(each, beside) for each, beside in zip(entered, house.store.beside(entered), strict=True)]
    complaints = [_placed(each.line, why) for each, why in zip(entered, doubts, strict=True) if why]
    if complaints and not pen.sure:
        raise Mistake("\n".join([*complaints, INSIST]))
    return [
        structs.replace(each, why="; ".join(filter(None, (each.why, f"insisted on: {why}")))) if why else each
        for each, why in zip(entered, doubts, strict=True)
    ]


def _kept(house: House, new: int, entered: Sequence[Entered]) -> Kept:
    every = {name: job.every for name, job in house.settings.jobs.items()}
    shown: list[str] = []
    overruled: list[Overruled] = []
    for each, beside in zip(entered, house.store.beside(entered), strict=True):
        for (job, _), slot in zip(each.places, beside.slots, strict=True):
            shown += [every[job] for first in slot[:1] if is_it(each, first)]
            overruled += [Overruled(every[job], first) for first in slot[:1] if not is_it(each, first)]
    return Kept(new, tuple(dict.fromkeys(shown)), tuple(overruled))


def _placed(line: str, complaint: str) -> str:
    return f"{line}: {complaint}" if line else complaint


def _understood(house: House, each: Written, pen: Pen) -> Entered:
    key = house.directory.key(each.account)
    now = house.clock.now()
    at = moment_of(each.at, house.settings.organization.zone, now) if each.at else now
    count = count_of(each.count)
    _refuse_after_hand_over(house, key, at)
    return Entered(
        account=_account(house, key),
        metric=_metric(house, key, each.metric),
        count=count,
        at=at,
        places=_places(house, key, at),
        who=pen.who,
        noted_at=now,
        why=pen.why,
        granularity=granularity_of(each.rounded_to, count) if each.rounded_to else 1,
        anew=pen.anew,
        line=each.line,
    )


def _account(house: House, key: str) -> Account:
    return Account(key, next((entry.handle for entry, account in house.people if account.key == key), ""))


def _metric(house: House, key: str, text: str) -> str:
    """A metric that the platform counts, or that a column of the configuration shows."""
    slug = key.partition("/")[0]
    columns = (column for table in house.settings.tables.values() for column in house.columns(table).values())
    good = dict.fromkeys([HEADLINE, platform(slug).earlier, *(metric for whom, metric in columns if whom == key)])
    if text and text not in good:
        hint = nearest(text, good) or f"write {' or '.join(good)}"
        raise Mistake(f"{text!r} is not a metric of {slug}: {hint}")
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
