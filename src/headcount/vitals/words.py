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


def because(health: Health, reason: str) -> str:
    """How an account is and why, said after its name: `is not found`."""
    if not reason:
        return _OTHERWISE[health]
    return _OURS.get(reason) or words_for(reason).of_account
