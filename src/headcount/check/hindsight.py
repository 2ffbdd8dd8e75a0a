"""What a reading says of those that are held before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from headcount.check.case import Case
from headcount.check.rules import agree, agreeing
from headcount.model import Past, Verdict, replying


def hindsight(case: Case, verdict: Verdict, since: datetime) -> Iterator[tuple[Past, Verdict]]:
    """The held readings about which this one decides, each with what is decided.

    Three that agree release one another. What a source says otherwise when it is asked again, in a run that began at
    `since`, it takes back; what it says again there counts once. What it contradicts later it takes back too. What
    another source said is never refused here.
    """
    if verdict.rule == "three_agree":
        for each in agreeing(case):
            yield each, _said_again(each, case.now, since) or Verdict("accept", "three_agree", verdict.detail)
        return
    decide = _said_again if verdict.decision == "hold" else _taken_back
    for each in case.held_of_its_own:
        if decided := decide(each, case.now, since):
            yield each, decided


def _said_again(held: Past, now: Past, since: datetime) -> Verdict | None:
    """One row stands for two answers of one source in one run."""
    if not _is_first_answer(held, now, since) or not agree(held, now):
        return None
    said = f"{held.count.value:,}, and {now.count.value:,} when it was asked again: the later answer stands for both"
    return Verdict("refuse", "said_again", said)


def _taken_back(held: Past, now: Past, since: datetime) -> Verdict | None:
    """An answer is plausible where the one before, of the same source, was not."""
    if _is_first_answer(held, now, since):
        said = f"{held.count.value:,}, and {now.count.value:,} when it was asked again"
        return Verdict("refuse", "asked_again", said)
    return None if agree(held, now) else Verdict("refuse", "contradicted", f"{_in_words(held)}, and {_in_words(now)}")


def _is_first_answer(held: Past, now: Past, since: datetime) -> bool:
    return replying(held.source) == replying(now.source) and held.at >= since


def _in_words(each: Past) -> str:
    return f"{each.count.value:,} at {each.at:%Y-%m-%d %H:%M} UTC"
