"""Figures as they are read by machines: the text format of Prometheus, or OpenMetrics."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.openmetrics import exposition as openmetrics
from prometheus_client.registry import Collector


class Form:
    """A way of writing them down."""

    def __init__(self, media: str, encode: Callable[[CollectorRegistry], bytes]) -> None:
        self.media = media
        self._encode = encode

    def written(self, families: Iterable[Metric]) -> bytes:
        """The figures, written down."""
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Once(list(families)))
        return self._encode(registry)


class _Once(Collector):
    """Hands out what was collected already."""

    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        """The figures."""
        return self._families


TEXT = Form(CONTENT_TYPE_PLAIN_0_0_4, generate_latest)
OPENMETRICS = Form(openmetrics.CONTENT_TYPE_LATEST, openmetrics.generate_latest)


def form_for(accepted: str) -> Form:
    """The form for a client that sends this `Accept`."""
    kinds = {part.partition(";")[0].strip().lower() for part in accepted.split(",")}
    return OPENMETRICS if "application/openmetrics-text" in kinds else TEXT
