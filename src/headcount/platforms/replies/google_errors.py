"""What Google's APIs say when they refuse, whatever the status it came with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from headcount.model import Reason
from headcount.net.message import Reply, retry_after
from headcount.platforms.kit.contract import Refusal, by_status
from headcount.platforms.kit.wire import Json, decode, find


def refusal(reply: Reply) -> Refusal | None:
    """What Google says of the whole request, whatever the status it came with."""
    is_failure = reply.body.lstrip().startswith(b"{") and b'"error"' in reply.body[:500]
    failure = find(decode(reply.body, Json), "error", Json) if is_failure else None
    if failure is None:
        return by_status(reply)
    said = re.sub(r"<[^>]*>", "", (find(failure, "message", str) or "")[:1000])[:200]
    words = {*map(bytes.decode, REASON.findall(reply.body)), "keyInvalid" if said.startswith("API key") else ""}
    reason = next((reason for reason, known in REASONS.items() if words & known), None)
    if reason is None:
        return by_status(reply) or Refusal("shape_changed", said)
    again: dict[Reason, datetime | timedelta] = {
        "quota_exhausted": _next_day(reply.at),
        "rate_limited": retry_after(reply) or timedelta(minutes=1),
        "unreachable": timedelta(seconds=1),
    }
    return Refusal(reason, said, "batch" if reason == "unreachable" else "credential", again.get(reason))


def _next_day(at: datetime) -> datetime:
    """When Google's day ends: at midnight in California."""
    tomorrow = at.astimezone(CALIFORNIA).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=CALIFORNIA).astimezone(UTC)


CALIFORNIA = ZoneInfo("America/Los_Angeles")
REASON = re.compile(rb'"(?:reason|status)"\s*:\s*"(\w+)"')
REASONS: Mapping[Reason, set[str]] = {
    "bad_credentials": {"keyInvalid", "API_KEY_INVALID"},
    "quota_exhausted": {"quotaExceeded", "dailyLimitExceeded"},
    "rate_limited": {"rateLimitExceeded", "userRateLimitExceeded"},
    "missing_permission": {"forbidden", "PERMISSION_DENIED", "accessNotConfigured", "SERVICE_DISABLED"},
    "unreachable": {"backendError", "internalError"},
}
