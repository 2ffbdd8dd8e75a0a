"""How a platform misbehaves."""

from __future__ import annotations

from msgspec import Struct


class Faults(Struct, frozen=True):
    """How a platform misbehaves."""

    latency: float = 0.0
    """Seconds by the clock before each reply."""
    status: int | None = None
    """Everything is answered with this status."""
    retry_after: int | None = None
    """Seconds, said beside that status."""
    refusal: str = ""
    """Everything is answered as the platform refuses it: a name from its `Answers.refusals`."""
    cut: int | None = None
    """The connection breaks after so many bytes of each body."""
