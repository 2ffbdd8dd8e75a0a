"""The pointer of a bucket: only a newer one replaces it, and whatever becomes of a reply, it is known whether it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import obstore
from msgspec import Struct
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError

from headcount.errors import DeliveryError, Superseded
from headcount.publish.delivery.conditions import Conditions, version
from headcount.publish.delivery.faults import explained, fault, is_bucketless, is_in_doubt
from headcount.publish.delivery.packing import unpacked
from headcount.publish.printed import POINTER, number_of

if TYPE_CHECKING:
    from obstore import Attributes, UpdateVersion
    from obstore.store import ObjectStore

_ATTEMPTS = 4


class Standing(Struct, frozen=True):
    """The pointer as it stands."""

    content: bytes
    version: UpdateVersion


class Change(Struct, frozen=True):
    """What is to become of the pointer."""

    content: bytes
    before: bytes | None
    stored: bytes
    """The content as the store is to keep it."""
    attributes: Attributes


class Pointer:
    """The pointer of one bucket."""

    def __init__(self, store: ObjectStore, address: str) -> None:
        self._store, self._address = store, address

    def standing(self) -> Standing | None:
        """As it stands; None where there is none."""
        with explained(self._address):
            try:
                found = obstore.get(self._store, POINTER)
            except FileNotFoundError as error:
                if is_bucketless(error):
                    raise
                return None
            return Standing(unpacked(bytes(found.bytes())), version(found.meta))

    def replace(self, change: Change, conditions: Conditions) -> None:
        """Write, and read back whenever it is not certain what became of it.

        Raises:
            Superseded: where the pointer that stands there is newer.
        """
        doubts: list[DeliveryError] = []
        while len(doubts) < _ATTEMPTS:
            there = self.standing()
            if there and there.content == change.content:
                return
            self._yield_to(there, change)
            doubt = self._write(change, conditions, there)
            if doubt is None:
                return
            doubts.append(doubt)
        raise doubts[-1]

    def _yield_to(self, there: Standing | None, change: Change) -> None:
        """Leave a newer pointer alone, and one of the same number that we had not seen."""
        if there is None:
            return
        theirs, ours = number_of(there.content), number_of(change.content)
        if theirs > ours or (theirs == ours and there.content != change.before):
            raise Superseded(
                f"{self._address} has set {theirs} already, and ours is {ours}: another publisher was quicker. "
                "Nothing was rolled back; if this was not meant to happen, publish there from one machine only."
            )

    def _write(self, change: Change, conditions: Conditions, there: Standing | None) -> DeliveryError | None:
        """Write if what stands there still does; None: certainly done, else why it is not certain."""
        mode = conditions.mode(there.version if there else None)
        try:
            obstore.put(self._store, POINTER, change.stored, attributes=change.attributes, mode=mode)
        except (AlreadyExistsError, PreconditionError):
            return DeliveryError(f"{self._address}: others kept writing {POINTER}; the next publish tries again")
        except (BaseError, FileNotFoundError) as error:
            if not is_in_doubt(error):
                raise fault(self._address, error) from None
            return fault(self._address, error)
        return None
