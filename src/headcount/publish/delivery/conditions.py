"""Which conditional writes an object store honours, found out by trying.

Some ignore conditions without saying so, and one wants the ETag of `If-Match` without the quotes that the standard asks for.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

import obstore
from msgspec import Struct
from obstore.exceptions import AlreadyExistsError, GenericError, NotSupportedError, PreconditionError

from headcount.publish.delivery.faults import TROUBLE, explained, status

if TYPE_CHECKING:
    from obstore import ObjectMeta, PutMode, PutResult, UpdateVersion
    from obstore.store import ObjectStore

PROBE = ".headcount-probe-"
"""How the names of scratch objects begin."""
_NOT_UNDERSTOOD = (400, 405, 501)
_WRONG: UpdateVersion = {"e_tag": f'"{"0" * 32}"', "version": "1"}


class Conditions(Struct, frozen=True):
    """What a store makes of conditional writes."""

    create: Literal["honoured", "ignored", "refused"]
    """Of `If-None-Match: *`: only where nothing is there."""
    replace: Literal["quoted", "unquoted", "ignored", "refused"]
    """Of `If-Match`: only where the version is still the one that was read; with which form of the ETag."""

    @property
    def honoured(self) -> bool:
        """Whether two publishers at once can never put an older set over a newer one."""
        return self.create == "honoured" and self.replace in {"quoted", "unquoted"}

    def mode(self, there: UpdateVersion | None) -> PutMode:
        """How to write where `there` stands now, None being nothing; a plain write where the store knows no better."""
        if there is None:
            return "create" if self.create == "honoured" else "overwrite"
        if self.replace == "quoted":
            return there
        return _unquoted(there) if self.replace == "unquoted" else "overwrite"


def conditions(store: ObjectStore, address: str) -> Conditions:
    """Try it out on a scratch object, which is removed again.

    Raises:
        DeliveryError: where nothing can be written there.
    """
    name = f"{PROBE}{secrets.token_hex(8)}"
    with explained(address):
        try:
            return Conditions(_create(store, name), _replace(store, name))
        finally:
            with suppress(*TROUBLE):
                obstore.delete(store, name)


def version(found: PutResult | ObjectMeta) -> UpdateVersion:
    """Which version of an object that is, as conditional writes name it."""
    known: UpdateVersion = {"e_tag": found["e_tag"]}
    return known if found["version"] is None else {**known, "version": found["version"]}


def _create(store: ObjectStore, name: str) -> Literal["honoured", "ignored", "refused"]:
    if _write(store, name, "create") != "done":
        return "refused"
    return "honoured" if _write(store, name, "create") == "lost" else "ignored"


def _replace(store: ObjectStore, name: str) -> Literal["quoted", "unquoted", "ignored", "refused"]:
    there = version(obstore.put(store, name, b"there", mode="overwrite"))
    wrong = _write(store, name, _WRONG if "version" in there else {"e_tag": _WRONG["e_tag"]})
    if wrong != "lost":
        return "ignored" if wrong == "done" else "refused"
    if _write(store, name, there) == "done":
        return "quoted"
    return "unquoted" if _write(store, name, _unquoted(there)) == "done" else "refused"


def _write(store: ObjectStore, name: str, mode: PutMode) -> Literal["done", "lost", "refused"]:
    """Write if the condition holds; whether it was done, was not to be done, or is beyond the store."""
    try:
        obstore.put(store, name, b"probe", mode=mode)
    except (AlreadyExistsError, PreconditionError):
        return "lost"
    except (GenericError, NotSupportedError) as error:
        if status(error) in _NOT_UNDERSTOOD:
            return "refused"
        raise
    return "done"


def _unquoted(there: UpdateVersion) -> UpdateVersion:
    return {**there, "e_tag": (there["e_tag"] or "").strip('"')}
