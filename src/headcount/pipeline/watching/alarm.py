"""A run that comes to nothing tells why: through the store where that works, and past it where it does not."""

from __future__ import annotations

from collections.abc import Iterator

from headcount.clock import Clock
from headcount.errors import DeliveryError, HeadcountError, Locked, StoreError
from headcount.news.story import Story
from headcount.pipeline.house import Premises
from headcount.pipeline.watching.channels import carriage
from headcount.pipeline.watching.emergency import emergency
from headcount.pipeline.watching.heartbeat import Heartbeat
from headcount.pipeline.watching.watch import BUDGET, watch
from headcount.settings import Settings


def alarm(premises: Premises, error: HeadcountError) -> None:
    """Tell that a run came to nothing; a wrong roster is found by whoever looks."""
    if isinstance(error, Locked):
        return
    if isinstance(error, StoreError):
        without_store(premises.settings, premises.clock, error)
        return
    try:
        watch(premises, carriage(premises.settings), _unpublished(error))
    except StoreError as worse:
        without_store(premises.settings, premises.clock, worse)


def without_store(settings: Settings, clock: Clock, error: StoreError) -> None:
    """Tell that the store cannot be used, where there is anybody to tell."""
    if settings.watch.channels:
        emergency(settings, clock, carriage(settings), error, BUDGET)


async def unopened(settings: Settings, clock: Clock, error: StoreError) -> None:
    """Tell that a run could not even begin."""
    without_store(settings, clock, error)
    await Heartbeat(settings, clock).end(error.exit_status)


def _unpublished(error: HeadcountError) -> Iterator[Story]:
    """Where nothing can be printed, nothing new reaches any target."""
    if isinstance(error, DeliveryError):
        yield Story("press", "urgent", "press", detail=str(error))
