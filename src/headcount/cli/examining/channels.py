"""The part of the examination that is of who is told when something breaks. Nothing is sent to them."""

from __future__ import annotations

from collections.abc import Iterator

from headcount.cli.examining.finding import Finding
from headcount.cli.examining.need import address
from headcount.errors import Mistake
from headcount.pipeline.watching.channels import carriage
from headcount.settings import Settings


def examine_channels(settings: Settings) -> Iterator[Finding]:
    """Whether each channel can be understood, and who hears of runs."""
    if not settings.watch.channels:
        yield Finding("watch", True, "nobody is told when something breaks", "name somebody: notify in [watch]")
    for name, complaint in carriage(settings).complaints().items():
        yield _channel(name, complaint)
    for url in settings.watch.heartbeat.values():
        host, port = address(url)
        yield Finding("heartbeat", True, f"{host}, port {port}, hears of each run")


def _channel(name: str, complaint: str) -> Finding:
    if not complaint:
        return Finding(f"channel {name}", True, "is understood; `headcount watch test` sends a sample to it")
    mend = f"see [watch] in the configuration: notify, or [watch.channels.{name}]"
    return Finding(f"channel {name}", False, complaint, mend, Mistake.exit_status)
