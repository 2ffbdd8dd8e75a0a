"""Publishing an edition to every target; one that cannot be written costs the others nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from headcount.errors import DeliveryError
from headcount.pipeline.house import House, Premises, open_house
from headcount.pipeline.publishing.buckets import bucket, chosen, is_bucket
from headcount.pipeline.publishing.editing import edition
from headcount.publish.delivery.folder import Folder
from headcount.publish.delivery.mirror import announced, mirror
from headcount.publish.delivery.target import Target as Place
from headcount.publish.press import print_edition
from headcount.publish.printed import Press, read_press
from headcount.publish.tables import files
from headcount.settings import Settings, Target
from headcount.store.noticing import Delivered

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


def publish(premises: Premises, names: Iterable[str] = ()) -> tuple[Published, ...]:
    """Bring targets (all, or those named) up to date with the store and the roster, as both stand when it is our turn.

    Raises:
        Mistake: what is wrong in the roster, or a target that there is none of.
        DeliveryError: where the press cannot be written.
    """
    targets = chosen(premises.settings, names)
    with premises.store.lock("publish", wait=PATIENCE):
        house = open_house(premises)
        press = _print_or_note(house, targets)
        published = tuple(_publish(house, press, target) for target in targets)
        premises.store.delivered(_delivered(each, house.clock.now()) for each in published)
        return published


def print_now(premises: Premises) -> Press:
    """The press with an edition of now in it, which no target has yet.

    Raises:
        DeliveryError: where the press cannot be written.
    """
    with premises.store.lock("publish", wait=PATIENCE):
        return _print(open_house(premises))


def _print_or_note(house: House, targets: Iterable[Target]) -> Press:
    """The press with an edition of now; where it cannot be written, no target gets one, and that is remembered.

    Raises:
        DeliveryError: where the press cannot be written.
    """
    try:
        return _print(house)
    except DeliveryError as error:
        house.store.delivered(Delivered(target.name, house.clock.now(), str(error)) for target in targets)
        raise


def _print(house: House) -> Press:
    before = read_press(press_folder(house.settings))
    with house.store.moment() as store:
        newest = edition(house, store, before.mark)
        return print_edition(newest, files(newest), before)


def press_folder(settings: Settings) -> Path:
    """Where editions are printed."""
    return settings.state / "press"


def open_target(settings: Settings, target: Target) -> Place:
    """The place that a target of the configuration names.

    Raises:
        DeliveryError: where it cannot be one.
    """
    return bucket(settings, target) if is_bucket(target) else Folder(Path(target.to))


def _publish(house: House, press: Press, target: Target) -> Published:
    record = house.store.published(target.name)
    house.store.mark_published(target.name, announced(press, record), house.clock.now())
    try:
        delivery = mirror(press, open_target(house.settings, target), record)
    except DeliveryError as error:
        return Published(target.name, target.to, fault=str(error))
    house.store.mark_published(target.name, delivery.versions, house.clock.now())
    return Published(target.name, target.to, len(delivery.written), len(press.files))


def _delivered(each: Published, at: datetime) -> Delivered:
    return Delivered(each.target, at, each.fault, each.written, each.files)
