"""What awaits a person's decision, and what a person puts right. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, structs

from headcount.clock import INSTANT
from headcount.errors import Mistake
from headcount.pipeline.by_hand.exhibits import exhibit
from headcount.pipeline.house import Premises
from headcount.store.noticing import Remark
from headcount.store.reader import Reader, Row, Shown


class Waiting(Struct, frozen=True):
    """A reading that awaits a person's decision, with what one has to know to decide."""

    reading: int
    account: str
    metric: str
    count: int
    granularity: int
    source: str
    taken_at: datetime
    rule: str
    """Which rule holds it back."""
    complaint: str
    before: int | None = None
    """The count that was shown before its slot."""
    before_at: datetime | None = None
    evidence: str = ""
    """The file in which the reply was kept that it was read from; empty: there is none."""


class Backlog(Struct, frozen=True):
    """How much awaits review."""

    counts: int
    accounts: int


class Repair(Struct, frozen=True):
    """How a reading is put right."""

    reading: int
    count: int | None
    """The count that is shown instead; None: it is withdrawn."""
    who: str
    why: str
    role: str = ""
    """Published in the place of the name."""


def waiting(premises: Premises) -> list[Waiting]:
    """The readings that await a decision, the oldest first; one that fills several slots stands once."""
    now = premises.clock.now()
    with premises.store.moment() as store:
        held = {row.reading: row for row in store.awaiting() if row.reading is not None}
        remarks = {each.reading: each for each in store.remarks(now) if each.stands and each.decision == "hold"}
        slots = sorted({row.slot for row in held.values()})
        shown = {slot: {(each.key, each.metric): each for each in store.latest(slot - INSTANT)} for slot in slots}
    found = [_waiting(row, remarks[number], shown[row.slot]) for number, row in held.items()]
    return [structs.replace(each, evidence=_evidence(premises, each)) for each in found]


def backlog(store: Reader) -> Backlog:
    """How many counts await a decision, and of how many accounts."""
    accounts = {row.reading: row.key for row in store.awaiting()}
    return Backlog(len(accounts), len({*accounts.values()}))


def _evidence(premises: Premises, each: Waiting) -> str:
    kept = exhibit(premises.evidence, each.account, each.source, each.taken_at)
    return str(kept) if kept else ""


def _waiting(row: Row, remark: Remark, shown: Mapping[tuple[str, str], Shown]) -> Waiting:
    before = shown.get((row.key, row.metric))
    return Waiting(
        reading=remark.reading,
        account=row.key,
        metric=row.metric,
        count=remark.count,
        granularity=remark.granularity,
        source=row.source,
        taken_at=row.taken_at,
        rule=remark.rule,
        complaint=remark.detail,
        before=before.count if before else None,
        before_at=before.taken_at if before else None,
    )


def readings_of(premises: Premises, key: str, start: datetime, end: datetime) -> list[Row]:
    """The readings of an account whose slots begin in that time, each with its number, each once."""
    rows = (row for row in premises.store.fills(start, end) if row.key == key and row.reading is not None)
    return list({row.reading: row for row in rows}.values())


def repair(premises: Premises, fix: Repair) -> bool:
    """Show another count than the reading's, or none; whether it awaits a decision still, and so is not shown yet.

    Raises:
        Mistake: where there is no reading of that number, no reason, or the count is none of people.
    """
    if not fix.why.strip():
        raise Mistake("a correction needs a reason: say --why TEXT; it is published with it")
    at = premises.clock.now()
    premises.store.correct(fix.reading, fix.count, why=fix.why, who=fix.who, role=fix.role, at=at)
    return any(row.reading == fix.reading for row in premises.store.awaiting())
