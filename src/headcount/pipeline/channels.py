"""Who carries letters to the channels of a configuration."""

from __future__ import annotations

from headcount.settings import Settings
from headcount.watch.carry.carrier import Carriage


def carriage(settings: Settings) -> Carriage:
    """Carries letters to the channels of `[watch]`, by their names."""
    return Carriage({each.name: each.url["url"] for each in settings.watch.channels}, settings.http)
