"""Publishing an edition to every target; one that cannot be written costs the others nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from headcount.errors import DeliveryError, Mistake
from headcount.pipeline.editing import edition
from headcount.pipeline.house import House
from headcount.publish.deliver import Delivery, to_folder
from headcount.publish.tables import files
from headcount.settings import Target

PATIENCE = 300.0
"""Seconds to wait for another process that is publishing: two at once could end with the older edition."""


class Published(Struct, frozen=True):
    """What became of one target."""

    target: str
    to: str
    written: int = 0
    """Files that were new or had changed."""
    files: int = 0
    fault: str = ""
    """Why it failed; empty: it did not."""


def publish(house: House, names: Iterable[str] = ()) -> tuple[Published, ...]:
    """Bring targets (all, or those named) up to date with the store.

    Raises:
        Mistake: where a target is named that there is none of.
    """
    wanted = tuple(names)
    known = {target.name: target for target in house.settings.targets}
    if unknown := [name for name in wanted if name not in known]:
        raise Mistake(
            f"there is no target called {unknown[0]!r} in {house.settings.file}; there are {', '.join(known) or 'none'}"
        )
    return tuple(_publish(house, target) for name, target in known.items() if not wanted or name in wanted)


def _publish(house: House, target: Target) -> Published:
    try:
        delivery = _deliver(house, target)
    except DeliveryError as error:
        return Published(target.name, target.to, fault=str(error))
    return Published(target.name, target.to, len(delivery.written), len(delivery.versions))


def _deliver(house: House, target: Target) -> Delivery:
    if "://" in target.to:
        raise DeliveryError(f"[publish.{target.name}] {target.to}: this version publishes to folders only")
    with house.store.lock(f"publish-{target.name}", wait=PATIENCE):
        delivery = to_folder(Path(target.to), files(edition(house)), house.store.published(target.name))
        house.store.mark_published(target.name, dict(delivery.versions), house.clock.now())
    return delivery
