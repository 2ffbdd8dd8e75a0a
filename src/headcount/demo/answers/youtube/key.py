"""The key that the Data API asks for, and the units that it buys a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from headcount.demo.answers.youtube.refusals import NO_KEY, REFUSALS
from headcount.demo.calls import Call, Response
from headcount.demo.limits import Limit

TOKENS = {"key": "simulated-youtube-key"}
UNITS_A_DAY = 10_000


def admit(call: Call) -> Response | None:
    """With a key, in the query or in a header."""
    key = _key(call)
    if not key:
        return NO_KEY
    return None if key == TOKENS["key"] else REFUSALS["wrong_key"]


def _key(call: Call) -> str:
    return call.query.get("key") or call.headers.get("x-goog-api-key", "")


def midnight(start: datetime) -> datetime:
    """The next midnight in California, where the quota begins afresh."""
    there = start.astimezone(ZoneInfo("America/Los_Angeles"))
    tomorrow = (there + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return tomorrow.astimezone(UTC)


DAILY = Limit("youtube", UNITS_A_DAY, midnight, REFUSALS["quota"], who=_key)
