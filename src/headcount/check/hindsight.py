"""What an accepted reading says of those that are held before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from headcount.check.case import Case
from headcount.check.rules import agreeing
from headcount.model import Past, Verdict


def hindsight(case: Case, verdict: Verdict, since: datetime) -> Iterator[tuple[Past, Verdict]]:
    """The held readings about which this one decides, each with what is decided.

    Three that agree release one another. What a source says otherwise when it is asked again, in a run that began at
    `since`, it takes back.
    """
    if verdict.decision != "accept":
        return
    if verdict.rule == "three_agree":
        for each in agreeing(case):
            yield each, Verdict("accept", "three_agree", verdict.detail)
        return
    for each in case.held:
        if each.source == case.now.source and each.at >= since:
            said = f"{each.count.value:,}, and {case.now.count.value:,} when it was asked again"
            yield each, Verdict("refuse", "asked_again", said)
