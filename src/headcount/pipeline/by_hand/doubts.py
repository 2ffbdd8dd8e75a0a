"""What speaks against a count that a person enters: what the platform says, and what was counted before. Pure."""

from __future__ import annotations

from headcount.check.judge import judge
from headcount.model import REPARSED, SIMULATED, Count, Past, plain_source
from headcount.store.nouns import MANUAL, Beside, Entered


def doubt(each: Entered, beside: Beside) -> str:
    """Why a person should look again, with the number that stands; empty where nothing speaks against it.

    What a platform rounded has to agree within its rounding; an exact count, and the newest one before, by the rules
    that hold live readings. What was entered already is not doubted again.
    """
    said = [past for slot in beside.slots for past in slot]
    if any(is_it(each, past) for past in said):
        return ""
    return next((complaint for past in said if (complaint := _against(each, past))), "") or _after(each, beside.before)


def is_it(each: Entered, past: Past) -> bool:
    """Whether a count that stands is the one that was entered."""
    entered = (MANUAL, each.at, each.count, each.granularity)
    return (past.source, past.at, past.count.value, past.count.granularity) == entered


def figure(count: Count) -> str:
    """A count as people read it: `1,200,000 (rounded to 100,000)`."""
    return f"{count.value:,}" + (f" (rounded to {count.granularity:,})" if count.granularity > 1 else "")


def whose(source: str) -> str:
    """Who counted, as people say it."""
    plain = plain_source(source)
    words = {"api": "the platform's own API", "page": "the platform's page", MANUAL: "a count by hand"}.get(
        plain, plain
    )
    marks = {SIMULATED: "simulated", REPARSED: "read later"}
    return words + "".join(f" ({mark})" for sign, mark in marks.items() if sign in source)


def _against(each: Entered, past: Past) -> str:
    """Against what a platform said in the same slot."""
    if past.source == MANUAL:
        return ""
    if past.count.granularity == 1:
        early, late = sorted((each.at, past.at))
        contradicts = judge([Past(early, past.count, past.source)], _count(each), late).decision == "hold"
    else:
        contradicts = abs(each.count - past.count.value) > each.granularity + past.count.granularity - 2
    return f"{_entered(each)} does not agree with {_stands(past)}" if contradicts else ""


def _after(each: Entered, before: Past | None) -> str:
    """Against the newest count before."""
    if before is None:
        return ""
    verdict = judge([before], _count(each), each.at)
    return f"{_entered(each)} is far from {_stands(before)}: {verdict.detail}" if verdict.decision == "hold" else ""


def _count(each: Entered) -> Count:
    return Count(each.count, each.granularity, "exact" if each.granularity == 1 else "unknown")


def _entered(each: Entered) -> str:
    return f"{each.account.key} {each.metric}: {figure(_count(each))}"


def _stands(past: Past) -> str:
    return f"{figure(past.count)}, which stands: {whose(past.source)} at {past.at:%Y-%m-%d %H:%M} UTC"
