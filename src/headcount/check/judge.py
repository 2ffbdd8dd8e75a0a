"""The rules in order, and what they make of a reading together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from headcount.check import rules
from headcount.check.borrowed import borrowed
from headcount.check.case import Case
from headcount.check.moved import moved
from headcount.check.rounded import rounded
from headcount.check.segment import segment
from headcount.check.stuck import stuck
from headcount.check.sweep import sweep
from headcount.model import ACCEPTED, Count, Past, Verdict

NOTICES = {"moved": moved, "stuck": stuck, "rounded": rounded, "segment": segment}
"""What is published and told, the most important first."""


def judge(past: Sequence[Past], count: Count, at: datetime) -> Verdict:
    """Whether a count is plausible after the live readings of its series, oldest first; whoever counted it.

    A held reading is kept and not published. A leap waits for a person; a reading that is merely off course is
    accepted, marked, once three in a row agree: that is how a true purge of accounts looks.
    """
    return quarantine(Case(past, Past(at, count, "")))


def quarantine(case: Case) -> Verdict:
    """Accept a reading or hold it back."""
    if complaint := rules.leap(case):
        return Verdict("hold", "leap", complaint)
    complaint = rules.off_course(case)
    if complaint is None:
        return ACCEPTED
    if whose := borrowed(case):
        return Verdict("hold", "borrowed", f"{complaint}; {whose}")
    if rules.agreeing(case):
        return _released(case, complaint)
    return Verdict("hold", "off_course", complaint)


def _released(case: Case, complaint: str) -> Verdict:
    """What three agree about, unless many accounts of the platform changed so: a fault agrees with itself for ever."""
    if swept := sweep(case):
        return Verdict("hold", "sweep", f"{complaint}; {swept}")
    return Verdict("accept", "three_agree", complaint)


def weigh(case: Case) -> Verdict:
    """The same, and of what is accepted whatever there is to tell: the most important rule, and what every rule says."""
    verdict = quarantine(case)
    if verdict.decision == "hold":
        return verdict
    said = {name: complaint for name, rule in NOTICES.items() if (complaint := rule(case))}
    if verdict.rule:
        said = {verdict.rule: verdict.detail, **said}
    return Verdict("accept", next(iter(said), ""), "; ".join(said.values()))
