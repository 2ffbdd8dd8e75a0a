"""Gauges, as Prometheus has them: a name, what it means, and a number for each set of labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily

Sample = tuple[Sequence[str], float | None]
"""The values of the labels and the number; None: there is none, so nothing is said."""


def gauge(name: str, means: str, labels: Sequence[str], samples: Iterable[Sample]) -> GaugeMetricFamily:
    """A gauge of ours; what has no number is left out, for a missing number is never zero."""
    family = GaugeMetricFamily(f"headcount_{name}", means, labels=labels)
    for values, number in samples:
        if number is not None:
            family.add_metric(values, number)
    return family


def seconds(at: datetime | None) -> float | None:
    """A moment in seconds since 1970 (UTC)."""
    return at.timestamp() if at else None
