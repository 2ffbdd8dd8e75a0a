"""What people read of how things are, where machines read one word."""

from __future__ import annotations

from collections.abc import Mapping

from headcount.measure.health import Health
from headcount.news.reasons import words_for
from headcount.vitals.everybody import UNAVAILABLE
from headcount.vitals.signs import Working

HEALTH: Mapping[Health, str] = {
    "ok": "ok",
    "degraded": "degraded",
    "stale": "stale",
    "failing": "failing",
    "held": "awaiting review",
    "retired": "retired",
    "absent": "no count to give",
    "never counted": "never counted",
}

MEANING: Mapping[Health, str] = {
    "ok": "it is counted as often as it should be",
    "degraded": "so too, but not as well as it could be",
    "stale": "its newest count is older than nearly two periods of the job that counts it most often",
    "failing": "it was asked about, and nobody could say",
    "held": "a person has to decide about its newest count",
    "retired": "it is closed, or its platform is",
    "absent": "it has no count to give, and everyone knows why",
    "never counted": "not yet",
}
"""What each word says of an account."""

OF_PLATFORM: Mapping[Working, str] = {
    "ok": "none of what follows",
    "stale": "some who have a count to give were not counted of late, or every new count is in doubt",
    "failing": "it gives nobody a count",
    "never": "it never did",
}
"""And of a platform."""

OF_JOB: Mapping[Working, str] = {
    "ok": "its runs come to their end",
    "stale": "two whole slots have passed without a run that did",
    "failing": "a run of a slot that is over did not come to its end",
    "never": "it never ran",
}
"""Of a job."""

OF_TARGET: Mapping[Working, str] = {
    "ok": "the newest edition is there",
    "stale": "nothing was delivered for two slots of the job that runs most often",
    "failing": "the last delivery failed",
    "never": "nothing was delivered yet",
}
"""Of a target."""

REASON = (
    "Why it is failing, retired or absent: a miss's reason, `archived`, `not_counted`: no job is to count it, or "
    f"`{UNAVAILABLE}`: the platform does not let us ask; why it is degraded: `fallback`: its best source fails, and another "
    "is used, or `rounded`: its count was known more finely before"
)
"""What is told beside an account's word."""

WORKING: Mapping[Working, str] = {"ok": "ok", "stale": "stale", "failing": "failing", "never": "not yet"}

_OURS = {
    "archived": "was archived: it is no longer counted",
    "not_counted": "is not to be counted",
    "fallback": "is counted by its second-best source, for the best one fails",
    "rounded": "is counted less finely than before",
    UNAVAILABLE: "could not be asked about",
}
"""The words that are no reasons of the closed list."""

_OTHERWISE: Mapping[Health, str] = {
    "ok": "is counted as often as it should be",
    "degraded": "is not counted as well as it could be",
    "stale": "was not counted of late",
    "failing": "could not be counted",
    "held": "has a count that awaits review",
    "retired": "is closed",
    "absent": "has no count to give",
    "never counted": "was never counted",
}


def explained(meanings: Mapping[Health, str] | Mapping[Working, str]) -> str:
    """Words with what each of them means, as `stale: ...; failing: ...`."""
    return "; ".join(f"{word}: {meaning}" for word, meaning in meanings.items())


def because(health: Health, reason: str) -> str:
    """How an account is and why, said after its name: `is not found`."""
    if not reason:
        return _OTHERWISE[health]
    return _OURS.get(reason) or words_for(reason).of_account
