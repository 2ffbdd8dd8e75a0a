"""The rules in order, and what they make of a reading together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from headcount.check import rules
from headcount.model import ACCEPTED, Count, Past, Verdict


def judge(past: Sequence[Past], count: Count, at: datetime) -> Verdict:
    """Accept a reading or hold it back, given the live readings of its series, oldest first.

    A held reading is kept and not published. A leap waits for a person; a reading that is merely off course is
    accepted, marked, once three in a row agree: that is how a true purge of accounts looks.
    """
    if complaint := rules.leap(past, count, at):
        return Verdict("hold", "leap", complaint)
    complaint = rules.off_course(past, count, at)
    if complaint is None:
        return ACCEPTED
    if rules.agreeing(past, count, at):
        return Verdict("accept", "three_agree", complaint)
    return Verdict("hold", "off_course", complaint)
