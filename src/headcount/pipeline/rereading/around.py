"""Judges a reading that takes its place in the past: by what was counted before it, and by what was counted after. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from headcount.check.judge import judge
from headcount.model import ACCEPTED, Past, Verdict


def judge_between(series: Sequence[Past], reading: Past) -> Verdict:
    """Whether it fits to the accepted readings around it.

    What was accepted after it was judged without it: where the next count would not have been believed after this one,
    one of the two is wrong, and this one waits for a person.
    """
    before = [each for each in series if each.at < reading.at]
    verdict = judge(before, reading.count, reading.at)
    after = next((each for each in series if each.at > reading.at and not each.held), None)
    if after is None or verdict.decision != "accept":
        return verdict
    return _judged_by(after, before, reading)


def _judged_by(after: Past, before: Sequence[Past], reading: Past) -> Verdict:
    said = judge([*before, reading], after.count, after.at)
    if said.decision == "accept" or judge(before, after.count, after.at).decision == "hold":
        return ACCEPTED
    return Verdict("hold", said.rule, f"the next count, of {after.at:%Y-%m-%d %H:%M} UTC, would be: {said.detail}")
