"""Events and outcomes as JSON, in the shape that outsiders rely on."""

from __future__ import annotations

from typing import Any

import msgspec

from headcount.collect.cost import Estimate
from headcount.collect.turn import Event, Refused
from headcount.model import Miss, Reading


def as_json(event: Event) -> dict[str, Any]:
    """An event as one JSON object."""
    if isinstance(event, Estimate):
        return {"event": "asking", **msgspec.structs.asdict(event)}
    if isinstance(event, Refused):
        refusal = event.refusal
        return {
            "event": "refused",
            "platform": event.platform,
            "source": event.source,
            "reason": refusal.reason,
            "detail": refusal.detail,
        }
    return {"event": "outcome", "at": event.at.isoformat(), "source": event.source, **outcome_json(event.said)}


def outcome_json(said: Reading | Miss) -> dict[str, Any]:
    """An outcome in the shape that outsiders rely on."""
    if isinstance(said, Miss):
        return {"account": said.account.key, "reason": said.reason, "detail": said.detail}
    return {
        "account": said.account.key,
        "metric": said.metric,
        "count": said.count.value,
        "granularity": said.count.granularity,
        "rounding": said.count.rounding,
        "ids": dict(said.ids),
    }
