"""Brings a target up to date with the press: first what nobody reads yet, then the names that everybody reads, then the pointer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from headcount.errors import Superseded
from headcount.publish.delivery.target import Body, Target
from headcount.publish.printed import GEN, POINTER, SETS, Press, Printed, number_of

OURS = re.compile(rf"{GEN}/[0-9a-f]{{16}}/.+")
"""The paths of sets: nobody else has such."""


class Delivery(Struct, frozen=True):
    """What a delivery came to."""

    versions: Mapping[str, str]
    """Every file that the target has from us: a name with its hash, a path of a set with the number of the last set there that named it."""
    written: tuple[str, ...]
    """The names that had to be written."""


def announced(press: Press, record: Mapping[str, str]) -> dict[str, str]:
    """What to remember before a delivery: every name that it may write is ours, and where it breaks off unsettled."""
    return dict(record) | {name: "" for name, each in press.files.items() if record.get(name) != each.sha256}


def mirror(press: Press, target: Target, record: Mapping[str, str]) -> Delivery:
    """Put there whatever the target has not, as far as `record` and the target itself say.

    Whoever reads a set by the pointer reads it whole: its files are there before the pointer names them, and stay until
    three further sets have followed.

    Raises:
        DeliveryError: where the target cannot be written; the pointer still names a whole set.
        Superseded: where another publisher has put a newer set there; nothing is rolled back.
    """
    before = target.pointer()
    _refuse_to_roll_back(press, before)
    delivery = _Delivery(press, target, _trusted(record, before) | _of_set(before))
    delivery.clear_away()
    delivery.put_set()
    # Once more, for that may have taken a while: whoever is late writes over no name of the newer.
    _refuse_to_roll_back(press, target.pointer())
    written = delivery.put_names()
    pointer = press.pointer_place.read_bytes()
    if pointer != before:
        target.point(pointer, before)
    return Delivery(delivery.keep(), written)


class _Delivery:
    """Brings one target up to date; `known` is what it is known to have had from us."""

    def __init__(self, press: Press, target: Target, known: Mapping[str, str]) -> None:
        self._press, self._target = press, target
        self._there = target.there()
        self._of_set = {each.path: each for each in press.files.values() if each.in_set}
        self._has = {name: version for name, version in known.items() if self._is_there(name)}

    def clear_away(self) -> None:
        """What deliveries that were broken off have left goes first: it may be that the disk is full."""
        ours = {path for path in self._there if OURS.fullmatch(path)}
        self._target.remove(self._target.abandoned(ours - self._has.keys() - self._of_set.keys()))

    def put_set(self) -> None:
        """What nobody reads yet."""
        self._put_all((path, each) for path, each in self._of_set.items() if path not in self._has)

    def put_names(self) -> tuple[str, ...]:
        """The names that everybody reads; which of them had to be written."""
        changed = [each for each in self._press.files.values() if self._has.get(each.name) != each.sha256]
        self._put_all((each.name, each) for each in changed if not each.in_set)
        for each in changed:
            if each.in_set:
                self._target.copy(each.path, each.name, self._body(each))
        return tuple(each.name for each in changed)

    def keep(self) -> dict[str, str]:
        """Remove what no set that is kept names; what is left, each with its version."""
        kept = self._kept()
        self._target.remove(self._has.keys() - kept.keys() - self._press.files.keys())
        return kept | {each.name: each.sha256 for each in self._press.files.values()}

    def _is_there(self, name: str) -> bool:
        """Whether a file is there, and has not been cut or written over by others: then its size would be another."""
        printed = self._of_set.get(name) or self._press.files.get(name)
        size = self._target.size_of(name, printed.bytes) if printed else None
        return name in self._there and size in {None, self._there[name]}

    def _put_all(self, items: Iterable[tuple[str, Printed]]) -> None:
        self._target.put_all((name, self._body(each)) for name, each in items)

    def _body(self, printed: Printed) -> Body:
        return Body(self._press.place(printed), printed.bytes, printed.sha256)

    def _kept(self) -> dict[str, str]:
        """The paths of the newest sets that were here, each with the number of the last that named it; the pointer has the newest."""
        newest = self._press.number
        numbers = {path: int(number) for path, number in self._has.items() if OURS.fullmatch(path)}
        older = {number for number in numbers.values() if self._press.floor <= number < newest}
        kept = sorted(older, reverse=True)[: SETS - 1]
        still = {path: str(number) for path, number in numbers.items() if number in kept}
        return still | dict.fromkeys([*self._of_set, POINTER], str(newest))


def _trusted(record: Mapping[str, str], pointer: bytes | None) -> dict[str, str]:
    """What is remembered; of the names that everybody reads nothing, where another has published since, or we broke off."""
    is_ours = int(record.get(POINTER, 0)) == number_of(pointer)
    return {name: version if is_ours or OURS.fullmatch(name) else "" for name, version in record.items()}


def _refuse_to_roll_back(press: Press, pointer: bytes | None) -> None:
    if number_of(pointer) > press.number:
        raise Superseded(
            "a newer set than ours is there, which another installation has published: publish from there, "
            "or empty the target to begin anew"
        )


class _Resource(Struct):
    path: str = ""


class _Pointer(Struct):
    resources: tuple[_Resource, ...] = ()


def _read(pointer: bytes | None) -> _Pointer:
    """What a pointer says; nothing, where it is none of ours."""
    try:
        return msgspec.json.decode(pointer or b"{}", type=_Pointer)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _Pointer()


def _of_set(pointer: bytes | None) -> dict[str, str]:
    """The paths of the set that a pointer names, each with its number: known to be whole, whatever the record says."""
    number = str(number_of(pointer))
    return {each.path: number for each in _read(pointer).resources if OURS.fullmatch(each.path)}
