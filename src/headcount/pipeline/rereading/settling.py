"""Of one account and slot several replies may have been kept: what counts is whether any of them was read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from headcount.pipeline.rereading.filing import Reparsed
from headcount.pipeline.rereading.placing import Result

FAILURES: frozenset[Result] = frozenset({"unread", "cut"})
READ: frozenset[Result] = frozenset({"stored", "held", "there", "same", "covered"})

Whose = tuple[str, str, datetime]
"""An account, a job, and when its slot begins."""


def settled(told: Iterable[Reparsed]) -> list[Reparsed]:
    """What came of the replies, without those that failed where another of the same account and slot was read."""
    everything = list(told)
    read = {_whose(each) for each in everything if each.result in READ}
    return [each for each in everything if each.result not in FAILURES or _whose(each) not in read]


def _whose(each: Reparsed) -> Whose:
    return each.account, each.job, each.slot
