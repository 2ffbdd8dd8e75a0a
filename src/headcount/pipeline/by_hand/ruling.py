"""What a person decides about counts that the rules hold back. Nothing is overwritten."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from msgspec import Struct

from headcount.errors import Mistake
from headcount.model import EPOCH, Count, Verdict
from headcount.pipeline.by_hand.alongside import Held, alongside
from headcount.pipeline.house import Premises
from headcount.store.append import CHECK
from headcount.store.noticing import Remark

RULE = "review"
"""The rule that a person's decision is kept under."""

Done = {"accept": "accepted", "refuse": "refused", "hold": "held"}

Named = tuple[str, Count]
"""Whose a reading is, and what it says."""


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


def readings_named(premises: Premises, words: Sequence[str]) -> tuple[int, ...]:
    """The readings that are meant: each a number, or all that await a decision of an account (its key) or a platform.

    Raises:
        Mistake: for each word that means none.
    """
    if not words:
        return ()
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
    awaiting = {row.reading: row for row in premises.store.awaiting()}
    if faults := [*_faults(premises, rulings, awaiting)]:
        raise Mistake("\n".join(faults))
    named = _named(premises, {number for ruling in rulings for number in ruling.readings}, awaiting)
    refused = {number for ruling in rulings if ruling.decision == "refuse" for number in ruling.readings}
    held = {number: row for number, row in awaiting.items() if number not in refused}
    return [came for ruling in rulings for came in _carry_out(premises, ruling, held, named)]


def _named(premises: Premises, numbers: AbstractSet[int], awaiting: Held) -> dict[int, Named]:
    """What some readings say, as corrected where they await a decision."""
    since = premises.clock.now() if numbers <= awaiting.keys() else EPOCH
    said = [each for each in premises.store.remarks(since) if each.stands and each.reading in numbers]
    corrected = {number: row.count for number, row in awaiting.items() if row.count is not None}
    return {each.reading: (each.key, Count(corrected.get(each.reading, each.count), each.granularity)) for each in said}


def _carry_out(premises: Premises, ruling: Ruling, held: Held, named: Mapping[int, Named]) -> list[Came]:
    """Decide, and say what it came to for each account."""
    verdict, at = Verdict(ruling.decision, RULE, ruling.why), premises.clock.now()
    found = alongside(premises.store, held, ruling.readings) if ruling.decision == "accept" else ()
    beside = {row.reading: (row.key, own) for row, own in found if row.reading is not None and row.reading not in named}
    for number in ruling.readings:
        premises.store.decide(number, verdict, ruling.who, at)
    for number, (_, own) in beside.items():
        premises.store.decide(number, own or verdict, CHECK if own else ruling.who, at)
    others = Counter(key for key, own in beside.values() if own is None)
    counts: dict[str, list[Count]] = defaultdict(list)
    for number in ruling.readings:
        counts[named[number][0]].append(named[number][1])
    return [Came(ruling.decision, account, tuple(said), others[account]) for account, said in counts.items()]


def _faults(premises: Premises, rulings: Sequence[Ruling], awaiting: Held) -> Iterator[str]:
    named = [number for ruling in rulings for number in ruling.readings]
    yield from (f"reading {number} is named twice" for number in sorted({*named}) if named.count(number) > 1)
    if any(ruling.decision == "refuse" and not ruling.why.strip() for ruling in rulings):
        yield "a refusal needs a reason: say --why TEXT"
    if late := {*named} - awaiting.keys():
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
