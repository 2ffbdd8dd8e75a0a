"""What a person decides about held counts, and what a person puts right: what is published follows, and no name is in it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from headcount.errors import Mistake
from headcount.evidence.exchange import Asked, Exchange, Question, Saved, Why
from headcount.evidence.keep import Cabinet
from headcount.evidence.read import read
from headcount.evidence.tidy import Bounds
from headcount.model import ACCEPTED, Account, Count, Fill, Outcome, Reading, Verdict
from headcount.pipeline.by_hand.reviewing import Repair, repair, waiting
from headcount.pipeline.by_hand.ruling import Ruling, rule_on
from tests.pipeline.town import MONTH, NOON, Town

HOUR = timedelta(hours=1)
SLOT = NOON.replace(minute=0) + HOUR
CANARY = "jane.canary"
LAB = "twitter/lab"
LEAP = Verdict("hold", "leap", "7 after 12,345")


def counted(town: Town, count: int, verdict: Verdict = LEAP, hours: int = 0, key: str = LAB) -> int:
    """A reading of an hour, as a run keeps it; its number."""
    slot = SLOT + hours * HOUR
    said = Reading(Account(key, key.partition("/")[2]), "followers", Count(count))
    run = town.store.begin("hourly", slot, slot)
    town.store.append(run.id, [Fill("hourly", slot, Outcome(said, "page", slot + timedelta(minutes=1)), verdict)])
    town.clock.move(max(0.0, (slot + HOUR - town.clock.now()).total_seconds()))
    (number,) = {row.reading for row in town.store.fills(slot, slot + HOUR) if row.key == key}
    assert number
    return number


def decide(town: Town, decision: Literal["accept", "refuse"], *readings: int, why: str = "") -> None:
    rule_on(town.premises(), [Ruling(decision, readings, CANARY, why)])


def of_slot(town: Town, slot: str = f"{SLOT:%Y-%m-%dT%H:%M}") -> tuple[str, str]:
    """What is published of the lab's slot."""
    (row,) = [row for row in town.rows(MONTH) if row["account"] == LAB and row["slot"].startswith(slot)]
    return row["count"], row["status"]


def wide(town: Town) -> dict[str, str]:
    """The lab's column of the wide table, by stamp."""
    return {row["date"]: row["LAB"] for row in town.rows("social_data.csv")}


def has_gap(town: Town) -> bool:
    """Whether the lab's slot is among the gaps."""
    gaps = [each for each in town.document("gaps.json")["gaps"] if each["account"] == LAB]
    return bool(gaps)


def exhibited(town: Town) -> str:
    """The body that is named as what the only held reading was read from."""
    (found,) = waiting(town.premises())
    return read(Path(found.evidence)).replies[0].body


def damage(town: Town) -> None:
    """Spoil the file that is named."""
    (found,) = waiting(town.premises())
    Path(found.evidence).write_bytes(b"damaged")


STAMP = f"{SLOT:%m/%d/%y %H:%M}"


async def test_what_awaits_a_decision_is_listed_with_what_one_has_to_know(town: Town) -> None:
    before = {each.key: each.count for each in town.store.latest(town.clock.now())}[LAB]
    number = counted(town, 7)
    (found,) = waiting(town.premises())
    assert (found.reading, found.account, found.count) == (number, LAB, 7)
    assert (found.before, found.rule, found.complaint) == (before, "leap", "7 after 12,345")
    assert found.before_at == NOON


async def test_the_reply_that_it_was_read_from_is_named_where_it_was_kept(town: Town) -> None:
    number = counted(town, 7)
    (row,) = [row for row in town.store.awaiting() if row.reading == number]
    assert waiting(town.premises())[0].evidence == ""
    kept: tuple[tuple[str, Why, int], ...] = (
        (LAB, "held", 1),
        (LAB, "held", 0),
        ("twitter/energy", "held", 0),
        (LAB, "", 0),
    )
    for about, why, minutes in kept:
        at = row.taken_at + timedelta(minutes=minutes)
        reply = Saved(Question("GET", "https://x.com"), 200, body=f"{about} {why} {minutes}", at=at)
        asked = (Asked(about, "lab", why=why),)
        Cabinet(town.folder / "evidence", Bounds(30, 10**6)).keep(
            Exchange("hourly", SLOT, row.run or 0, "twitter", "page", asked, (reply,)), at
        )
    assert exhibited(town) == f"{LAB} held 0"
    damage(town)
    assert exhibited(town) == f"{LAB} held 1"


async def test_a_held_count_is_published_once_it_is_accepted_and_the_gap_closes(town: Town) -> None:
    number = counted(town, 7)
    town.publish()
    assert (of_slot(town), STAMP in wide(town), has_gap(town)) == (("", "held"), False, True)
    decide(town, "accept", number, why="the old number was wrong")
    town.publish()
    assert (of_slot(town), wide(town)[STAMP], has_gap(town)) == (("7", "accepted"), "7", False)
    assert waiting(town.premises()) == []
    assert town.naming(CANARY) == []


async def test_a_refused_count_is_never_published_and_the_gap_stays(town: Town) -> None:
    number = counted(town, 7)
    decide(town, "refuse", number, why="a digit was lost")
    town.publish()
    assert (of_slot(town), STAMP in wide(town), has_gap(town)) == (("", "refused"), False, True)
    assert waiting(town.premises()) == []
    assert town.naming(CANARY) == []


async def test_several_are_decided_at_once_or_none_is(town: Town) -> None:
    first, second, third = (counted(town, count, hours=count) for count in (1, 2, 3))
    with pytest.raises(Mistake, match="reading 4711 never awaited a decision, or there is none"):
        decide(town, "accept", first, 4711)
    assert [each.reading for each in waiting(town.premises())] == [first, second, third]
    premises = town.premises()
    rule_on(premises, [Ruling("accept", (first, second), CANARY), Ruling("refuse", (third,), CANARY, "a spike")])
    assert waiting(premises) == []


async def test_what_cannot_be_decided_is_a_sentence_each(town: Town) -> None:
    good, held = counted(town, 7, ACCEPTED), counted(town, 8, hours=1)
    decide(town, "accept", held)
    with pytest.raises(Mistake, match=f"reading {good} never awaited a decision") as refused:
        decide(town, "accept", good, held)
    assert f"reading {held} of {LAB} was accepted by {CANARY} on 2026-11-20" in str(refused.value)


async def test_a_refusal_needs_a_reason_and_nothing_is_named_twice(town: Town) -> None:
    number = counted(town, 7)
    with pytest.raises(Mistake, match="a refusal needs a reason"):
        decide(town, "refuse", number, why=" ")
    with pytest.raises(Mistake, match=f"reading {number} is named twice"):
        decide(town, "accept", number, number)


async def test_a_correction_is_shown_instead_with_why_and_in_which_role(town: Town) -> None:
    number = counted(town, 70, ACCEPTED)
    assert repair(town.premises(), Repair(number, 7, CANARY, "a digit too many", "the web team")) is False
    town.publish()
    assert (of_slot(town), wide(town)[STAMP]) == (("7", "accepted"), "7")
    (said,) = town.rows("corrections.csv")
    assert (said["before"], said["after"], said["why"], said["role"]) == ("70", "7", "a digit too many", "the web team")
    assert town.naming(CANARY) == []


async def test_a_reading_that_is_withdrawn_leaves_a_gap(town: Town) -> None:
    number = counted(town, 70, ACCEPTED)
    town.publish()
    assert wide(town)[STAMP] == "70"
    repair(town.premises(), Repair(number, None, CANARY, "another lab's account"))
    town.publish()
    assert (of_slot(town), STAMP in wide(town), has_gap(town)) == (("", "refused"), False, True)


async def test_a_held_reading_that_is_corrected_awaits_its_decision_still(town: Town) -> None:
    number = counted(town, 70)
    assert repair(town.premises(), Repair(number, 7, CANARY, "a digit too many")) is True
    town.publish()
    assert of_slot(town) == ("", "held")
    decide(town, "accept", number)
    town.publish()
    assert of_slot(town) == ("7", "accepted")


async def test_a_held_reading_that_is_withdrawn_is_nothing_to_decide_about(town: Town) -> None:
    number = counted(town, 70)
    assert repair(town.premises(), Repair(number, None, CANARY, "not ours")) is False
    assert waiting(town.premises()) == []
    with pytest.raises(Mistake, match="was withdrawn: there is nothing to decide"):
        decide(town, "accept", number)


@pytest.mark.parametrize(
    ("fix", "complaint"),
    [
        (Repair(4711, 7, CANARY, "why"), "there is no reading 4711"),
        (Repair(1, 7, CANARY, " "), "a correction needs a reason"),
        (Repair(1, 10**13, CANARY, "why"), "is not a number of people"),
    ],
)
async def test_a_correction_that_cannot_be_is_a_sentence(town: Town, fix: Repair, complaint: str) -> None:
    with pytest.raises(Mistake, match=complaint):
        repair(town.premises(), fix)
