"""What a person decides about counts that the rules hold back, and what a person puts right. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct, structs

from headcount.clock import INSTANT
from headcount.errors import Mistake
from headcount.model import EPOCH, Count, Verdict
from headcount.pipeline.by_hand.alongside import Held, alongside
from headcount.pipeline.by_hand.exhibits import exhibit
from headcount.pipeline.house import Premises
from headcount.store.append import CHECK
from headcount.store.noticing import Remark
from headcount.store.reader import Reader, Row, Shown

RULE = "review"
"""The rule that a person's decision is kept under."""

Done = {"accept": "accepted", "refuse": "refused", "hold": "held"}


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


class Ruling(Struct, frozen=True):
    """What a person decides about some readings, and why."""

    decision: Literal["accept", "refuse"]
    readings: tuple[int, ...]
    who: str
    why: str = ""


class Came(Struct, frozen=True):
    """What rulings came to for one account."""

    decision: Literal["accept", "refuse"]
    account: str
    counts: tuple[Count, ...]
    """Those that were named."""
    likewise: int = 0
    """So many others were accepted with them."""


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


def readings_named(premises: Premises, words: Iterable[str]) -> tuple[int, ...]:
    """The readings that are meant: each a number, or all that await a decision of an account (its key) or a platform.

    Raises:
        Mistake: for each word that means none.
    """
    held = {row.reading: row.key for row in premises.store.awaiting() if row.reading is not None}
    found = {word: _meant(word, held) for word in words}
    if unknown := [word for word, readings in found.items() if not readings]:
        raise Mistake("\n".join(map(_means_nothing, unknown)))
    return tuple(number for word in words for number in found[word])


def _meant(word: str, held: Mapping[int, str]) -> tuple[int, ...]:
    if word.isascii() and word.isdigit():
        return (int(word),)
    return tuple(number for number, key in held.items() if word in (key, key.partition("/")[0]))


def _means_nothing(word: str) -> str:
    return (
        f"{word!r} is no number of a reading, and no account or platform of which a count awaits review: "
        "`headcount review` lists them"
    )


def rule_on(premises: Premises, rulings: Sequence[Ruling]) -> list[Came]:
    """Decide about readings that await it: about all or none. A person may also accept what the rules refused.

    What the same source said alike, before and after what is accepted, is accepted with it. A refusal is of what it
    names: what agrees with a refused count is refused by the rules once its source says otherwise.

    Raises:
        Mistake: for each that does not await a decision, or is named twice; for a refusal without a reason.
    """
    if faults := [*_faults(premises, rulings)]:
        raise Mistake("\n".join(faults))
    refused = {number for ruling in rulings if ruling.decision == "refuse" for number in ruling.readings}
    held = {row.reading: row for row in premises.store.awaiting() if row.reading not in refused}
    named = _named(premises, [number for ruling in rulings for number in ruling.readings])
    return [came for ruling in rulings for came in _carry_out(premises, ruling, held, named)]


def _named(premises: Premises, numbers: Collection[int]) -> dict[int, Remark]:
    """What was said last of some readings."""
    return {each.reading: each for each in premises.store.remarks(EPOCH) if each.stands and each.reading in numbers}


def _carry_out(premises: Premises, ruling: Ruling, held: Held, named: Mapping[int, Remark]) -> Iterator[Came]:
    """Decide, and say what it came to for each account."""
    verdict = Verdict(ruling.decision, RULE, ruling.why)
    found = alongside(premises.store, held, ruling.readings) if ruling.decision == "accept" else ()
    beside = {row.reading: (row.key, own) for row, own in found if row.reading is not None and row.reading not in named}
    at = premises.clock.now()
    for number in ruling.readings:
        premises.store.decide(number, verdict, ruling.who, at)
    for number, (_, own) in beside.items():
        premises.store.decide(number, own or verdict, CHECK if own else ruling.who, at)
    said = [named[number] for number in ruling.readings]
    for account in dict.fromkeys(each.key for each in said):
        counts = tuple(Count(each.count, each.granularity) for each in said if each.key == account)
        yield Came(ruling.decision, account, counts, [*beside.values()].count((account, None)))


def _faults(premises: Premises, rulings: Sequence[Ruling]) -> Iterator[str]:
    named = [number for ruling in rulings for number in ruling.readings]
    yield from (f"reading {number} is named twice" for number in sorted({*named}) if named.count(number) > 1)
    if any(ruling.decision == "refuse" and not ruling.why.strip() for ruling in rulings):
        yield "a refusal needs a reason: say --why TEXT"
    awaiting = {row.reading for row in premises.store.awaiting()}
    if late := {*named} - awaiting:
        said = {each.reading: each for each in premises.store.remarks(EPOCH) if each.stands}
        accepted = {number for ruling in rulings if ruling.decision == "accept" for number in ruling.readings}
        overruled = {number for number in late & accepted if _is_by_the_rules(said.get(number))}
        yield from (_nothing_to_decide(number, said.get(number)) for number in sorted(late - overruled))


def _is_by_the_rules(said: Remark | None) -> bool:
    """Whether a reading was refused, and not by a person."""
    return said is not None and (said.decision, said.who) == ("refuse", CHECK)


def _nothing_to_decide(number: int, said: Remark | None) -> str:
    if said is None:
        return f"reading {number} never awaited a decision, or there is none: `headcount review` lists those that do"
    if said.decision == "hold":
        return f"reading {number} of {said.key} was withdrawn: there is nothing to decide"
    done = f"{Done[said.decision]} by {said.who} on {said.at:%Y-%m-%d %H:%M} UTC"
    return f"reading {number} of {said.key} was {done}: `headcount correct {number}` puts right what is shown"


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
