"""The channels of a configuration: which there are, and who carries letters to them."""

from __future__ import annotations

from headcount.errors import Mistake
from headcount.settings import Channel, Settings
from headcount.watch.carry.carrier import Carriage


def carriage(settings: Settings) -> Carriage:
    """Carries letters to the channels of `[watch]`, by their names."""
    return Carriage({each.name: each.url["url"] for each in settings.watch.channels}, settings.http)


def channels(settings: Settings) -> tuple[Channel, ...]:
    """The channels of `[watch]`.

    Raises:
        Mistake: where there is none.
    """
    if settings.watch.channels:
        return settings.watch.channels
    raise Mistake(f'{settings.file}: [watch] names no channel: write notify = {{ env = "HEADCOUNT_NOTIFY" }}')
